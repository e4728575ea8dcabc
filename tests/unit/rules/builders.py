# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One plausible full answer of Get-EntraSyncServer, from which tests change single fields."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal

TENANT = "contoso.onmicrosoft.com"
ENTRA = "contoso.onmicrosoft.com - AAD"
VERSION = "2.6.91.0"
TOKEN = Token(3, "5f2a9c0d1e7b")
FACTS = '{"engine_version": "2.6.91.0"}'


def answer(name: str, staging: bool, **changes: Any) -> dict[str, Any]:
    """What a running server answers; ``changes`` replace fields, and a field that is Ellipsis is left out."""
    values: dict[str, Any] = {
        "computer_name": name.upper(),
        "machine_id": f"machine-of-{name}",
        "boot_id": "2026-11-01T06:00:00.000Z",
        "now": "2026-11-02T12:00:00.000Z",
        "language_mode": "FullLanguage",
        "module_present": True,
        "module_error": "",
        "service_status": "Running",
        "service_start_type": "Automatic",
        "scheduler_read": True,
        "scheduler_error": "",
        "staging_scheduler": staging,
        "sync_cycle_enabled": True,
        "maintenance_enabled": True,
        "scheduler_suspended": False,
        "sync_cycle_in_progress": False,
        "allowed_interval": "00:30:00",
        "effective_interval": "00:30:00",
        "customized_interval": "",
        "next_policy": "Delta",
        "next_start": "2026-11-02T12:20:00.000Z",
        "purge_interval": "7.00:00:00",
        "settings_read": True,
        "settings_error": "",
        "staging_settings": str(staging),
        "run_status_read": True,
        "busy_connectors": [],
        "wizard_running": False,
        "manager_running": False,
        "installer_running": False,
        "exports_read": True,
        "exports": [an_export()],
        "password_sync_read": True,
        "password_sync": [a_hash_cycle()],
        "record_read": True,
        "record_error": "",
        "record_found": False,
        "claim": None,
        "goal": None,
        "hold": None,
        "quarantine": None,
        "promotion": None,
        "found": [],
        "serial": 4,
        "restored": False,
        "child": None,
        "tenant": TENANT,
        "connectors": [
            {"name": "contoso.local", "identifier": "id-of-contoso.local", "kind": "ad"},
            {"name": ENTRA, "identifier": "id-of-entra", "kind": "entra"},
        ],
        "pending": [pending("contoso.local"), pending(ENTRA, adds=2, updates=5)],
        "pending_error": "",
        "runs": [run("contoso.local", "Delta Import"), run(ENTRA, "Delta Import"), run(ENTRA, "Export", run_number=7)],
        "overrides": [{"connector": ENTRA, "full_import": False, "full_sync": False}],
        "auto_upgrade": "Enabled",
        "password_writeback": False,
        "product_name": "Microsoft Entra Connect Sync",
        "product_version": VERSION,
        "engine_version": VERSION,
        "wizard_version": VERSION,
        "configuration_version": VERSION,
        "uninstall": [{"name": "Microsoft Entra Connect Sync", "version": VERSION}],
        "journal_writable": True,
        "scheduler_wants_sign_in": False,
    }
    values.update(changes)
    return {key: value for key, value in values.items() if value is not ...}


def server(name: str, staging: bool = True, **changes: Any) -> ServerRead:
    """The read of a running server."""
    return ServerRead.from_answer(name, answer(name, staging, **changes))


def active(name: str = "srv1", **changes: Any) -> ServerRead:
    """The read of an active server."""
    return server(name, staging=False, **changes)


def staging(name: str = "srv2", **changes: Any) -> ServerRead:
    """The read of a staging server."""
    return server(name, staging=True, **changes)


