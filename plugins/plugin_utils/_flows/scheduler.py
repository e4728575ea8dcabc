# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Set the documented scheduler settings of one server, or restore the one that an operation of ours had changed.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._errors import Refused
from .._rules.intervals import parse_interval
from .._rules.reads import ServerRead
from .flow import Flow, Stop
from .found import restore

# option -> (parameter of the function, field of the read); the five settings that Microsoft documents as changeable (adsync.md 1.3)
SETTINGS = {
    "sync_cycle_enabled": ("SyncCycleEnabled", "sync_cycle_enabled"),
    "maintenance_enabled": ("MaintenanceEnabled", "maintenance_enabled"),
    "customized_sync_cycle_interval": ("CustomizedSyncCycleInterval", "customized_interval"),
    "next_sync_cycle_policy_type": ("NextSyncCyclePolicyType", "next_policy"),
    "purge_run_history_interval": ("PurgeRunHistoryInterval", "purge_interval"),
}
INTERVALS = frozenset({"customized_sync_cycle_interval", "purge_run_history_interval"})
CALL_MARGIN = 60.0


def configure(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Set what is given and differs.

    Returns:
        ``outcome``, ``before``, ``after``, and ``scheduler``: the values read back, in force now.

    Raises:
        Stop: a value the server would not take (nothing changed), or ``needs_operator`` where a sign-in was wanted.
    """
    read = flow.read_one()
    if options["restore_found"]:
        return restore(flow, read, "scheduler", check)
    if read.scheduler_read is not True:
        raise Stop("unknown", "scheduler_unread", flow.server, detail=read.scheduler_error or "")
    wanted = {name: _wanted(flow, name, options[name]) for name in SETTINGS if options[name] is not None}
    before = {name: _present(read, name) for name in wanted}
    changes = {name: value for name, value in wanted.items() if value != before[name]}
    _refuse_low_interval(flow, read, changes)
    if not changes:
        return {"outcome": "already", "before": before, "after": before, "scheduler": _values(read)}
    after = {**before, **changes}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "before": before, "after": after, "scheduler": _values(read)}
    limit = int(options["sign_in_timeout"])
    parameters = {SETTINGS[name][0]: value for name, value in changes.items()}
    try:
        flow.topology.call(
            flow.server,
            "Set-EntraSyncScheduler",
            seconds=limit + CALL_MARGIN,
            KeepFound=options["keep_found"] or None,
            TimeoutSeconds=limit,
            **parameters,
        )
    except Refused as refused:
        outcome = "needs_operator" if refused.code == "sign_in_wanted" else "refused"
        raise Stop(outcome, refused.code, flow.server, detail=refused.detail) from None
    back = flow.read_one()
    unlike = [name for name in changes if _present(back, name) != changes[name]]
    if unlike:
        raise Stop("unknown", "not_read_back", flow.server, settings=", ".join(unlike))
    return {"outcome": "done", "before": before, "after": after, "scheduler": _values(back)}


def _present(read: ServerRead, name: str) -> Any:
    value = getattr(read, SETTINGS[name][1])
    return "" if value is None and name == "customized_sync_cycle_interval" else value  # none is customized; the scheduler was read


def _wanted(flow: Flow, name: str, value: Any) -> Any:
    if name == "next_sync_cycle_policy_type":
        return str(value).capitalize()
    if name in INTERVALS and value != "":
        try:
            return parse_interval(str(value)).text
        except ValueError as error:
            raise Stop("refused", "bad_interval", flow.server, option=name, detail=str(error)) from None
    return value


def _refuse_low_interval(flow: Flow, read: ServerRead, changes: Mapping[str, Any]) -> None:
    wanted = changes.get("customized_sync_cycle_interval")
    if wanted and read.allowed_interval and parse_interval(wanted).seconds < parse_interval(read.allowed_interval).seconds:
        raise Stop("refused", "interval_low", flow.server, detail=f"{wanted} is below the allowed {read.allowed_interval}")


def _values(read: ServerRead) -> dict[str, Any]:
    return {
        **{name: getattr(read, field) for name, (_parameter, field) in SETTINGS.items()},
        "allowed_sync_cycle_interval": read.allowed_interval,
        "currently_effective_sync_cycle_interval": read.effective_interval,
        "next_sync_cycle_start_time": read.next_start,
        "scheduler_suspended": read.scheduler_suspended,
        "sync_cycle_in_progress": read.sync_cycle_in_progress,
        "staging_mode_enabled": read.staging_scheduler,
    }
