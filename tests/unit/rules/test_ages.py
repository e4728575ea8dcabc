# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""For how long a server is held, by its own clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.ages import held_for, held_long, hold_age, words
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.describe import describe
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import run_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.invariant import judge, table
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import make_plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation

from . import builders

NOW = "2026-11-02T12:00:00.000Z"


def held(since: str | None, now: str | None = NOW) -> ServerRead:
    """A server that is held since then, and what its clock says now."""
    return builders.held("srv1", {"since": since}, now=now)


@pytest.mark.parametrize(
    ("since", "now", "age"),
    [
        ("2026-11-02T11:00:00.000Z", NOW, timedelta(hours=1)),
        ("2026-10-26T12:00:00.1234567Z", NOW, timedelta(days=7)),
        (NOW, NOW, timedelta(0)),
        ("2026-11-02T12:00:01Z", NOW, None),
        ("", NOW, None),
        (None, NOW, None),
        ("yesterday", NOW, None),
        ("2026-11-02T11:00:00Z", None, None),
        ("2026-11-02T11:00:00Z", "soon", None),
    ],
)
def test_the_age_of_a_hold(since: str | None, now: str | None, age: timedelta | None) -> None:
    """Both times are the server's; what cannot be read, or a clock that was set back, is no age."""
    assert hold_age(held(since, now)) == age
    assert held_for(held(since, now)) == (f"for {words(age)}" if age is not None else "for an unknown time")


def test_who_is_not_held_has_no_age() -> None:
    """Nor who does not answer."""
    assert hold_age(builders.staging()) is hold_age(builders.silent()) is None


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=6, hours=5), "6 days"),
    ],
)
def test_an_age_in_words(age: timedelta, said: str) -> None:
    """Minutes, hours, days."""
    assert words(age) == said


@pytest.mark.parametrize(
    ("since", "warned"),
    [("2026-10-27T12:00:00Z", False), ("2026-10-27T11:59:59Z", True), ("2026-10-20T12:00:00Z", True), ("2026-11-03T12:00:00Z", False)],
)
def test_over_six_days_it_warns(since: str, warned: bool) -> None:
    """Not at six, a second later; in the table for people and as data."""
    reads = builders.of(held(since), builders.active("srv2"))
    verdict = judge(reads, "exactly_one")
    assert [each.code for each in held_long(reads)] == [each.code for each in verdict.warnings] == (["hold_old"] if warned else [])
    assert ("WARNING: srv1 is held for" in "\n".join(table(verdict))) is warned
    assert verdict.ok, "a warning stands against nothing"


def test_it_stands_wherever_a_held_server_is_shown() -> None:
    """In the table, the answers of the modules, and the evidence of the first gate."""
    reads = builders.of(held("2026-11-02T09:00:00Z"), builders.staging("srv2"))
    goal = builders.a_wish()
    verdict = judge(reads, "at_most_one")
    assert "for 3 h" in "\n".join(table(verdict))
    assert verdict.servers["srv1"]["held_for"] == describe(reads["srv1"])["held_for"] == 3 * 3600
    assert verdict.servers["srv2"]["held_for"] is describe(reads["srv2"])["held_for"] is None
    gates = {each.gate: each.evidence for each in run_gates(Situation(reads, goal, make_plan(reads, goal), {}))}
    assert "held: srv1 for 3 h" in gates["G1"]


@pytest.mark.parametrize(("hold", "word"), [({"state": "pending"}, "pending"), ({"starts_since": 1}, "broken"), ({"staging": "False"}, "held")])
def test_a_hold_that_is_not_whole_has_an_age_too(hold: dict[str, object], word: str) -> None:
    """It stands in the reason of the role."""
    reason = describe(builders.held("srv1", hold))["reason"]
    assert word in reason and "for 1 h" in reason
