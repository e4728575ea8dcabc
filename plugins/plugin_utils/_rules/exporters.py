# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of our servers a name is that the tenant gives: the name of a machine, with or without its domain (adsync.md 9).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from .reads import ServerRead


def known_as(reads: Mapping[str, ServerRead], name: str) -> str | None:
    """The inventory name of the server that has this name, or this computer name; None for a stranger."""
    wanted = _short(name)
    return next((each for each, read in sorted(reads.items()) if wanted in (_short(each), _short(read.computer_name or ""))), None)


def fenced(reads: Mapping[str, ServerRead]) -> set[str]:
    """The short names of all servers that are declared out, by the records."""
    return {_short(each.server) for read in reads.values() for each in read.fences}


def _short(name: str) -> str:
    return name.partition(".")[0].strip().lower()
