# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Set-EntraSyncScheduler."""

from __future__ import annotations

import copy
from typing import Any

from ..model.cycle import seconds
from ..model.errors import Refused
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
        _guards.end_child(server)
        _guards.scheduler_readable(server)
        if given.get("CustomizedSyncCycleInterval") and not _sound(given["CustomizedSyncCycleInterval"], server.allowed_interval):
            raise Refused("interval_low", f"the allowed interval is {server.allowed_interval}")
        before = copy.deepcopy(record["found"])
        if KeepFound and "SyncCycleEnabled" in given:
            _guards.keep_found(record, "scheduler", str(server.enabled), str(given["SyncCycleEnabled"]))
        try:
            if given.get("NextSyncCyclePolicyType", "Delta") not in ("Delta", "Initial") or not _sound(
                given.get("PurgeRunHistoryInterval", "0:0:0"), "0:0:0"
            ):
                raise Refused("adsync_error", "Cannot bind parameter.")
            changes = any(getattr(server, FIELDS[name]) != value for name, value in given.items())  # what is as wanted after an error is done
            _sign_in.wanted(server, server.scheduler_wants_sign_in and changes, TimeoutSeconds, lambda: _set(server, given))
        except Refused:
            record["found"] = before  # nothing was set, so nothing is to be put back either
            raise
        _set(server, given)
    return {"changed": True}


def _sound(text: str, least: str) -> bool:
    try:
        return seconds(text) >= seconds(least)
    except ValueError:
        return False


def _set(server: ModelServer, given: dict[str, Any]) -> None:
    for name, value in given.items():
        setattr(server, FIELDS[name], value)
    # ASSUMED (adsync.md 1.3): turning the scheduler off appears to stop the running cycle; this model lets it go on, the stricter case
    server.cycles.schedule()
