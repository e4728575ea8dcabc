# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diary catches two exporters, and the model writes it as the design defines exporting."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lab.diary import Diary, overlaps, render, zero_active
from tests.lab.model.clock import Clock
from tests.lab.model.world import World


@pytest.fixture
def world() -> World:
    """Two servers on a clock that only the test moves; srv1 is active."""
    return World(Clock(), {"srv1": "2.5.79.0", "srv2": "2.5.79.0"})


def diary(*intervals: tuple[str, float, float | None]) -> Diary:
    """A diary of these intervals."""
    made = Diary()
    for server, start, end in intervals:
        made.note(server, True, "test", start)
        if end is not None:
            made.note(server, False, "", end)
    return made


@pytest.mark.parametrize(
    ("intervals", "found"),
    [
        ([("a", 0, 10), ("b", 10, 20)], 0),  # touching is not at once
        ([("a", 0, 10), ("b", 9.9, 20)], 1),
        ([("a", 0, None), ("b", 5, 6)], 1),
        ([("a", 0, None), ("b", 5, None)], 1),
        ([("a", 0, 5), ("a", 5, 9)], 0),
        ([("a", 0, 9), ("b", 1, 2), ("b", 3, 4), ("c", 3.5, 5)], 4),
        ([], 0),
    ],
)
def test_overlaps(intervals: list[tuple[str, float, float | None]], found: int) -> None:
    """Every pair that shares more than an instant is one."""
    assert len(overlaps(diary(*intervals))) == found


def test_seconds_without_anybody() -> None:
    """From the end of the one to the start of the other, also where intervals overlap."""
    assert zero_active(diary(("a", 0, 10), ("b", 16, None)), 0, 30) == 6
    assert zero_active(diary(("a", 0, 10), ("b", 5, 8)), 0, 10) == 0
    assert render(diary(("a", 0, 10)), 0) == ["a:       0.0 s to      10.0 s  test"]


def flip(world: World, name: str, staging: bool) -> None:
    """Change the flag of a server, as a person does."""
    with world.clock.lock:
        world.servers[name].set_staging(staging)


def exporting(world: World) -> list[str]:
    """Who exports by the diary now."""
    return [each.server for each in world.diary.intervals if each.end is None]


def test_two_active_servers_are_caught(world: World) -> None:
    """A second active server is an overlap at once, and stays one after it was mended."""
    flip(world, "srv2", False)
    world.clock.advance(1)
    assert [str(each) for each in overlaps(world.diary)] == ["srv1 and srv2 exported at the same time, still going on"]
    flip(world, "srv2", True)
    world.clock.advance(60)
    assert len(overlaps(world.diary)) == 1


def test_a_cycle_goes_on_exporting_after_the_flip(world: World) -> None:
    """A demotion is not a stop: promoting before the running cycle has ended is an overlap."""
    with world.clock.lock:
        world.servers["srv1"].cycles.start("Delta")
    flip(world, "srv1", True)
    assert exporting(world) == ["srv1"]
    flip(world, "srv2", False)
    world.clock.advance(1)
    assert overlaps(world.diary)


def test_a_password_hash_cycle_goes_on_too(world: World) -> None:
    """It began while the server was active, and ends by itself."""
    with world.clock.lock:
        world.servers["srv1"].cycles.hash_now()
    flip(world, "srv1", True)
    assert exporting(world) == ["srv1"]
    world.clock.advance(10)
    assert exporting(world) == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda server: server.stop_service(),
        lambda server: server.power_off(),
        lambda server: setattr(server, "blocked", True),
        lambda server: setattr(server, "cloud_enabled", False),
    ],
    ids=["stopped", "off", "blocked", "identity disabled"],
)
def test_what_ends_exporting(world: World, deed: Any) -> None:
    """Stopped, powered off, in quarantine, or its cloud identity disabled."""
    with world.clock.lock:
        deed(world.servers["srv1"])
        world.look()
    assert exporting(world) == []


@pytest.mark.parametrize("weakness", ["firewall_on", "allow_bypass"])
def test_a_block_that_is_not_effective_stops_nothing(world: World, weakness: str) -> None:
    """The rule is there, and the firewall is off or bypassed."""
    with world.clock.lock:
        server = world.servers["srv1"]
        server.blocked = True
        setattr(server, weakness, weakness == "allow_bypass")
        world.look()
    assert exporting(world) == ["srv1"]


def test_a_cycle_ends_later_and_the_tenant_sees_who_exported(world: World) -> None:
    """Accepted at once, finished on the clock; a staging server's cycle exports nothing."""
    world.change_ad("updates", 3)
    with world.clock.lock:
        for server in world.servers.values():
            server.cycles.start("Delta")
    assert not world.tenant.exports
    world.clock.advance(600)
    assert [(each.server, each.updates) for each in world.tenant.exports if each.updates] == [("srv1", 3)]
    assert overlaps(world.diary) == []
