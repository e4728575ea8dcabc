# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fixed, even sample of what `make faults` runs through the real ansible-playbook: one fault at one place of a swing_upgrade, and then again.

On the twins of our functions; `python -m tests.integration.wire --engine pwsh` takes the functions themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tools import measured

from .conftest import note
from .wire.case import Case, recorded
from .wire.places import Place
from .wire.selection import all_cases, is_kill, remembered, sample

FAULTS, KILLS = 4, 2  # each is three runs of swing_upgrade or more
FIGURE = "faults_wire_sample"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    """Where something can go wrong, from a run of this very code in which nothing does."""
    found = remembered(lambda: recorded(tmp_path_factory.mktemp("recorded")))
    measured.note(FIGURE, "possible", {"runs": 0, "possible": len(all_cases(found))})
    return found


def judge(request: pytest.FixtureRequest, folder: Path, place: Place, kind: str) -> None:
    """Run one case; its place must have been reached."""
    verdict = Case(folder, place, kind).judge()
    note(request.node.nodeid, len(verdict.violations), False)
    counts: dict[str, Any] = {
        "runs": 1,
        "possible": 0,
        "violations": bool(verdict.violations),
        "not_converged": bool(verdict.problems),
        "seconds": round(verdict.seconds),
    }
    measured.note(FIGURE, request.node.name, {name: int(value) for name, value in counts.items()})
    said = "\n".join(verdict.outputs)[-6000:]
    assert not verdict.violations and not verdict.problems, (verdict.case, verdict.violations, verdict.problems, verdict.outcomes, said)


def chosen(places: list[Place], of: Callable[[str], bool], count: int, number: int) -> tuple[Place, str]:
    """One of the sample; the sample is as large as it is said to be."""
    cases = sample(places, of, count)
    assert len(set(cases)) == count
    return cases[number]


@pytest.mark.parametrize("number", range(FAULTS))
def test_fault(number: int, places: list[Place], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The same command again reaches the target, once more changes nothing, and nobody exported beside another one."""
    judge(request, tmp_path, *chosen(places, lambda kind: not is_kill(kind), FAULTS, number))


@pytest.mark.parametrize("number", range(KILLS))
def test_killed(number: int, places: list[Place], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The same, after a SIGKILL to the controller."""
    judge(request, tmp_path, *chosen(places, is_kill, KILLS, number))
