# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncJournal. Its times are the lab's, as those of the run history are."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import ModelServer


def call(server: ModelServer, Newest: int = 200, Function: list[str] | None = None) -> dict[str, Any]:  # noqa: N803
    """The newest entries, oldest first."""
    if server.journal_fails:
        raise Refused("journal_unread", "the journal cannot be opened")
    skew = server.clock_ahead
    wanted = {each.lower() for each in Function or ()}
    entries = [each for each in server.journal if not wanted or each["function"].lower() in wanted]
    shown = entries[-Newest:] if Newest > 0 else []
    return {
        "now": iso(server.world.clock.now + skew),
        "found": bool(server.journal),
        "whole": len(entries) <= Newest,
        "cut": 0,
        "entries": [{"at": iso(each["moment"] + skew), "function": each["function"], "what": each["what"]} for each in shown],
    }
