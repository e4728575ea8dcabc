# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person at the wizards of a plan has to have ready, in words.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .tables import read_table


def needs(upgraded: Iterable[str], staged: Iterable[str], msi: str = "") -> str:
    """One sentence: which sessions, which role, which MSI, how many wizards, about how long.

    Args:
        upgraded: servers whose upgrade a person finishes, one entry a wizard.
        staged: servers whose staging mode a person changes, likewise.
        msi: as the user named it; empty where nobody did.
    """
    upgrades, changes, words = list(upgraded), list(staged), table()
    servers = ", ".join(dict.fromkeys([*upgrades, *changes]))
    parts = [words["session"].format(servers=servers), words["role"]]
    if upgrades:
        parts += [words["enterprise_admin"], words["msi"].format(msi=msi) if msi else words["msi_unnamed"]]
    wizards = len(upgrades) + len(changes)
    minutes = len(upgrades) * words["minutes"]["upgrade"] + len(changes) * words["minutes"]["staging"]
    parts.append(words["time"].format(wizards=f"{wizards} wizard{'s' if wizards > 1 else ''}", minutes=minutes))
    return "; ".join(parts)


def table() -> dict[str, Any]:
    """The words and minutes."""
    return read_table(__file__, "operator_needs.yml")
