# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Enter-EntraSyncQuarantine."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """Emergency: block, stop and disable, whatever the flag says."""
    with _guards.change(server, "Enter-EntraSyncQuarantine", Epoch, RunId) as record:
        _guards.end_child(server)
        server.blocked = True
        _guards.keep_found(record, "start_type", server.start_type, "Disabled")
        record["quarantine"] = {"since": iso(server.world.clock.now)}
        record["hold"] = {
            "state": "complete",
            "at": server.world.clock.now,
            "staging": str(server.staging) if server.service == "Running" else "",
            "by": f"{Epoch}.{RunId}",
            "boot_id": server.boot_id,
            "facts": "",
        }
        server.start_type = "Disabled"
        server.stop_service()
    return {"changed": True, "state": "complete"}
