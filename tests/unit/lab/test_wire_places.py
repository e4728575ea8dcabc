# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places of a run, faults at one of them, and samples of all cases (tests/integration/wire)."""

from __future__ import annotations

import pytest

from tests.integration.wire.case import kinds
from tests.integration.wire.places import POLL, FaultsAt, Place, places
from tests.integration.wire.selection import all_cases, in_even_order, is_kill
from tests.lab.faults import Rule
from tests.lab.recorder import RequestRecord

RUN = [
    ("Create", None),
    ("Receive", None),
    *[each for name in ("Get-A", POLL, POLL, "Set-B", POLL, "Get-A") for each in (("Command", name), ("Receive", name))],
    ("Delete", None),
    ("Create", None),
    ("Command", "Get-A"),
    ("Receive", "Get-A"),
]
PLACES = [
    Place("s", "", 0, "connection"),
    Place("s", "Get-A", 1),
    Place("s", "Get-A", 1, "poll"),
    Place("s", "Set-B", 1),
    Place("s", "Set-B", 1, "poll"),
    Place("s", "Get-A", 2),
    Place("s", "Get-A", 2, "connection"),
    Place("s", "Get-A", 3),
]


def hits(faults: FaultsAt) -> list[tuple[int, str, str]]:
    """Which requests of the run go wrong: index, when, how."""
    found = []
    for index, (verb, function) in enumerate(RUN):
        for when in ("before", "after"):
            rule = faults.pick(verb, function, when)
            if rule is not None:
                found.append((index, when, rule.do))
                break
    return found


def test_polls_of_one_wait_are_one_place() -> None:
    """And connections are places too."""
    assert places("s", [RequestRecord("s", 1, 0, verb, function) for verb, function in RUN]) == PLACES


@pytest.mark.parametrize(("place", "kind"), all_cases(PLACES), ids=str)
def test_a_fault_happens_once_and_at_its_place_only(place: Place, kind: str) -> None:
    """Of every kind, at every place where that kind can happen; what it does before or after the effect, it does once."""
    values, acted = kinds()[kind], []
    faults = FaultsAt(place, values, lambda: acted.append(kind))
    found = hits(faults)
    assert faults.fired and len(acted) == ("act" in values)
    if "rule" not in values:
        assert found == []
        return
    rule = Rule(**values["rule"])
    command = next(index for index, request in enumerate(RUN) if request[0] in ("Create", "Command") and PLACES.index(place) == _order(index))
    first = command if rule.verb in ("Create", "Command") else command + 1
    assert found[0] == (first, rule.when, rule.do)
    assert found[1:] == ([(index, "before", "drop") for index in range(first + 1, len(RUN))] if values.get("always") else [])


def _order(index: int) -> int:
    """The place to which the Create or Command at this index belongs, as an index of PLACES."""
    return len(places("s", [RequestRecord("s", 1, 0, verb, function) for verb, function in RUN[: index + 1]])) - 1


def test_nothing_goes_wrong_any_more_after_clear() -> None:
    """A server that was silent answers again."""
    faults = FaultsAt(PLACES[1], kinds()["silent_from_here"], lambda: None)
    assert hits(faults)
    faults.clear()
    assert hits(faults) == []


def test_even_order_has_every_case_once_and_spreads_any_beginning() -> None:
    """The first tenth of it has cases of every tenth of the run, and nearly all kinds."""
    cases = all_cases([Place("s", "Get-A", number) for number in range(100)])
    order = in_even_order(cases)
    assert sorted(order) == sorted(cases)
    first = order[: len(cases) // 10]
    assert {place.number // 10 for place, _kind in first} == set(range(10))
    assert len({kind for _place, kind in first}) >= len({kind for _place, kind in cases}) - 1
    assert any(is_kill(kind) for _place, kind in first)