STOPPED: dict[str, Any] = {
    "service_status": "Stopped",
    "service_start_type": "Disabled",
    "scheduler_read": False,
    "staging_scheduler": None,
    "sync_cycle_enabled": None,
    "maintenance_enabled": None,
    "scheduler_suspended": None,
    "sync_cycle_in_progress": None,
    "scheduler_error": "Synchronization Service is not running.",
    "settings_read": False,
    "staging_settings": None,
    "settings_error": "Synchronization Service is not running.",
    "run_status_read": False,
    "busy_connectors": [],
    "exports_read": False,
    "exports": [],
    "password_sync_read": False,
    "password_sync": [],
    "tenant": "",
    "connectors": None,
    "pending": None,
    "pending_error": "Synchronization Service is not running.",
    "runs": None,
    "overrides": None,
    "auto_upgrade": "",
    "password_writeback": None,
    "configuration_version": "",
}


def a_hold(**changes: Any) -> dict[str, Any]:
    """The record of an unbroken hold."""
    made = {
        "state": "complete",
        "since": "2026-11-02T11:00:00.000Z",
        "staging": "True",
        "by": "CONTOSO\\ops",
        "starts_since": 0,
        "log_reaches": True,
        "facts": FACTS,
    }
    return {key: value for key, value in {**made, **changes}.items() if value is not ...}


def held(name: str = "srv1", hold: dict[str, Any] | None = None, **changes: Any) -> ServerRead:
    """The read of a server in an unbroken hold; ``hold`` replaces fields of its record."""
    return server(name, **{**STOPPED, "hold": a_hold(**(hold or {})), **changes})


def silent(name: str = "srv1", kind: str = "unreachable", message: str = "no route") -> ServerRead:
    """A server without an answer."""
    return ServerRead.silent(name, kind, message)


def a_claim(token: Token = TOKEN, **changes: Any) -> dict[str, Any]:
    """A live claim on srv1 and srv2."""
    made = {
        "epoch": token.epoch,
        "run_id": token.run_id,
        "who": "CONTOSO\\ops",
        "since": "2026-11-02T11:00:00.000Z",
        "live": True,
        "ended": False,
        "kind": "swing",
        "complete": True,
        "members": ["machine-of-srv1", "machine-of-srv2"],
        "tenant": TENANT,
        "goal_active": "srv2",
        "goal_former": "srv1",
        "goal_version": "2.6.92.0",
        "goal_order": "staging_first",
        "goal_method": "wizard",
        "goal_verb": "swing_upgrade",
        "member_names": ["srv1", "srv2"],
        "lease_until": "2026-11-02T12:02:00.000Z",
    }
    return {key: value for key, value in {**made, **changes}.items() if value is not ...}


def a_goal(token: Token = TOKEN, **changes: Any) -> dict[str, Any]:
    """The goal of a complete claim that is still open."""
    made = {
        "epoch": token.epoch,
        "run_id": token.run_id,
        "active": "srv2",
        "former": "srv1",
        "version": "2.6.92.0",
        "order": "switch_first",
        "method": "settings",
        "outcome": "",
        "members": ["machine-of-srv1", "machine-of-srv2"],
        "member_names": ["srv1", "srv2"],
        "verb": "swing_upgrade",
        "tenant": TENANT,
    }
    return {key: value for key, value in {**made, **changes}.items() if value is not ...}


def a_promotion(token: Token = TOKEN, method: str = "wizard") -> dict[str, Any]:
    """A promotion that was sent or asked for."""
    return {"epoch": token.epoch, "run_id": token.run_id, "method": method}


def an_export(**changes: Any) -> dict[str, Any]:
    """The newest export run of the Entra connector."""
    return {"connector": ENTRA, "run_number": 7, "started": "2026-11-02T11:30:00.000Z", "complete": True, "result": "success", **changes}


def a_hash_cycle(**changes: Any) -> dict[str, Any]:
    """A password-hash cycle that has ended."""
    return {"dn": "DC=contoso,DC=local", "status": "Successful", "started": "2026-11-02T11:40:00.000Z", **changes}


def pending(connector: str = ENTRA, **changes: Any) -> dict[str, Any]:
    """What a connector would export."""
    return {"connector": connector, "adds": 0, "updates": 0, "deletes": 0, **changes}


