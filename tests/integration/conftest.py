# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the integration tests; the diary is checked after every test that starts a fleet, without being asked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.agreement import disagreements
from tests.lab.diary import overlaps
from tests.lab.fleet import Fleet
from tests.lab.pwsh.engine import find
from tests.model.accept import accepts, of_fleet
from tests.needs import NO_ENGINE
from tests.tools import measured

from .runner import ROOT, Control

SPEED = 300.0
ENGINE = os.environ.get("ENTRA_LAB_ENGINE", "python")  # pwsh: the same tests on a real PowerShell
CONNECTION = os.environ.get("ENTRA_LAB_CONNECTION", "psrp")  # winrm: the same tests over the other backend; with pwsh only
Maker = Callable[..., Control]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Tell the fixtures of a test whether it has passed: an engine counts as used by a test of the main job only then."""
    result = yield
    if call.when == "call":
        item.passed = result.get_result().passed  # type: ignore[attr-defined]


@pytest.fixture
def control(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes fleets with a controller each; afterwards no two servers may ever have exported at once, the run histories must tell the same
    as the diary, and the journals be a path of the table.

    A test whose world itself makes two exporters, and looks what the product does then, says so with the mark ``overlap_by_the_world``.
    """
    fleets: list[Fleet] = []

    def make(profiles: dict[str, str] | None = None, variables: dict[str, Any] | None = None, **options: Any) -> Control:
        if options.get("engine", ENGINE) == "pwsh" and find() is None:
            pytest.skip(NO_ENGINE)
        fleet = Fleet(profiles, **{"speed": SPEED, "installed": True, "engine": ENGINE, "connection": CONNECTION, **options}).start()
        fleets.append(fleet)
        return Control(fleet, tmp_path / f"controller{len(fleets)}", variables or {})

    yield make
    found: list[str] = []
    disagreeing: list[str] = []
    strayed: list[str] = []
    mark = request.node.get_closest_marker("declared_out")
    out = mark.args if mark is not None else ()
    for fleet in fleets:
        with fleet.clock.lock:
            found += [str(each) for each in overlaps(fleet.world.diary)]
            disagreeing += disagreements(fleet.world, journal=fleet.engine == "python")
            forgot = [name for name, server in fleet.world.servers.items() if server.was_restored]
            strayed += [said for said in [accepts(of_fleet(fleet), out=out, forgot=forgot)] if said]
        fleet.stop()
    if any(mark.name.startswith("main_job_") for mark in request.node.iter_markers()) and getattr(request.node, "passed", False):
        for fleet in fleets:
            measured.ran(fleet.engine, fleet.connection)
    by_the_world = request.node.get_closest_marker("overlap_by_the_world") is not None or getattr(request.node, "overlap_by_the_world", False)
    note(request.node.nodeid, len(found), by_the_world)
    assert by_the_world or not found, found
    assert not disagreeing, disagreeing
    assert strayed == []  # the product's own journal is a path of the switch table, whatever the world did


def note(test: str, count: int, by_the_world: bool) -> None:
    """One file per checked run, from which the figure is made; an overlap that the world itself made is told apart."""
    folder = ROOT / "build" / "diary"
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "_" for letter in test)[-120:]
    (folder / f"{name}.json").write_text(
        json.dumps({"test": test, "overlaps": 0 if by_the_world else count, "by_the_world": by_the_world and count > 0}), encoding="utf-8"
    )
