# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One experiment: a model of servers at a fixed moment, a wire to them, people, and runs on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.lab.diary import Overlap, overlaps
from tests.lab.fleet import TwinEngine
from tests.lab.model.hypervisor import Hypervisor
from tests.lab.model.installer import Installer
from tests.lab.model.operator import WIZARD, Manner, Operator
from tests.lab.model.server import ModelServer
from tests.lab.model.world import World

from .playbook import Done, run
from .prepared import prepare
from .virtual_time import VirtualTime, new_clock, virtual
from .wire import Wire

OLD, NEW = "2.5.79.0", "2.6.92.0"
MSI = "C:\\Install\\AzureADConnect.msi"
PACE = {"entra_connect_idle_timeout": 600, "entra_connect_cycle_timeout": 900, "entra_connect_wizard_timeout": 900, "entra_connect_poll_interval": 30}


@dataclass(frozen=True)
class Before:
    """What has happened before the verb is run: first to a machine, then a run of a playbook.

    Attributes:
        power: the machine that is turned off, or on again where it was off.
        network: the machine that is cut off, or reached again where it was cut off.
        playbook: what is run then; empty for nothing.
        stop: server and function: the controller is killed when it has taken effect there.
        seconds: that pass afterwards.
    """

    power: str = ""
    network: str = ""
    playbook: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    stop: tuple[str, str] | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Verb:
    """A playbook with its variables.

    Attributes:
        servers: how many there are, one to three; the first is active.
        target: who must be active in the end; empty where the verb moves no role.
        opposite: whom a second operator makes active.
        version: what every server must have in the end; empty where the verb upgrades none.
        before: what has happened before, in order.
        patience: seconds after which a run that needs an operator is repeated: a fence has to be that old.
    """

    name: str
    playbook: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    servers: int = 2
    target: str = "srv2"
    opposite: str = "srv1"
    version: str = ""
    before: tuple[Before, ...] = ()
    patience: float = 0.0


class _Stranger(Operator):
    """A person whom nobody has asked."""

    def __init__(self, world: World) -> None:
        self.hand: list[float] = []
        super().__init__(world, Manner(present=False))

    @property
    def busy(self) -> bool:
        """Whether the person is in a wizard now."""
        return self._busy

    def _flip(self, server: ModelServer, staging: bool) -> None:
        self.hand.append(self.world.clock.now)
        super()._flip(server, staging)


class Stage:
    """The servers of one verb. Made by `staged`.

    Attributes:
        silent: servers that answer nothing more.
        by_others: outcomes of what a second operator ran.
        trail: the tasks that are at work now, from the playbook's to the innermost.
        desk: what a user's own tasks told somebody, such as the desk for changes.
    """

    def __init__(self, verb: Verb, time: VirtualTime) -> None:
        self.verb, self.time = verb, time
        self.trail: list[str] = []
        self.names = [f"srv{number + 1}" for number in range(verb.servers)]
        self.world = World(time.clock, dict.fromkeys(self.names, OLD))
        self.hypervisor = Hypervisor(self.world)
        self.desk: list[dict[str, str]] = []
        self.operator, self.stranger = Operator(self.world, Manner()), _Stranger(self.world)
        self.variables: dict[str, Any] = dict(PACE)
        self.wire = Wire({name: TwinEngine(server) for name, server in self.world.servers.items()}, time)
        self.silent: set[str] = set()
        self.by_others: list[str] = []
        self.began = time.clock.now  # of the verb: what was before it is not judged
        self.world.change_ad("updates", 3)
        for server in self.world.servers.values():
            server.installers[MSI] = Installer(NEW)

    def run(self, check: bool = False) -> Done:
        """Run the verb, from a controller that lives."""
        self.wire.crashed = False
        return run(self, self.verb.playbook, self.verb.variables, check)

    def gone(self, name: str) -> bool:
        """Whether a server is off, or cut off from everybody but the tenant."""
        return not self.world.servers[name].up or name in self.wire.away

    @property
    def decided(self) -> bool:
        """Whether others have made a server active, and the verb names none itself: then that one is wanted."""
        if self.verb.playbook not in ("failover", "rejoin", "rollback"):
            return False
        return bool({"done", "already"} & set(self.by_others)) or (self.verb.playbook == "failover" and bool(self.stranger.hand))

    def exporting(self) -> list[str]:
        """The servers that export now."""
        return [name for name, server in self.world.servers.items() if server.exporting()[0]]

    @property
    def absent(self) -> set[str]:
        """The servers that were gone at some time."""
        return {each.power or each.network for each in self.verb.before} - {""}

    @property
    def here(self) -> list[str]:
        """The servers that are not gone."""
        return [name for name in self.names if not self.gone(name)]

    # -- people ------------------------------------------------------------------------------------------------------
    @property
    def hands_busy(self) -> bool:
        """Whether somebody whom nobody asked is in a wizard."""
        return self.stranger.busy

    def person_flips(self, name: str, at_once: bool) -> None:
        """A person turns staging mode of a server on or off, in this instant or by the wizard; not where its service does not run."""
        server = self.world.servers[name]
        if server.service != "Running" or server.quarantined or self.stranger.busy:
            return
        if at_once:
            self.stranger.hand.append(self.time.clock.now)
            server.set_staging(not server.staging)
        else:
            self.stranger.use_staging_wizard(name, not server.staging)

    def person_opens_wizard(self, name: str, seconds: float) -> None:
        """A person opens the wizard of a server and closes it without changing anything."""
        server = self.world.servers[name]
        if server.service != "Running" or WIZARD in server.processes:
            return
        server.processes.add(WIZARD)
        server.suspended = True

        def close() -> None:
            server.processes.discard(WIZARD)
            server.suspended = False

        self.time.clock.after(seconds, close)

    def overlaps_of_ours(self) -> list[Overlap]:
        """Overlaps that did not begin with what a person's hand did, nor before the verb was run."""
        return [each for each in overlaps(self.world.diary) if each.start not in self.stranger.hand and each.start >= self.began]


@contextmanager
def staged(verb: Verb) -> Iterator[Stage]:
    """A stage, on which time is virtual until the block ends."""
    with virtual(new_clock()) as time:
        stage = Stage(verb, time)
        prepare(stage)
        yield stage
