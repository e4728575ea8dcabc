# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wanted end state: what was asked, else what an unfinished run left, else the defaults."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import derive, goal_in_force
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token

from . import builders

WANTED = "2.6.92.0"
PAIR = [builders.active("srv1"), builders.staging("srv2")]


def left(outcome: str, **changes: Any) -> list[ServerRead]:
    """Two servers, srv1 active, with a goal that ended with ``outcome``."""
    goal = builders.a_goal(outcome=outcome, **changes)
    return [builders.active("srv1", goal=goal), builders.staging("srv2", goal=goal)]


@pytest.mark.parametrize(
    ("reads", "options", "expected"),
    [
        (PAIR, {"version": WANTED}, ("srv2", "srv1", WANTED, "staging_first", "wizard")),
        (PAIR, {"version": builders.VERSION}, ("srv1", "srv1", builders.VERSION, "staging_first", "wizard")),
        (PAIR, {"version": "2.6.1.0"}, ("srv1", "srv1", "2.6.1.0", "staging_first", "wizard")),
        (PAIR, {"version": WANTED, "active": "srv1"}, ("srv1", "srv1", WANTED, "staging_first", "wizard")),
        (PAIR, {"version": WANTED, "order": "switch_first", "method": "settings"}, ("srv1", "srv1", WANTED, "switch_first", "settings")),
        (PAIR, {"upgrade": False}, ("srv1", "srv1", "", "staging_first", "wizard")),
        (PAIR, {"upgrade": False, "version": WANTED, "active": "srv2"}, ("srv2", "srv1", "", "staging_first", "wizard")),
        (PAIR, {}, ("srv1", "srv1", "", "staging_first", "wizard")),
        (left(""), {}, ("srv2", "srv1", WANTED, "switch_first", "settings")),
        (left("incomplete"), {}, ("srv2", "srv1", WANTED, "switch_first", "settings")),
        (left("stopped_zero_active"), {"version": "2.7.0.0", "active": "srv1"}, ("srv1", "srv1", "2.7.0.0", "switch_first", "settings")),
        (left("done"), {}, ("srv2", "srv1", WANTED, "staging_first", "wizard")),
        (left("done", active="srv9", version=builders.VERSION), {}, ("srv1", "srv1", builders.VERSION, "staging_first", "wizard")),
    ],
)
def test_what_is_wanted(reads: list[ServerRead], options: dict[str, Any], expected: tuple[str, ...]) -> None:
    """Options go before an unfinished goal, that before the defaults; a goal that is done leaves its version only."""
    goal = derive(builders.of(*reads), options)
    assert (goal.active, goal.former, goal.version, goal.order, goal.method) == expected


def test_an_unknown_engine_has_not_the_wanted_version() -> None:
    """Then another server is to be active while it is upgraded."""
    reads = builders.of(builders.active("srv1", engine_version=""), builders.staging("srv2"))
    assert derive(reads, {"version": WANTED}).active == "srv2"


def test_the_first_staging_server_by_name() -> None:
    """A held server counts as one, an unknown one does not."""
    reads = builders.of(builders.active("srv5"), builders.staging("srv1", service_status="Stopped"), builders.staging("srv4"), builders.held("srv3"))
    assert derive(reads, {"version": WANTED}).active == "srv3"


def test_nobody_active_and_no_goal_names_nobody() -> None:
    """Which server is to be active is then never guessed."""
    goal = derive(builders.of(builders.staging("srv1"), builders.staging("srv2")), {"version": WANTED})
    assert (goal.active, goal.former) == ("", "")


def test_nobody_active_and_a_done_goal_names_nobody() -> None:
    """What was once done is no order to promote."""
    kept = builders.a_goal(outcome="done")
    assert derive(builders.of(builders.staging("srv1", goal=kept), builders.staging("srv2")), {}).active == ""


def test_after_a_crash_between_the_roles_the_former_is_remembered() -> None:
    """Nobody is active: target and former active come from the record."""
    kept = builders.a_goal()
    goal = derive(builders.of(builders.held("srv1", goal=kept), builders.staging("srv2", goal=kept)), {})
    assert (goal.active, goal.former) == ("srv2", "srv1")


def test_after_a_crash_behind_the_promotion_the_former_is_remembered() -> None:
    """The target is active already: who was active before it is still the one to go back to."""
    kept = builders.a_goal()
    goal = derive(builders.of(builders.held("srv1", goal=kept), builders.active("srv2", goal=kept)), {})
    assert (goal.active, goal.former) == ("srv2", "srv1")


@pytest.mark.parametrize(
    ("epochs", "winner"),
    [([None, None], None), ([3, None], 3), ([3, 7], 7), ([7, 3], 7), ([10, 9], 10)],
)
def test_the_goal_of_the_highest_epoch_is_in_force(epochs: list[int | None], winner: int | None) -> None:
    """Epochs are compared as numbers."""
    goals = [None if epoch is None else builders.a_goal(Token(epoch, "a")) for epoch in epochs]
    found = goal_in_force(builders.of(builders.active("srv1", goal=goals[0]), builders.staging("srv2", goal=goals[1])))
    assert (found.token.epoch if found else None) == winner


@pytest.mark.parametrize("outcomes", [("", "done"), ("done", ""), ("incomplete", "done"), ("unknown", ""), ("", "incomplete")])
def test_of_one_goal_the_server_that_knows_its_end_counts(outcomes: tuple[str, str]) -> None:
    """A server that was restored since, or was not reached at the end, still has it as open."""
    one, two = (builders.a_goal(outcome=outcome) for outcome in outcomes)
    found = goal_in_force(builders.of(builders.held("srv1", goal=one), builders.active("srv2", goal=two)))
    assert found is not None
    assert found.outcome == max(outcomes, key=lambda outcome: (outcome == "done", outcome != ""))


def test_a_claim_alone_is_no_goal() -> None:
    """A claim on a single server keeps the goal in force, and an incomplete one has none."""
    assert goal_in_force(builders.of(builders.active(claim=builders.a_claim()))) is None
