# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run in process asks every server the same, in the same order, as a real ansible-playbook over the wire: so what is found there holds here."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff

import pytest

from tests.inprocess.stage import NEW, OLD, Before, Stage, staged
from tests.inprocess.verbs import VERBS
from tests.lab.fleet import Fleet

from .conftest import Maker
from .runner import Control, put_msi
from .world_acts import act

# how often a wait polls is a matter of time, and a real session asks for the module's version once per connection
UNCOUNTED = frozenset({"Update-EntraSyncLease", "Get-EntraSyncModule"})
# those before which nothing was killed or cut off: at which request that is, only a run in process can say
WHOLE = [name for name, verb in VERBS.items() if not any(each.stop or each.network for each in verb.before)]
NAMES = [name for name in WHOLE if name.endswith("_2")] + ["swing_staging_first_3"]


def merged(functions: list[str]) -> list[str]:
    """The functions without those that are not counted; what a wait repeats, one call or two in turn, once."""
    found: list[str] = []
    for function in functions:
        if function in UNCOUNTED:
            continue
        found.append(function)
        for length in (1, 2):
            if found[-length:] == found[-2 * length : -length]:
                del found[-length:]
    return found


def on_the_wire(fleet: Fleet) -> dict[str, list[str]]:
    """What each server of a fleet was asked."""
    return {name: merged([call.function for call in host.recorder.calls]) for name, host in fleet.hosts.items()}


def in_process(stage: Stage) -> dict[str, list[str]]:
    """What each server of a stage was asked; what a user's own tasks ask of others, in two words, is no request to it."""
    return {name: merged([each.function for each in stage.wire.log if each.server == name and " " not in each.function]) for name in stage.names}


def difference(real: list[str], quick: list[str]) -> str:
    """Where the two part; empty where they are the same."""
    return "\n".join(unified_diff(real, quick, "over the wire", "in process", lineterm="", n=2))


def prepare(here: Control, before: Iterable[Before]) -> None:
    """What has happened before: machines that go off and on, whole runs; the requests of it are forgotten."""
    for each in before:
        if each.power:
            act(here.fleet, each.power, "power", "off" if here.fleet.world.servers[each.power].up else "on")
        if each.playbook:
            done = here.playbook(each.playbook, **each.variables)
            assert done.rc == 0, done.output
    for host in here.fleet.hosts.values():
        host.recorder.calls.clear()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_requests(name: str, control: Maker, request: pytest.FixtureRequest) -> None:
    """Function for function on each server; the outcome and what the servers are then are the same too."""
    verb = VERBS[name]
    request.node.overlap_by_the_world = verb.playbook == "rejoin"  # a person has turned on what was fenced as powered off
    with staged(verb) as stage:
        quick = stage.run()
        told = [*stage.desk], [*stage.hypervisor.log]
        asked, state = in_process(stage), {each: (server.staging, server.engine_version) for each, server in stage.world.servers.items()}
    here = control(dict.fromkeys(stage.names, OLD))
    here.fleet.world.change_ad("updates", 3)
    put_msi(here.fleet, NEW)
    prepare(here, verb.before)
    real = here.playbook(verb.playbook, **verb.variables)
    # a machine that is off cannot tell what it was asked
    up = {each: functions for each, functions in on_the_wire(here.fleet).items() if here.fleet.world.servers[each].up}
    differences = {each: difference(functions, asked[each]) for each, functions in up.items()}
    assert up and differences == dict.fromkeys(up, ""), real.output
    assert (real.rc == 0, real.result.get("outcome")) == (not quick.failed, quick.result.get("outcome")), real.output
    assert (here.fleet.desk, here.fleet.hypervisor.log) == told
    assert {each: (server.staging, server.engine_version) for each, server in here.fleet.world.servers.items()} == state
