# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Start-EntraSyncCycle."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, PolicyType: str, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """Accepted at once; the cycle ends later."""
    with _guards.change(server, "Start-EntraSyncCycle", Epoch, RunId, needs_token=False):
        _guards.running(server)
        if server.suspended:
            raise Refused("scheduler_suspended", "Scheduler is already suspended via global parameters.")
        if server.cycles.in_progress:
            raise Refused("cycle_running", "Sync is already running. Cannot start a new run till this one completes.")
        if "AzureADConnect" in server.processes:
            raise Refused("wizard_open", "the scheduler is unable to start a new sync cycle because the wizard is open.")
        if server.cycles.running is not None:
            raise Refused("connector_busy", f"Connector: {server.cycles.running.connector} is busy.")
        server.cycles.start(PolicyType)
    return {"changed": True, "accepted": True}
