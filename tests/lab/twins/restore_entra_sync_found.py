# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Restore-EntraSyncFound."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards, _sign_in


def call(server: ModelServer, Name: str, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """Put back what was found, where the present value is the one we set."""
    with _guards.change(server, "Restore-EntraSyncFound", Epoch, RunId, needs_token=False) as record:
        kept = next((each for each in record["found"] if each["name"] == Name), None)
        if kept is None:
            return {"changed": False, "restored": False, "present": "", "found": "", "set": ""}
        _guards.scheduler_readable(server) if Name == "scheduler" else _guards.running(server)
        present = str(server.enabled) if Name == "scheduler" else server.auto_upgrade
        restored = present == kept["set"] != kept["found"]
        if restored and Name == "scheduler":
            _sign_in.wanted(server, server.scheduler_wants_sign_in, 60, lambda: None)
            server.enabled = kept["found"] == "True"
            server.cycles.schedule()
        elif restored:
            server.auto_upgrade = kept["found"]
        _guards.drop_found(record, Name)
    return {"changed": True, "restored": restored or present == kept["found"], "present": present, "found": kept["found"], "set": kept["set"]}
