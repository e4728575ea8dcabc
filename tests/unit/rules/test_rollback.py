# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undo the last goal: which server, and when nothing is to be undone."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import run_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import make_plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.rollback import refusals, told, undone
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation

from . import builders

OLDER = {"engine_version": "2.6.84.0", "wizard_version": "2.6.84.0"}


def state(one: ServerRead, two: ServerRead) -> dict[str, ServerRead]:
    """Both servers by name."""
    return builders.of(one, two)


def reached(what: str, **goal: Any) -> dict[str, ServerRead]:
    """Two servers in a state of a switch from srv1 to srv2, with its goal in their records."""
    kept = {"goal": builders.a_goal(**goal)}
    servers = {
        "claimed": (builders.active("srv1", **kept), builders.staging("srv2", **kept)),
        "demoted": (builders.staging("srv1", **kept), builders.staging("srv2", **kept)),
        "held": (builders.held("srv1", **kept), builders.staging("srv2", **kept)),
        "asked": (builders.held("srv1", **kept), builders.staging("srv2", promotion=builders.a_promotion(), **kept)),
        "promoted": (builders.held("srv1", **kept), builders.active("srv2", **kept)),
        "released": (builders.staging("srv1", **kept), builders.active("srv2", **kept)),
    }
    return builders.of(*servers[what])


STATES = ("claimed", "demoted", "held", "asked", "promoted", "released")


@pytest.mark.parametrize("what", STATES)
@pytest.mark.parametrize("outcome", ["", "incomplete", "unknown", "done"])
def test_who_was_active_is_wanted_again(what: str, outcome: str) -> None:
    """From every state, whatever the run left; versions are no part of it."""
    goal = undone(reached(what, outcome=outcome), {"upgrade": False})
    assert (goal.active, goal.version, goal.verb) == ("srv1", "", "rollback")


@pytest.mark.parametrize("what", STATES)
@pytest.mark.parametrize("outcome", ["", "stopped_zero_active", "done"])
def test_a_rollback_keeps_its_target(what: str, outcome: str) -> None:
    """One that was begun goes on, one that is done stays so: it never goes forward again."""
    goal = undone(reached(what, outcome=outcome, verb="rollback", active="srv1", former="srv2"), {})
    assert (goal.active, goal.verb) == ("srv1", "rollback")


@pytest.mark.parametrize("what", ["claimed", "released"])
def test_after_a_rollback_there_is_nothing_left_to_do(what: str) -> None:
    """Where the target is active and nothing of ours is left, the plan has no step."""
    active = "srv1" if what == "claimed" else "srv2"
    reads = reached(what, verb="rollback", active=active, former="srv9", outcome="done")
    goal = undone(reads, {})
    assert make_plan(reads, goal).steps == ()


@pytest.mark.parametrize(
    "goal", [None, builders.a_goal(former=""), builders.a_goal(former=None), builders.a_goal(former="", outcome="done"), builders.a_goal(former=...)]
)
def test_nothing_to_undo(goal: Any) -> None:
    """Without a goal, or where nobody was active when it was set."""
    assert refusals(state(builders.active("srv1", goal=goal), builders.staging("srv2")), {}) == [Refusal("nothing_to_roll_back")]


@pytest.mark.parametrize(("named", "refused"), [("", False), (None, False), ("srv1", False), ("srv2", True), ("srv9", True)])
def test_another_server_cannot_be_named(named: str | None, refused: bool) -> None:
    """What was active is known; another name is another job."""
    expected = [Refusal("rollback_other_target", named, {"target": "srv1"})] if refused and named else []
    assert refusals(reached("promoted"), {"active": named}) == expected


def test_a_swing_that_had_switched_twice_goes_back_to_where_it_began() -> None:
    """By switch_first another server stands in meanwhile; the goal remembers who was active when it was set."""
    kept = builders.a_goal(active="srv1", former="srv1", order="switch_first")
    goal = undone(state(builders.staging("srv1", goal=kept), builders.active("srv2", goal=kept)), {})
    assert goal.active == "srv1"


def test_a_rollback_that_was_claimed_on_one_server_only_has_the_same_target() -> None:
    """The newest complete goal counts, and both lead to the same server."""
    first = builders.a_goal(Token(3, "a"))
    second = builders.a_goal(Token(4, "b"), active="srv1", former="srv2", verb="rollback")
    goal = undone(state(builders.staging("srv1", goal=second), builders.active("srv2", goal=first)), {})
    assert goal.active == "srv1"


def g8(reads: dict[str, ServerRead], goal: Goal) -> str:
    """The verdict on the versions."""
    return next(each.verdict for each in run_gates(Situation(reads, goal, make_plan(reads, goal), {})) if each.gate == "G8")


@pytest.mark.parametrize(
    ("kept", "verdict"),
    [
        (builders.a_goal(), "warn"),
        (builders.a_goal(active="srv1", former="srv2", verb="rollback"), "warn"),
        (builders.a_goal(active="srv1", former="srv2", verb="switch_roles", outcome="incomplete"), "warn"),
        (builders.a_goal(active="srv1", former="srv2", verb=""), "fail"),
        (builders.a_goal(active="srv1", former="srv2", verb="switch_roles", outcome="done"), "fail"),
        (None, "fail"),
    ],
    ids=["going back", "again", "again by switch_roles", "claimed by hand", "done", "no goal"],
)
def test_an_older_server_may_become_active_again(kept: Any, verdict: str) -> None:
    """Also where the run back was interrupted between its claim and the demotion, and is run again (L1)."""
    reads = state(builders.staging("srv1", goal=kept, **OLDER), builders.active("srv2", goal=kept))
    assert g8(reads, builders.a_wish(active="srv1", former="srv2")) == verdict


def test_a_plan_says_what_it_undoes() -> None:
    """By the playbook and its token; a rollback that goes on says nothing of the kind."""
    assert told(reached("promoted")["srv1"].goal) == f"this undoes swing_upgrade, which wanted srv2 to be active (token {builders.TOKEN})"
    assert "a claim by hand" in told(reached("promoted", verb=...)["srv1"].goal)
    assert told(reached("promoted", verb="rollback")["srv1"].goal) == told(None) == ""
