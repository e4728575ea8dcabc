# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verdict on the histories agrees with the diary in worlds that a seed makes, and disagreement is found where somebody lies."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.lab import agreement
from tests.lab.diary import overlaps, zero_active
from tests.lab.model.clock import Clock
from tests.lab.model.errors import Refused
from tests.lab.model.server import ModelServer
from tests.lab.model.world import World
from tests.lab.twins import TWINS

SEEDS = 300
TOKEN = {"Epoch": 1, "RunId": "aaa"}
ACTIVE, STAGING = False, True


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
        (lambda each: each.set_staging(True))(server) if by_person else call(server, "Enable-EntraSyncStaging")
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
