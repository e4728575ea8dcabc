# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncServer."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.cycle import longer
from ..model.errors import Refused
from ..model.server import RECORD_FILE, STAGING, ModelServer
from . import _full, _module, _record


def call(server: ModelServer, Full: bool = False) -> dict[str, Any]:  # noqa: N803
    """Read everything; nothing fails as a whole."""
    answers = server.service == "Running" and server.module_present
    # ASSUMED (adsync.md 3.1, 13.3.11): behind the block the scheduler cmdlet cannot reach the cloud, the global settings answer
    scheduler = answers and not server.quarantined
    cycles = server.cycles
    exports = {run.connector: run for run in cycles.history if run.step_type == "export"}
    values: dict[str, Any] = {
        "computer_name": server.name.upper(),
        "machine_id": server.machine_id,
        "boot_id": server.boot_id,
        "now": iso(server.world.clock.now),
        "language_mode": "FullLanguage",
        "module_version": next(iter(_module.newest_first(server)), ""),
        "endpoint": "",
        "module_present": server.module_present,
        "module_error": "" if server.module_present else "The specified module 'ADSync' was not loaded because no valid module file was found.",
        "service_status": server.service,
        "service_start_type": server.start_type,
        "scheduler_read": scheduler,
        "scheduler_error": ""
        if scheduler
        else "Synchronization Service is not running."
        if not answers
        else "There was an issue obtaining cloud sync intervals",
        "staging_scheduler": server.staging if scheduler else None,
        "sync_cycle_enabled": server.enabled if scheduler else None,
        "maintenance_enabled": server.maintenance if scheduler else None,
        "scheduler_suspended": server.suspended if scheduler else None,
        "sync_cycle_in_progress": cycles.in_progress if scheduler else None,
        "allowed_interval": server.allowed_interval if scheduler else "",
        "effective_interval": longer(server.customized_interval, server.allowed_interval) if scheduler else "",
        "customized_interval": server.customized_interval if scheduler else "",
        "next_policy": server.next_policy if scheduler else "",
        "next_start": iso(cycles.next_start) if scheduler else "",
        "purge_interval": server.purge_interval if scheduler else "",
        "settings_read": answers,
        "settings_error": "" if answers else "Synchronization Service is not running.",
        "staging_settings": server.settings.get(STAGING) if answers else None,
        "run_status_read": answers,
        "busy_connectors": [cycles.running.connector] if answers and cycles.running else [],
        "wizard_running": "AzureADConnect" in server.processes,
        "manager_running": "miisclient" in server.processes,
        "installer_running": "msiexec" in server.processes,
        "exports_read": answers,
        "exports": [_export(run.values()) for run in exports.values()] if answers else [],
        "password_sync_read": answers,
        "password_sync": _full.password_sync(server) if answers else [],
        "product_name": "Microsoft Entra Connect Sync",
        "product_version": server.wizard_version,
        "engine_version": server.engine_version,
        "wizard_version": server.wizard_version,
        "uninstall": [{"name": "Microsoft Entra Connect Sync", "version": server.wizard_version}],
        **_ours(server),
    }
    return {**values, **_full.values(server, answers)} if Full else values


def _export(run: dict[str, Any]) -> dict[str, Any]:
    return {key: run[key] for key in ("connector", "run_number", "started", "complete", "result")}


def _ours(server: ModelServer) -> dict[str, Any]:
    try:
        record = _record.load(server)
    except Refused as refused:
        return {
            "record_read": False,
            "record_error": refused.message,
            "record_found": True,
            "claim": None,
            "goal": None,
            "hold": None,
            "quarantine": None,
            "promotion": None,
            "found": [],
            "fences": [],
            "serial": 0,
            "restored": False,
            "child": None,
        }
    hold = record["hold"]
    if hold is not None:
        since = float(hold["at"])
        starts = sum(1 for each in server.starts if each > since)
        hold = {key: value for key, value in hold.items() if key != "at"}
        hold |= {"since": iso(since), "starts_since": starts, "log_reaches": server.log_from <= since}
    quarantine = record["quarantine"]
    if quarantine is not None:
        reason = "" if server.quarantined else _full.weakness(server)
        quarantine = {"since": quarantine["since"], "effective": server.quarantined, "reason": reason}
    child = {**server.child, "alive": True} if server.child else None
    return {
        "record_read": True,
        "record_error": "",
        "record_found": RECORD_FILE in server.files,
        "claim": _record.shown_claim(record["claim"]),
        "goal": record["goal"],
        "hold": hold,
        "quarantine": quarantine,
        "promotion": record["promotion"],
        "found": record["found"],
        "fences": [_record.shown_fence(each) for each in record["fences"]],
        "serial": record["serial"],
        "restored": record["restored"],
        "child": child,
    }
