# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated person who uses the wizard and finishes upgrades, with delays; also slow, wrong, or absent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import configuration
from .server import RECORD_FILE, ModelServer

if TYPE_CHECKING:
    from .world import World

WIZARD = "AzureADConnect"
LOOK_EVERY = 2.0


@dataclass
class Manner:
    """How the person behaves.

    Attributes:
        delay: lab seconds from opening a wizard to its end.
        present: false for a person who never comes.
        wrong_server: the server on which the next staging wizard is used instead.
        wrong_tick: leaves staging mode off in the next upgrade wizard.
        starts_cycle: leaves "Start the synchronization process" ticked.
    """

    delay: float = 20.0
    present: bool = True
    wrong_server: str = ""
    wrong_tick: bool = False
    starts_cycle: bool = True


class Operator:
    """Watches the servers as a person at the console would, and does what the product asks for."""

    def __init__(self, world: World, manner: Manner | None = None) -> None:
        self.world, self.manner = world, manner or Manner()
        self.did: list[str] = []
        self._busy = False
        world.clock.after(LOOK_EVERY, self._look)

    # -- what a person can do ----------------------------------------------------------------------------------------
    def use_staging_wizard(self, name: str, staging: bool) -> None:
        """Turn staging mode on or off in the wizard of a server; a server that is stopped or blocked opens none."""
        name, self.manner.wrong_server = self.manner.wrong_server or name, ""
        server = self.world.servers[name]
        if server.service != "Running" or server.quarantined:
            self.did.append(f"could not use the wizard of {name}")
            return
        self._open(server)
        self.world.clock.after(self.manner.delay, lambda: self._flip(server, staging))

    def finish_upgrade(self, name: str) -> None:
        """Let the wizard of a server upgrade its engine."""
        server = self.world.servers[name]
        self._open(server)
        server.stop_service()
        self.world.clock.after(self.manner.delay, lambda: self._upgraded(server))

    def _open(self, server: ModelServer) -> None:
        self._busy = True
        server.processes.add(WIZARD)
        server.suspended = True

    def _close(self, server: ModelServer) -> None:
        server.processes.discard(WIZARD)
        server.suspended = False
        if self.manner.starts_cycle:
            server.enabled = True
            if server.service == "Running" and not server.cycles.in_progress:
                server.cycles.start("Delta")
        self._busy = False
        self.world.look()

    def _flip(self, server: ModelServer, staging: bool) -> None:
        if server.service == "Running":
            server.set_staging(staging)
            self.did.append(f"turned staging mode {'on' if staging else 'off'} on {server.name}")
        self._close(server)

    def _upgraded(self, server: ModelServer) -> None:
        server.engine_version = server.configuration_version = server.wizard_version
        configuration.upgraded(server)
        server.overrides = dict.fromkeys(server.connectors, (False, True))  # as where built-in rules have changed (adsync.md 6.2)
        server.service_stopped_by_cloud = False
        server.service = "Running"
        server.starts.append(self.world.clock.now)
        if self.manner.wrong_tick:
            server.set_staging(False)
        self.did.append(f"upgraded {server.name} to {server.engine_version}")
        self._close(server)

    # -- what a person notices ---------------------------------------------------------------------------------------
    def _look(self) -> None:
        if self.manner.present and not self._busy:
            self._act()
        self.world.clock.after(LOOK_EVERY, self._look)

    def _act(self) -> None:
        for server in self.world.servers.values():
            if server.service != "Running" or server.quarantined or server.cycles.in_progress:
                continue
            record = _record(server)
            promotion = record.get("promotion") or {}
            if server.laid_at_restart:
                self.did.append(f"restarted {server.name}")
                return server.reboot()
            if server.wizard_version > server.engine_version and (server.staging or len(self.world.servers) == 1):
                return self.finish_upgrade(server.name)
            if promotion.get("method") == "wizard" and server.staging:
                return self.use_staging_wizard(server.name, False)
            if not server.staging and self._asked_to_demote(server, record):
                return self.use_staging_wizard(server.name, True)
        return None

    def _asked_to_demote(self, server: ModelServer, record: dict[str, Any]) -> bool:
        """The screen says so when a claim by wizard stands and all others are held; the wanted server only where its scheduler is off too."""
        claim = record.get("claim") or {}
        others_held = all(each.service == "Stopped" for each in self.world.servers.values() if each is not server)
        waiting = claim.get("goal_method") == "wizard" and not claim.get("ended", True) and not record.get("promotion")
        return bool(waiting and others_held and (claim.get("goal_active") != server.name or not server.enabled))


def _record(server: ModelServer) -> dict[str, Any]:
    try:
        value = json.loads(server.files.get(RECORD_FILE, "{}"))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
