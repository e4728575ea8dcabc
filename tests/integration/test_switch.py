# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switch by settings: plan in check mode, run, run again."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Maker
from .runner import Control

METHOD = {"entra_connect_method": "settings"}
PLANNING = 2  # sessions to each server: one reads the evidence, one the plan
pytestmark = pytest.mark.oldest


def roles(control: Control) -> dict[str, str]:
    """What the model says each server is."""
    with control.fleet.clock.lock:
        return {
            name: ("down" if server.service != "Running" else "staging" if server.staging else "active")
            for name, server in control.fleet.world.servers.items()
        }


def writing(control: Control) -> dict[str, list[str]]:
    """The changing calls that each server got."""
    return {name: host.recorder.writing() for name, host in control.fleet.hosts.items()}


def sessions(control: Control) -> dict[str, int]:
    """How many sessions were opened to each server."""
    return {name: len(host.recorder.requests_since(verb="Create")) for name, host in control.fleet.hosts.items()}


def test_check_mode_plans_and_changes_nothing(control: Maker) -> None:
    """The recorder sees no changing function, the model is as before, and the plan is printed."""
    here = control()
    before = here.fleet.world.snapshot()
    done = here.playbook("switch_roles", "--check", "--diff", entra_connect_active="srv2", **METHOD)
    assert done.rc == 0, done.output
    assert done.outcome == "planned"
    assert "promote srv2 (method settings)" in done.output
    assert writing(here) == {"srv1": [], "srv2": []}
    assert here.fleet.world.snapshot() == before
    assert sessions(here) == {"srv1": PLANNING, "srv2": PLANNING}


def test_switch_and_again(control: Maker) -> None:
    """The run ends done with everything restored; a second one, from another controller and with no target, changes nothing."""
    here = control()
    here.fleet.world.change_ad("updates", 3)
    planned = here.playbook("switch_roles", "--check", entra_connect_active="srv2", **METHOD).result["plan"]["steps"]
    done = here.playbook("switch_roles", entra_connect_active="srv2", **METHOD)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert roles(here) == {"srv1": "staging", "srv2": "active"}
    for server in here.fleet.world.servers.values():
        assert (server.enabled, server.auto_upgrade, server.start_type, server.blocked) == (True, "Enabled", "Automatic", False), server.name
    assert [each.server for each in here.fleet.world.tenant.exports][-1] == "srv2"
    assert order_of(planned) == order_of(here.fleet), "the run takes the actions of the plan, in its order"
    assert set(done.result["health"]) == {"srv1", "srv2"} and done.result["gates_after"]
    assert done.result["gates_end"] == [], "nothing but releases followed the proof, so that nothing is judged twice"
    again = Control(here.fleet, here.folder.parent / "fresh").playbook("switch_roles")
    assert (again.rc, again.outcome, again.changed) == (0, "already", 0), again.output


KEY = {
    "claim": "New-EntraSyncClaim",
    "scheduler_off": "Set-EntraSyncScheduler",
    "demote": "Enable-EntraSyncStaging",
    "hold": "Enter-EntraSyncHold",
    "promote": "Disable-EntraSyncStaging",
    "release": "Complete-EntraSyncRelease",
    "end_claim": "Close-EntraSyncClaim",
}


def order_of(source: Any) -> list[tuple[str, str]]:
    """The key actions and their servers: of a plan's steps, or of what a fleet was asked to do."""
    if isinstance(source, list):
        return sorted_claims([(KEY[step["action"]], step["server"]) for step in source if step["action"] in KEY])
    calls = [
        (call.started, call.function, name) for name, host in source.hosts.items() for call in host.recorder.calls if call.function in KEY.values()
    ]
    return sorted_claims([(function, name) for _started, function, name in sorted(calls)])


def sorted_claims(actions: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Claims are taken by machine id and ended side by side, so that their order among themselves is not part of the plan."""
    first = sorted(each for each in actions if each[0] == KEY["claim"])
    last = sorted(each for each in actions if each[0] == KEY["end_claim"])
    return [*first, *(each for each in actions if each[0] not in (KEY["claim"], KEY["end_claim"])), *last]


def test_back_again(control: Maker) -> None:
    """A switch and the switch back."""
    here = control()
    assert here.playbook("switch_roles", entra_connect_active="srv2", **METHOD).outcome == "done"
    back = here.playbook("switch_roles", entra_connect_active="srv1", **METHOD)
    assert back.outcome == "done", back.output
    assert roles(here) == {"srv1": "active", "srv2": "staging"}
