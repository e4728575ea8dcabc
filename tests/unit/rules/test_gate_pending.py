# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gate G4: passes, warns, refuses, is overridden; with the details of pending exports and without them, before and between."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import GateResult, run_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.pending import PendingRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import Phase, Plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation

from . import builders

BOTH = pytest.mark.parametrize("moment", ["before", "between"])
UPN = [builders.touched("userPrincipalName", changed=4)]


def judged(read: ServerRead, evidence: Any = None, moment: str = "between", overrides: dict[str, str] | None = None, **budget: Any) -> GateResult:
    """The verdict on a switch to srv2."""
    reads = builders.of(builders.held("srv1") if moment == "between" else builders.active("srv1"), read)
    plan = Plan("", (Phase("switch", ("srv1",), "srv2", "srv1"),), (), (), ())
    options = {"max_pending": budget, "overrides": overrides or {}}
    found = {} if evidence is None else {"pending": evidence}
    goal = Goal("srv2", "srv1", "", "staging_first", "settings")
    return next(each for each in run_gates(Situation(reads, goal, plan, options, found, moment)) if each.gate == "G4")


def detail(**changes: Any) -> dict[str, Any]:
    """Evidence of the target, as the module returns it."""
    return {"srv2": PendingRead.from_answer("srv2", builders.pending_answer(**changes), True).as_value()}


def target(**counts: int) -> ServerRead:
    """The target, with these counts by its statistics."""
    return builders.staging("srv2", pending=[builders.pending(**counts), builders.pending("contoso.local")])


def told(result: GateResult) -> tuple[str, list[str]]:
    """Verdict and codes."""
    return result.verdict, [each.code for each in result.refusals]


@BOTH
def test_nothing_unexpected_passes(moment: str) -> None:
    """With the details, and where nobody has read any."""
    assert told(judged(target(), detail(), moment)) == ("pass", [])
    assert told(judged(target(), None, moment)) == ("pass", [])


@BOTH
def test_a_budget_of_an_attribute_refuses(moment: str) -> None:
    """One refusal, with the attribute in its text."""
    result = judged(target(updates=4), detail(updates=4, detail_updates=4, attributes=UPN), moment, attributes={"userprincipalname": 3})
    assert told(result) == ("fail", ["attribute_over_budget"])
    assert "userPrincipalName on 4" in result.evidence


@BOTH
def test_it_can_be_overridden(moment: str) -> None:
    """With a reason, as gates are."""
    found = detail(updates=4, detail_updates=4, attributes=UPN)
    result = judged(target(updates=4), found, moment, {"G4": "new domain"}, attributes={"userPrincipalName": 3})
    assert told(result) == ("warn", ["attribute_over_budget"])
    assert result.evidence.startswith("overridden: new domain")


def test_a_watched_attribute_is_told() -> None:
    """Without a budget it warns."""
    assert told(judged(target(updates=4), detail(updates=4, detail_updates=4, attributes=UPN))) == ("warn", ["attribute_touched"])


def test_many_updates_alone_pass() -> None:
    """After an upgrade an attribute on nearly all objects is normal."""
    rows = [builders.touched("department", added=90_000)]
    assert told(judged(target(updates=90_000), detail(updates=90_000, detail_updates=90_000, attributes=rows))) == ("pass", [])


def test_statistics_that_were_read_now_count_too() -> None:
    """The details are some seconds older: what came since is in the newer numbers."""
    assert told(judged(target(deletes=2), detail())) == ("fail", ["over_budget"])
    assert told(judged(target(), detail(deletes=2, detail_deletes=2))) == ("fail", ["over_budget"])
    assert told(judged(target(deletes=2), detail(deletes=2, detail_deletes=2))) == ("fail", ["over_budget"])


def test_two_numbers_of_deletions_refuse() -> None:
    """Nobody knows which of them is right."""
    assert told(judged(target(), detail(detail_deletes=5))) == ("fail", ["pending_disagrees"])


@pytest.mark.parametrize("evidence", [{"srv2": {"read": False, "reason": "timed out"}}, {"srv2": None}, {"srv2": "x"}])
def test_details_that_could_not_be_read(evidence: Any) -> None:
    """They are told; with a budget of attributes they refuse."""
    assert told(judged(target(), evidence)) == ("warn", ["pending_detail_unread"])
    assert told(judged(target(), evidence, attributes={"mail": 1})) == ("fail", ["pending_detail_unread"])


@pytest.mark.parametrize("evidence", [None, {}, {"srv1": {"read": True}}, []])
def test_details_that_nobody_has_read(evidence: Any) -> None:
    """Not checked, by the statistics alone; a budget of attributes cannot be kept then."""
    assert told(judged(target(), evidence)) == ("pass", [])
    assert told(judged(target(), evidence, attributes={"mail": 1})) == ("fail", ["pending_detail_unread"])


def test_a_held_target_is_judged_when_it_runs() -> None:
    """What we shut off ourselves never makes our own run refuse."""
    result = judged(builders.held("srv2"), {"srv2": {"read": False, "reason": "held"}}, "before", attributes={"mail": 1})
    assert told(result) == ("pass", [])
