# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Start-EntraSyncRelease."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import ModelServer
from . import _full, _guards


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Mend: bool = False) -> dict[str, Any]:  # noqa: N803
    """Block what goes out, then start the service."""
    with _guards.change(server, "Start-EntraSyncRelease", Epoch, RunId) as record:
        _guards.end_child(server)
        hold = record["hold"]
        server.blocked = True
        reason = _full.weakness(server)
        unbroken = bool(hold) and hold["state"] == "complete" and hold["staging"] == "True" and server.service == "Stopped"
        unbroken = unbroken and server.start_type == "Disabled" and not any(each > hold["at"] for each in server.starts)
        if reason and (Mend or not unbroken):
            server.blocked = record["quarantine"] is not None
            raise Refused("quarantine_ineffective", reason)
        before, now = record["quarantine"] or {}, iso(server.world.clock.now)
        record["quarantine"] = {"since": now, "up_since": now if server.service != "Running" else before.get("up_since", "")}
        found = next((each["found"] for each in record["found"] if each["name"] == "start_type"), "Automatic")
        server.start_type = found or "Automatic"
        if server.service != "Running" and not server.start_service():
            raise Refused("unknown_result", "the service ADSync cannot be started")
    return {"changed": True, "quarantined": server.quarantined, "effective": not reason, "reason": reason}
