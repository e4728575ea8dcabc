# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the world, another person or the controller's own end does at a place."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lab.model.server import ModelServer
from tests.lab.restart import restart_winrm

if TYPE_CHECKING:
    from .case import Case

AWAY_SECONDS = 0.5


def reboot(case: Case) -> None:
    """The machine restarts; its service comes up by its start type."""
    server = case.fleet.world.servers[case.place.server]
    with case.fleet.clock.lock:
        server.reboot()
    restart_winrm(case.fleet.hosts[server.name], AWAY_SECONDS)


def person(case: Case) -> None:
    """Somebody does one wrong thing by hand on this server that does not itself make two exporters; see `wrong_deed`."""
    with case.fleet.clock.lock:
        server = case.fleet.world.servers[case.place.server]
        others = [each for each in case.fleet.world.servers.values() if each is not server]
        case.told.append(wrong_deed(server, others))
        case.fleet.world.look()


def wrong_deed(server: ModelServer, others: list[ModelServer]) -> str:
    """Do it: start a held server, else turn its staging mode over, else turn staging mode on where it is off."""
    if server.service != "Running":
        server.start_type = "Automatic"
        server.start_service()
        return f"started {server.name}"
    if server.staging and any(each.exporting()[0] for each in others):
        for each in others:
            if each.service == "Running" and not each.staging:
                each.set_staging(True)
                return f"turned staging mode on on {each.name}"
    server.set_staging(not server.staging)
    return f"turned staging mode {'on' if server.staging else 'off'} on {server.name}"


def second_operator(case: Case) -> None:
    """Somebody else wants the other server active, and runs that to its end while this request waits."""
    other = case.control("other")
    done = other.playbook("switch_roles", entra_connect_active=case.former, entra_connect_method="settings", entra_connect_take_over=False)
    case.told.append(f"second operator: {done.outcome}")


def kill(case: Case) -> None:
    """SIGKILL to the controller's whole process group, as a job's end does it; a worker that left the group lives on."""
    os.killpg(case.pid(), signal.SIGKILL)


ACTS: dict[str, Callable[[Case], None]] = {each.__name__: each for each in (reboot, person, second_operator, kill)}
KINDS = Path(__file__).parent / "kinds.yml"
