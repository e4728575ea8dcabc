# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stub cmdlets ask: one function for each, on the model of a server. Errors carry the texts of the real cmdlets (adsync.md 1.4, 2.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..csexport import document
from ..model import configuration
from ..model.cycle import Run
from ..model.installer import Installer
from ..model.server import ModelServer
from . import windows
from .machine import MACHINE
from .verb import CmdletError, Verb, running

MODAL = (
    "System.InvalidOperationException: Showing a modal dialog box or form when the application is not running in UserInteractive mode is not a "
    "valid operation. Specify the ServiceNotification or DefaultDesktopOnly style to display a notification from a service application."
)
FIELDS = {
    "SyncCycleEnabled": "enabled",
    "MaintenanceEnabled": "maintenance",
    "SchedulerSuspended": "suspended",
    "CustomizedSyncCycleInterval": "customized_interval",
    "NextSyncCyclePolicyType": "next_policy",
    "PurgeRunHistoryInterval": "purge_interval",
}


def _scheduler(server: ModelServer, _given: dict[str, Any]) -> Any:
    if server.quarantined:  # ASSUMED (adsync.md 3.1, 13.3.11): behind the block the cmdlet cannot reach the cloud
        raise CmdletError("There was an issue obtaining cloud sync intervals. Please check your network connection.")
    return {
        "enabled": server.enabled,
        "maintenance": server.maintenance,
        "staging": server.staging,
        "suspended": server.suspended,
        "in_progress": server.cycles.in_progress,
        "allowed": server.allowed_interval,
        "customized": server.customized_interval,
        "policy": server.next_policy,
        "next": _ms(server.cycles.next_start),
        "purge": server.purge_interval,
    }


def _sign_in(server: ModelServer, given: dict[str, Any]) -> bool:
    """Whether the call hangs in a sign-in that nobody sees; else it fails at once where one is wanted, both are known (adsync.md 1.4, 3.3)."""
    if not server.scheduler_wants_sign_in:
        return False
    if not server.sign_in_hangs:
        raise CmdletError(MODAL)
    if server.sign_in_lands_late is not None:
        server.world.clock.after(server.sign_in_lands_late, lambda: _set_scheduler(server, given))
    return True


def _override(server: ModelServer, given: dict[str, Any]) -> Any:
    for name in server.connectors:
        if given["name"] == name or given["id"] == server.connector_id(name):
            full_import, full_sync = server.overrides.get(name, (False, False))
            return {"id": server.connector_id(name), "full_import": full_import, "full_sync": full_sync}
    return None


def _set_override(server: ModelServer, given: dict[str, Any]) -> None:
    now = _override(server, given)
    name = next(name for name in server.connectors if server.connector_id(name) == now["id"])
    server.overrides[name] = (given.get("full_import", now["full_import"]), given.get("full_sync", now["full_sync"]))


def _set_scheduler(server: ModelServer, given: dict[str, Any]) -> None:
    for name, value in given.items():
        setattr(server, FIELDS[name], value)
    server.cycles.schedule()


def _set_settings(server: ModelServer, given: dict[str, Any]) -> None:
    if (given["staging"] == "True") != server.staging:
        server.set_staging(given["staging"] == "True")


def _runs(server: ModelServer, given: dict[str, Any]) -> Any:
    newest = sorted(server.cycles.history, key=lambda run: run.started, reverse=True)[: given["newest"]]
    return [_run(server, run) for run in newest]


def _run(server: ModelServer, run: Run) -> dict[str, Any]:
    clock = server.world.clock
    told = clock.real if clock.runs else float  # the caller's clock is the real one; one moved by hand has no real time to tell apart
    return {**run.values(), "started": _ms(told(run.started)), "ended": _ms(told(run.ended)) if run.ended is not None else None}


def _password_sync(server: ModelServer, _given: dict[str, Any]) -> Any:
    cycles = server.cycles
    if not server.password_hashes or not cycles.hash_started:
        return []
    status = "InProgress" if cycles.hashing else "Successful"
    return [
        {
            "id": server.connector_id("contoso.local"),
            "status": status,
            "started": _ms(server.world.clock.real(cycles.hash_started)),
            "ended": None if cycles.hashing else _ms(server.world.clock.real(cycles.hash_ended)),
        }
    ]


def _connectors(server: ModelServer, _given: dict[str, Any]) -> Any:
    user = {"entra": server.prerequisites.account}
    return [{"name": name, "id": server.connector_id(name), "kind": kind, "user": user.get(kind, "")} for name, kind in server.connectors.items()]


def _statistics(server: ModelServer, given: dict[str, Any]) -> Any:
    return server.cycles.pending() if given["connector"] == server.entra_connector else {"adds": 0, "updates": 0, "deletes": 0}


