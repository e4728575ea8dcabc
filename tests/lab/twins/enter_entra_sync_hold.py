# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Enter-EntraSyncHold."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Facts: str = "") -> dict[str, Any]:  # noqa: N803
    """Stop and disable a staging server, recorded before and after."""
    with _guards.change(server, "Enter-EntraSyncHold", Epoch, RunId) as record:
        _guards.end_child(server)
        hold = record["hold"]
        down = server.service == "Stopped" and server.start_type == "Disabled"
        if hold and hold["state"] == "complete" and hold["staging"] == "True" and down and not any(each > hold["at"] for each in server.starts):
            return {"changed": False, "state": "complete"}
        begun = bool(hold) and hold["state"] == "pending" and hold["staging"] == "True"
        if begun and down and not any(each > hold["at"] for each in server.starts):  # the flag was read before the stop, nothing started since
            hold["state"], record["promotion"] = "complete", None
            return {"changed": True, "state": "complete"}
        if not server.staging or not _guards.both_readings(server, record):
            raise Refused("staging_off", "staging mode is not read on by both ways")
        if "AzureADConnect" in server.processes:
            raise Refused("wizard_open", "the wizard is open")
        _guards.keep_found(record, "start_type", server.start_type, "Disabled")
        server.start_type = "Disabled"
        server.stop_service()
        record["hold"] = {
            "state": "complete",
            "at": server.world.clock.now,
            "staging": "True",
            "by": f"{Epoch}.{RunId}",
            "boot_id": server.boot_id,
            "facts": Facts,
        }
        record["promotion"] = None
    return {"changed": True, "state": "complete"}
