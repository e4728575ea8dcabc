# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Complete-EntraSyncRelease."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """Lift the block of a server that reads staging and is quiet; stop it again otherwise."""
    with _guards.change(server, "Complete-EntraSyncRelease", Epoch, RunId) as record:
        _guards.running(server)
        if not server.staging:
            server.start_type = "Disabled"
            server.stop_service()
            record["hold"] = {
                "state": "complete",
                "at": server.world.clock.now,
                "staging": "False",
                "by": f"{Epoch}.{RunId}",
                "boot_id": server.boot_id,
                "facts": "",
            }
            raise Refused("wrong_hold", "staging mode is off: stopped and disabled again, still blocked")
        if server.cycles.running or server.cycles.in_progress or server.cycles.hashing:
            raise Refused("not_quiet", "something is running")
        if "AzureADConnect" in server.processes:
            raise Refused("wizard_open", "the wizard is open")
        server.blocked = False
        record["hold"] = record["quarantine"] = None
        _guards.drop_found(record, "start_type")
    return {"changed": True, "released": True}
