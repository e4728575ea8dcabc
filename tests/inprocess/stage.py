# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One experiment: a model of servers at a fixed moment, a wire to them, a person at the console, and runs on it."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.lab.fleet import TwinEngine
from tests.lab.model.installer import Installer
from tests.lab.model.operator import Manner, Operator
from tests.lab.model.world import World

from .playbook import Done, run
from .virtual_time import VirtualTime, new_clock, virtual
from .wire import Wire

OLD, NEW = "2.5.79.0", "2.6.92.0"
MSI = "C:\\Install\\AzureADConnect.msi"
PACE = {"entra_connect_idle_timeout": 600, "entra_connect_cycle_timeout": 900, "entra_connect_wizard_timeout": 900, "entra_connect_poll_interval": 10}
COUNT = itertools.count(1)


@dataclass(frozen=True)
class Verb:
    """A playbook with its variables on servers of a version; ``{target}`` is whom it makes active.

    Attributes:
        servers: how many there are, two or three; the first is active.
        before: playbooks that were run before, to bring the servers to where it begins.
        target: who must be active in the end.
    """

    name: str
    playbook: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    servers: int = 2
    target: str = "srv2"
    msi: bool = False


class Stage:
    """The servers of one verb. Made by `staged`."""

    def __init__(self, verb: Verb, time: VirtualTime, folder: Path) -> None:
        self.verb, self.time, self.folder = verb, time, folder
        self.names = [f"srv{number + 1}" for number in range(verb.servers)]
        self.world = World(time.clock, dict.fromkeys(self.names, OLD))
        self.operator = Operator(self.world, Manner())
        self.variables: dict[str, Any] = dict(PACE)
        self.wire = Wire({name: TwinEngine(server) for name, server in self.world.servers.items()}, time)
        self.world.change_ad("updates", 3)
        if verb.msi:
            for server in self.world.servers.values():
                server.installers[MSI] = Installer(NEW)

    def new_folder(self) -> Path:
        """For the reports of one run."""
        return self.folder / str(next(COUNT))

    def run(self, check: bool = False) -> Done:
        """Run the verb."""
        return run(self, self.verb.playbook, self.verb.variables, check)


@contextmanager
def staged(verb: Verb) -> Iterator[Stage]:
    """A stage, on which time is virtual until the block ends."""
    with virtual(new_clock()) as time, tempfile.TemporaryDirectory(prefix="entra-stage-") as folder:
        yield Stage(verb, time, Path(folder))
