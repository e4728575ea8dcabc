# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulated server: machine, services, firewall, files, scheduler, settings. Its cycles are in cycle.py."""

from __future__ import annotations

import copy
import time
import uuid
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from .clock import iso
from .cycle import Cycles
from .event_log import Event, EventLog
from .installer import Installer
from .prerequisites import of_server

if TYPE_CHECKING:
    from .world import World

STAGING = "Microsoft.Synchronize.StagingMode"
PREVENTION = "Microsoft.OptionalFeature.ExportDeletionThreshold"  # a copy of the tenant's
ENTRA_CONNECTOR_ID = "b891884f-051e-4a83-95af-2544101c9083"  # on every server of every tenant (adsync.md 2.5)
ENTRA_SUFFIX = " - AAD"
START_SECONDS = 2.0
RECORD_FILE = "record.json"


@lru_cache(maxsize=1)
def profiles() -> dict[str, dict[str, Any]]:
    """The version profiles by name."""
    table: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "profiles.yml").read_text(encoding="utf-8"))
    return table


class ModelServer:
    """A server of the model. All changes are made under the lock of the clock and end with ``world.look()``."""

    def __init__(self, name: str, profile: str, world: World) -> None:
        facts = profiles()[profile]
        self.name, self.world = name, world
        self.machine_id = str(uuid.uuid5(uuid.NAMESPACE_DNS, name))
        self.engine_version = self.wizard_version = self.configuration_version = str(facts["version"])
        self.service_stopped_by_cloud = bool(facts.get("service_stopped"))
        self.password_writeback = bool(facts.get("password_writeback"))
        self.password_hashes = True
        self.csexport_says = ""  # what the export tool says instead of its success
        self.scheduler_wants_sign_in = bool(facts.get("scheduler_wants_sign_in"))
        self.sign_in_hangs = False  # else a wanted sign-in fails at once
        self.sign_in_lands_late: float | None = None  # seconds after which a sign-in that was given up still takes effect
        self.up, self.boot_id, self.booted = True, iso(world.clock.now - 86400), time.monotonic()
        self.service, self.start_type = "Running", "Automatic"
        self.starts: list[float] = [world.clock.now - 86400]
        self.log_from = world.clock.now - 30 * 86400
        self.log = EventLog()
        self.agents = {"AzureADConnectAgentUpdater": "Running"}  # other services of Entra Connect that are installed, and their status
        self.processes: set[str] = set()
        self.firewall_on, self.allow_bypass, self.blocked = True, False, False
        self.settings: dict[str, str] = {STAGING: "True", PREVENTION: "True", f"{PREVENTION}Value": "500"}
        self.enabled, self.maintenance, self.suspended = True, True, False
        self.allowed_interval, self.customized_interval, self.purge_interval, self.next_policy = "00:30:00", "", "7.00:00:00", "Delta"
        self.auto_upgrade = "Enabled"
        self.cloud_enabled = True
        self.was_disabled = False  # its identity was, at some time: what it tried to export then reached nobody, which no history knows
        self.module_present = True
        self.modules: dict[str, str] = {}  # installed versions of our own module, each with its checksum
        self.modules_changed: Callable[[bool], object] = lambda installed: None
        self.endpoints: dict[str, dict[str, Any]] = {}  # session configurations of ours by name
        self.endpoint_fails = ""  # else what the registration of one says
        self.restart_winrm: Callable[[], object] = lambda: None
        self.journal: list[dict[str, Any]] = []
        self.journal_fails = False
        self.files: MutableMapping[str, str] = {}
        self.installers: dict[str, Installer] = {}
        self.stored: MutableMapping[str, bytes] = {}  # our own folder of files; what is unfinished ends in .part
        self.configuration: dict[str, Any] = {}  # what it has otherwise than the settings of all (configuration.yml)
        self.clock_ahead = 0.0  # seconds that its own clock is ahead of the lab's, in histories and journal
        self.disk_full = False  # no further byte fits into that folder
        self.was_restored = False  # a snapshot was brought back: its record has forgotten what came after it
        self.child: dict[str, Any] | None = None
        self.overrides: dict[str, tuple[bool, bool]] = {}
        self.exit_codes: list[int] = []  # of the next installers, one after the other; 0 where none is left
        self.laid_at_restart = ""  # version of a wizard whose files Windows puts in place at the next restart
        self.at_stop: Callable[[], object] = lambda: None  # what happens in the instant before it stops
        self.prerequisites = of_server(name, self.engine_version, world.tenant.name)
        self.cycles = Cycles(self)

    # -- who it is ---------------------------------------------------------------------------------------------------
    @property
    def connectors(self) -> dict[str, str]:
        """Name and kind of each connector."""
        return {self.entra_connector: "entra", "contoso.local": "ad"}

    def connector_id(self, name: str) -> str:
        """Id of a connector: one and the same for the tenant's everywhere, another on each server for the others (adsync.md 2.5)."""
        return ENTRA_CONNECTOR_ID if name == self.entra_connector else str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{self.name}/{name}"))

    @property
    def entra_connector(self) -> str:
        """Name of the connector to the tenant."""
        return self.world.tenant.name + ENTRA_SUFFIX

    @property
    def staging(self) -> bool:
        """Whether the flag, which is text, says staging."""
        return self.settings.get(STAGING) == "True"

    @property
    def quarantined(self) -> bool:
        """Whether our block is there and nothing weakens it: then nothing leaves."""
        return self.blocked and self.firewall_on and not self.allow_bypass

    def exporting(self) -> tuple[bool, str]:
        """As the design defines it, with the reason."""
        if not self.up or self.service != "Running" or self.quarantined or not self.cloud_enabled:
            return False, "down, stopped, blocked or disabled"
        if not self.staging:
            return True, "staging mode off"
        if self.cycles.exports_still_going:
            return True, "a cycle that began before staging mode was turned on"
        if self.cycles.hashing:
            return True, "a password-hash cycle"
        return False, "staging"

    # -- what happens to it ------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Start what runs by itself."""
        self.cycles.schedule()
        self.cycles.schedule_hashes()

    def write_event(self, provider: str, number: int, level: str, message: str) -> None:
        """Write into the event log, as of now."""
        self.log.events.append(Event(self.world.clock.now, provider, number, level, message))

    def set_staging(self, on: bool) -> None:
        """Change the flag; a cycle that has begun goes on as it began."""
        self.settings[STAGING] = str(on)
        self.write_event("Directory Synchronization", 212, "information", f"Staging mode: {on}.")
        self.cycles.hash_now()
        self.world.look()

    def stop_service(self) -> None:
        """Stop ADSync; what runs ends with it."""
        self.at_stop()
        self.service = "Stopped"
        self.cycles.abort("stopped-service-shutdown")
        self.world.look()

    def start_service(self) -> bool:
        """Start ADSync; false where its start type forbids it. It takes a moment."""
        if self.start_type == "Disabled":
            return False
        if self.service == "Stopped":
            self.service = "StartPending"
            self.world.clock.after(START_SECONDS, self._started)
        return True

    def _started(self) -> None:
        if self.service == "StartPending" and self.up:
            self.service = "Running"
            self.starts.append(self.world.clock.now)
            self.cycles.schedule()
            self.world.look()

    def lay_down(self, version: str) -> int:
        """What a quiet MSI does, and its exit code: 0 puts the wizard on the disk, 3010 at the next restart, anything else does not."""
        code = self.exit_codes.pop(0) if self.exit_codes else 0
        if code == 0:
            self.wizard_version = version
        elif code == 3010:
            self.laid_at_restart = version
        return code

    def reboot(self) -> None:
        """Restart the machine; the service comes up by its start type."""
        self.wizard_version, self.laid_at_restart = self.laid_at_restart or self.wizard_version, ""
        self.cycles.abort("stopped-service-shutdown")
        self.service, self.processes, self.child = "Stopped", set(), None
        self.boot_id, self.booted = iso(self.world.clock.now), time.monotonic()
        self.world.look()
        if self.start_type == "Automatic":
            self.start_service()

    def power_off(self) -> None:
        """Turn the machine off."""
        self.cycles.abort("stopped-service-shutdown")
        self.up, self.service = False, "Stopped"
        self.world.look()

    def power_on(self) -> None:
        """Turn it on again; it comes back with the flag that it had."""
        self.up = True
        self.reboot()

    # -- snapshots ---------------------------------------------------------------------------------------------------
    _KEPT = [
        "engine_version",
        "wizard_version",
        "configuration_version",
        "service",
        "start_type",
        "processes",
        "blocked",
        "settings",
        "enabled",
        "maintenance",
        "suspended",
        "customized_interval",
        "purge_interval",
        "next_policy",
        "auto_upgrade",
        "files",
        "overrides",
        "starts",  # the event log is on the disk too
    ]

    def state(self) -> dict[str, Any]:
        """What a virtual machine's snapshot would keep, as plain values."""
        return {name: copy.deepcopy(getattr(self, name)) for name in self._KEPT}

    def restore(self, state: dict[str, Any]) -> None:
        """Bring a snapshot back: flag, service, record and all."""
        self.cycles.abort("stopped-service-shutdown")
        self.was_restored = True
        for name, value in state.items():
            if name == "files":
                self.files.clear()
                self.files.update(value)
            else:
                setattr(self, name, copy.deepcopy(value))
        self.boot_id, self.booted = iso(self.world.clock.now), time.monotonic()
        self.world.look()