def _csexport(server: ModelServer, given: dict[str, Any]) -> str:
    """What the simulated csexport.exe writes and says (adsync.md 2.9)."""
    if server.csexport_says:
        return server.csexport_says
    changes = server.cycles.pending_changes() if given["connector"] == server.entra_connector else []
    with Path(given["path"]).open("x", encoding="utf-8") as file:
        file.writelines(document(change.pending for change in changes))
    return f"Successfully exported connector space to file '{given['path']}'."


def _start_cycle(server: ModelServer, given: dict[str, Any]) -> bool:
    if server.suspended:
        raise CmdletError("System.InvalidOperationException: Scheduler is already suspended via global parameters.")
    if server.cycles.in_progress:
        raise CmdletError("System.InvalidOperationException: Sync is already running. Cannot start a new run till this one completes.")
    if "AzureADConnect" in server.processes:
        raise CmdletError("The scheduler is unable to start a new sync cycle because the wizard is open.")
    if server.cycles.running is not None:
        raise CmdletError(f"System.InvalidOperationException: Connector: {server.cycles.running.connector} is busy.")
    server.cycles.start(given["policy"])
    return True


def _stop_cycle(server: ModelServer, _given: dict[str, Any]) -> bool:
    server.cycles.abort("stopped-user-termination-from-wmi-or-ui")
    return True


def _start_service(server: ModelServer, _given: dict[str, Any]) -> None:
    if not server.start_service():
        raise CmdletError("Service 'ADSync' cannot be started.")


def _starts(server: ModelServer, given: dict[str, Any]) -> Any:
    """Starts after a moment; the caller's clock is the real one, so that the model's times are told in it."""
    real = [server.world.clock.real(moment) * 1000.0 for moment in server.starts]
    return {"starts": [moment for moment in real if moment > given["since"]], "oldest": server.log_from * 1000.0, "fails": server.log.fails}


def _firewall(server: ModelServer, _given: dict[str, Any]) -> Any:
    return {"on": server.firewall_on, "bypass": server.allow_bypass, "blocked": server.blocked}


def _msi(_server: ModelServer, given: dict[str, Any]) -> Installer | None:
    """What a file on the server's disk is; its bytes tell it, wherever it lies."""
    return Installer.from_file(Path(given["path"]).read_bytes())


def _signature(server: ModelServer, given: dict[str, Any]) -> dict[str, str]:
    file = _msi(server, given)
    return {"status": file.signature if file else "NotSigned", "signer": file.signer if file else ""}


def _product(server: ModelServer, given: dict[str, Any]) -> dict[str, str]:
    file = _msi(server, given)
    return {"name": file.product if file else "", "version": file.version if file else ""}


def _install(server: ModelServer, given: dict[str, Any]) -> int:
    file = _msi(server, given)
    if file is None:
        return 1620  # ERROR_INSTALL_PACKAGE_INVALID
    return server.lay_down(file.version)


def _set(field: str, key: str) -> Verb:
    return lambda server, given: setattr(server, field, given[key])


VERBS: dict[str, Verb] = {
    "scheduler": running(_scheduler),
    "set_scheduler": running(_set_scheduler),
    "sign_in": running(_sign_in),
    "override": running(_override),
    "set_override": running(_set_override),
    "settings": running(lambda server, _given: {"settings": server.settings, "configuration": server.configuration_version}),
    "set_settings": running(_set_settings),
    "configuration": running(lambda server, _given: configuration.files(server)),
    "busy": running(lambda server, _given: [server.cycles.running.connector] if server.cycles.running else []),
    "runs": running(_runs),
    "password_sync": running(_password_sync),
    "connectors": running(_connectors),
    "statistics": running(_statistics),
    "csexport": running(_csexport),
    "auto_upgrade": running(lambda server, _given: server.auto_upgrade),
    "set_auto_upgrade": running(_set("auto_upgrade", "state")),
    "writeback": running(lambda server, _given: server.password_writeback),
    "start_cycle": running(_start_cycle),
    "stop_cycle": running(_stop_cycle),
    "service": windows.service,
    "start_type": _set("start_type", "value"),
    "stop_service": lambda server, _given: server.stop_service(),
    "start_service": _start_service,
    "starts": _starts,
    "events": windows.events,
    "boot": lambda server, _given: server.boot_id,
    "firewall": _firewall,
    "block": _set("blocked", "value"),
    "processes": lambda server, _given: sorted(server.processes),
    "versions": lambda server, _given: {"engine": server.engine_version, "wizard": server.wizard_version},
    "machine_id": lambda server, _given: server.machine_id,
    **MACHINE,
    "install": _install,
    "signature": _signature,
    "product": _product,
}


def answer(server: ModelServer, verb: str, given: dict[str, Any]) -> Any:
    """Run one verb under the model's lock."""
    with server.world.clock.lock:
        value = VERBS[verb](server, given)
        server.world.look()
        return value


def _ms(moment: float) -> float:
    return round(moment * 1000.0)
