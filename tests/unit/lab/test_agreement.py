# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verdict on the histories agrees with the diary in worlds that a seed makes, and disagreement is found where somebody lies."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.lab import agreement
from tests.lab.diary import Interval, overlaps
from tests.lab.model.clock import Clock
from tests.lab.model.errors import Refused
from tests.lab.model.server import ModelServer
from tests.lab.model.world import World
from tests.lab.twins import TWINS

SEEDS = 300
TOKEN = {"Epoch": 1, "RunId": "aaa"}


def new_world(count: int = 2) -> World:
    """Servers on a clock that only the test moves; srv1 is active, everyone is claimed."""
    world = World(Clock(), {f"srv{number}": "2.5.79.0" for number in range(1, count + 1)})
    for server in world.servers.values():
        given = {"Who": "me", "Kind": "topology", "Tenant": "", "Members": ["m"], "GoalActive": "", "GoalFormer": "", "GoalVersion": ""}
        TWINS["New-EntraSyncClaim"](
            server, ExpectedEpoch=0, ExpectedRunId="", **TOKEN, **given, GoalOrder="", GoalMethod="settings", LeaseSeconds=86400
        )
        TWINS["Complete-EntraSyncClaim"](server, **TOKEN)
    return world


def call(server: ModelServer, function: str, **given: object) -> bool:
    """Call a twin with the claim's token; whether it did not refuse."""
    with server.world.clock.lock:
        try:
            TWINS[function](server, **TOKEN, **given)
        except Refused:
            return False
        return True


def promote(server: ModelServer) -> bool:
    """A promotion of ours on a fresh ticket."""
    ticket = TWINS["Get-EntraSyncTicket"](server, **TOKEN)["ticket"]
    return call(server, "Disable-EntraSyncStaging", Ticket=ticket, MaxAgeSeconds=3600)


def release(server: ModelServer) -> None:
    """Through quarantine."""
    if call(server, "Start-EntraSyncRelease"):
        server.world.clock.advance(3.0)
        call(server, "Complete-EntraSyncRelease")


def cycle(server: ModelServer) -> None:
    """A cycle begins where it may."""
    if server.up and server.service == "Running" and not server.cycles.in_progress:
        server.cycles.start("Delta")


OURS: list[Callable[[ModelServer], object]] = [
    lambda server: call(server, "Enable-EntraSyncStaging"),
    lambda server: call(server, "Enter-EntraSyncHold", Facts=""),
    promote,
    release,
    lambda server: call(server, "Enter-EntraSyncQuarantine"),
    lambda server: call(server, "Register-EntraSyncPromotion"),
    cycle,
]
PEOPLE: list[Callable[[ModelServer], object]] = [
    lambda server: server.set_staging(True),
    lambda server: server.set_staging(False),
    lambda server: server.stop_service(),
    lambda server: server.start_service(),
    lambda server: server.reboot(),
    cycle,
    lambda server: server.cycles.abort("stopped-user-termination-from-wmi-or-ui"),
]


def switch(world: World, dice: random.Random) -> None:
    """A switch of ours, as it should be: demote, wait, hold, promote; or by a person in the wizard, or with a mistake in it."""
    active = [server for server in world.servers.values() if server.exporting()[0]]
    target = dice.choice([server for server in world.servers.values() if server not in active] or list(world.servers.values()))
    by_person, mistake = dice.random() < 0.4, dice.random() < 0.2
    for server in active if not mistake else active[1:]:
        if by_person:
            server.set_staging(True)
        else:
            call(server, "Enable-EntraSyncStaging")
        world.clock.advance(dice.choice((5.0, 130.0, 372.0)))
        if not by_person:
            call(server, "Enter-EntraSyncHold", Facts="")
    release(target)
    if by_person:
        call(target, "Register-EntraSyncPromotion")
        world.clock.advance(dice.choice((1.0, 60.0, 600.0)))
        target.set_staging(False)
    else:
        promote(target)
    cycle(target)
    world.clock.advance(dice.choice((1.0, 100.0, 1000.0)))
    for server in active:
        release(server)


def happen(seed: int) -> World:
    """A world in which much happens, by us and by people."""
    dice = random.Random(seed)
    world = new_world(dice.choice((2, 2, 3)))
    for _step in range(dice.randint(2, 25)):
        server, chance = dice.choice(list(world.servers.values())), dice.random()
        with world.clock.lock:
            if chance < 0.2:
                switch(world, dice)
            elif chance < 0.8:
                dice.choice(OURS if chance < 0.6 else PEOPLE)(server)
            world.look()
        world.clock.advance(dice.choice((0.0, 1.0, 7.0, 30.0, 65.0, 400.0, 2000.0)))
    return world


@pytest.mark.parametrize("seed", range(SEEDS))
def test_histories_and_diary_agree(seed: int) -> None:
    """With the journals, and without."""
    world = happen(seed)
    assert agreement.disagreements(world) == []
    assert agreement.disagreements(world, journal=False) == []


def test_the_worlds_are_of_all_kinds() -> None:
    """Else the test above would prove little: overlaps that runs show, and those that leave none; gaps that the journals make exact."""
    worlds = [happen(seed) for seed in range(SEEDS)]
    said = [agreement.verdict(world) for world in worlds]
    seen = [overlaps(world.diary) for world in worlds]
    assert sum(bool(each.overlaps) for each in said) > 20
    assert any(each.proved for one in said for each in one.overlaps) and not all(each.proved for one in said for each in one.overlaps)
    assert sum(any(agreement._shown(each, world) for each in found) for found, world in zip(seen, worlds, strict=True)) > 10
    assert sum(not found for found in seen) > 50
    hand_overs = [gap for one in said for gap in one.gaps if gap.before and gap.before.server != gap.after.server]
    assert len(hand_overs) > 50 and any(gap.longest - gap.shortest < 10 for gap in hand_overs)


def switched() -> World:
    """A switch of ours with a gap of ten minutes, and cycles on both servers."""
    world = new_world()
    call(world.servers["srv1"], "Enable-EntraSyncStaging")
    world.clock.advance(600.0)
    promote(world.servers["srv2"])
    world.clock.advance(5000.0)
    assert agreement.disagreements(world) == []
    return world


def test_a_diary_without_an_overlap_that_the_histories_show() -> None:
    """The agreement can fail: the second server exports, and the diary does not know."""
    world = switched()
    diary = list(world.diary.intervals)
    world.servers["srv1"].set_staging(False)
    world.clock.advance(5000.0)
    world.diary.intervals = diary
    assert any("the diary does not" in each for each in agreement.disagreements(world))


def test_an_overlap_that_the_histories_lost() -> None:
    """Somebody cleared the runs of one of two exporters."""
    world = switched()
    world.servers["srv1"].set_staging(False)
    world.clock.advance(9000.0)
    assert agreement.disagreements(world) == []
    del world.servers["srv1"].cycles.history[:]
    assert any("the histories do not" in each for each in agreement.disagreements(world))


def test_a_gap_of_another_length() -> None:
    """The diary of the second server begins earlier than its promotion."""
    world = switched()
    first, second = world.diary.intervals
    world.diary.intervals = [first, Interval(second.server, second.start - 300.0, None, second.reason)]
    assert any("from srv1 to srv2 nobody exported for 300.0 s by the diary" in each for each in agreement.disagreements(world))