def touched(name: str, connector: str = ENTRA, **counts: int) -> dict[str, Any]:
    """An attribute, and on how many objects it is touched."""
    return {"connector": connector, "name": name, "on_added": 0, "added": 0, "changed": 0, "removed": 0, **counts}


def pending_answer(connector: str = ENTRA, **changes: Any) -> dict[str, Any]:
    """What Get-EntraSyncPendingExport answers of a server with one connector, with detail, where nothing is pending."""
    rows = {name: [{"connector": connector, **each} for each in changes.pop(name, [])] for name in ("attributes", "object_types", "samples")}
    numbers = {"objects": 0, "detail_adds": 0, "detail_updates": 0, "detail_deletes": 0, "renames": 0, "unreadable": 0, "attributes_left_out": 0}
    row = {**pending(connector), "kind": "entra", "error": "", "detail": True, "detail_error": "", **numbers, **changes}
    return {"now": "2026-11-23T10:00:00.000000Z", "connectors": [row], **rows}


def run(connector: str = ENTRA, profile: str = "Export", **changes: Any) -> dict[str, Any]:
    """One step of a run that ended well."""
    made = {
        "connector": connector,
        "profile": profile,
        "run_number": 6,
        "run_id": "",
        "complete": True,
        "result": "success",
        "started": "2026-11-02T11:30:00.000Z",
        "ended": "2026-11-02T11:31:00.000Z",
        "step": 1,
        "step_type": "export" if profile == "Export" else "delta-import",
        "step_result": "success",
        "export_adds": 0,
        "export_updates": 0,
        "export_deletes": 0,
        "export_failures": 0,
    }
    return {**made, **changes}


def of(*reads: ServerRead) -> dict[str, ServerRead]:
    """Reads by name."""
    return {read.name: read for read in reads}


def a_wish(**changes: Any) -> Goal:
    """The end state: srv2 is active, versions are no part of it."""
    return Goal(**{"active": "srv2", "former": "srv1", "version": "", "order": "staging_first", "method": "settings", **changes})


def told(refusals: list[Refusal] | tuple[Refusal, ...]) -> list[tuple[str, str]]:
    """Code and server of each refusal."""
    return [(each.code, each.server) for each in refusals]


def prerequisites(name: str = "srv1", **changes: Any) -> dict[str, Any]:
    """What ``adsync_prerequisite_info`` returns for a server where all is well; a field that is Ellipsis is left out."""
    values: dict[str, Any] = {
        "problem": None,
        "now": "2026-11-02T12:00:00.000Z",
        "computer_name": name.upper(),
        "clock_offset": 0.0,
        "os_name": "Windows Server 2022 Standard",
        "os_build": "20348",
        "os_kind": "Server",
        "reboot_pending": False,
        "reboot_reasons": [],
        "net_release": 528449,
        "tls_client": "default",
        "tls_server": "on",
        "strong_crypto": "on",
        "execution_policy": "RemoteSigned",
        "transcription": False,
        "system_drive": "C:",
        "system_free_mb": 60000,
        "data_drive": "D:",
        "data_free_mb": 60000,
        "engine_config_changed": False,
        "service_account": "NT SERVICE\\ADSync",
        "unread": [],
        "sql_read": True,
        "sql_error": "",
        "sql_server": "(localdb)",
        "sql_instance": ".\\ADSync2019",
        "sql_database": "ADSync",
        "sql_local": True,
        "sql_used_mb": 500,
        "sql_version": "15.0.1",
        "identity_known": True,
        "identity_kind": "Application",
        "identity_error": "",
        "entra_account": "",
        "application_id": f"app-of-{name}",
        "certificate": "AB",
        "certificate_ends": "2027-11-01T00:00:00.000Z",
        "forests": ["contoso.local"],
        "domains": [{"connector": "contoso.local", "domain": "contoso.local", "reachable": True, "error": ""}],
        "domains_error": "",
    }
    values.update(changes)
    return {key: value for key, value in values.items() if value is not ...}
