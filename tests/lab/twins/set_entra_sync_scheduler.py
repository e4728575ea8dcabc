# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Set-EntraSyncScheduler."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards, _sign_in

FIELDS = {
    "SyncCycleEnabled": "enabled",
    "MaintenanceEnabled": "maintenance",
    "CustomizedSyncCycleInterval": "customized_interval",
    "NextSyncCyclePolicyType": "next_policy",
    "PurgeRunHistoryInterval": "purge_interval",
}


def call(server: ModelServer, Epoch: int = 0, RunId: str = "", KeepFound: bool = False, TimeoutSeconds: int = 60, **given: Any) -> dict[str, Any]:  # noqa: N803
    """Set what is given."""
    with _guards.change(server, "Set-EntraSyncScheduler", Epoch, RunId, needs_token=False) as record:
        _guards.running(server)
        if KeepFound and "SyncCycleEnabled" in given:
            _guards.keep_found(record, "scheduler", str(server.enabled), str(given["SyncCycleEnabled"]))
        try:
            _sign_in.wanted(server, server.scheduler_wants_sign_in, TimeoutSeconds, lambda: _set(server, given))
        except Exception:
            if KeepFound:
                _guards.drop_found(record, "scheduler")
            raise
        _set(server, given)
    return {"changed": True}


def _set(server: ModelServer, given: dict[str, Any]) -> None:
    for name, value in given.items():
        setattr(server, FIELDS[name], value)
    # ASSUMED (adsync.md 1.3): turning the scheduler off appears to stop the running cycle; this model lets it go on, the stricter case
    server.cycles.schedule()
