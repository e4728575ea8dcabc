# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we keep on a server, as it is read back."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.record import (
    Claim,
    Found,
    GoalRecord,
    Hold,
    Promotion,
    Quarantine,
    Token,
)

from . import builders


@pytest.mark.parametrize(("text", "token"), [("3.5f2a9c0d1e7b", Token(3, "5f2a9c0d1e7b")), ("10.a.b", Token(10, "a.b")), ("0.x", Token(0, "x"))])
def test_a_token_is_read_as_it_is_written(text: str, token: Token) -> None:
    """There and back."""
    assert Token.parse(text) == token
    assert str(token) == text


@pytest.mark.parametrize("text", ["", ".", "3", "3.", ".abc", "a.b", "-1.abc", "1e3.abc", " 3.abc"])
def test_anything_else_is_no_token(text: str) -> None:
    """The message says what to write."""
    with pytest.raises(ValueError, match="is no claim token"):
        Token.parse(text)


def test_the_newest_token_is_the_greatest() -> None:
    """By epoch as a number; equal ones only where the run is the same too."""
    assert Token(10, "a") > Token(9, "z")
    assert Token(3, "a") != Token(3, "b")


@pytest.mark.parametrize("epoch", [None, "3", True, 3.0])
def test_a_token_without_an_epoch_is_not_ours(epoch: Any) -> None:
    """It never equals one that was given out, whose epoch is at least one."""
    assert Claim.of({"epoch": epoch, "run_id": "a"}).token.epoch == 0


@pytest.mark.parametrize("make", [Claim.of, GoalRecord.of, Hold.of, Quarantine.of, Promotion.of, Found.of])
def test_an_empty_record_does_not_fail(make: Any) -> None:
    """A damaged part is read as what is least trusted, and tells nothing."""
    made = make({})
    assert getattr(made, "complete", False) is False
    assert getattr(made, "effective", False) is False
    assert getattr(made, "log_reaches", False) is False
    assert getattr(made, "live", True) is True
    assert getattr(made, "outcome", "") != "done"
    assert getattr(made, "state", "") != "complete"


def test_a_full_record_keeps_its_values() -> None:
    """Field by field in the right place."""
    claim, goal = Claim.of(builders.a_claim()), GoalRecord.of(builders.a_goal())
    assert (claim.active, claim.former, claim.version, claim.order, claim.method) == ("srv2", "srv1", "2.6.92.0", "staging_first", "wizard")
    assert (claim.who, claim.kind, claim.complete, claim.tenant) == ("CONTOSO\\ops", "swing", True, builders.TENANT)
    assert (goal.active, goal.former, goal.version, goal.order, goal.method, goal.outcome) == (
        "srv2",
        "srv1",
        "2.6.92.0",
        "switch_first",
        "settings",
        "",
    )
    assert claim.members == goal.members == ("machine-of-srv1", "machine-of-srv2")
    assert (claim.verb, claim.member_names) == (goal.verb, goal.member_names) == ("swing_upgrade", ("srv1", "srv2"))
    hold = Hold.of(builders.a_hold())
    assert (hold.state, hold.staging, hold.starts_since, hold.log_reaches, hold.facts) == ("complete", "True", 0, True, builders.FACTS)


def test_a_record_of_an_earlier_version_has_no_verb() -> None:
    """Nor the names of its members: both are empty, and nothing fails."""
    claim, goal = Claim.of(builders.a_claim(goal_verb=..., member_names=...)), GoalRecord.of(builders.a_goal(verb=..., member_names=...))
    assert (claim.verb, claim.member_names) == (goal.verb, goal.member_names) == ("", ())
    assert (claim.active, goal.active) == ("srv2", "srv2")


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ({"name": "scheduler", "found": True, "set": False}, ("scheduler", "True", "False")),
        ({"name": "start_type", "found": "Automatic", "set": "Disabled"}, ("start_type", "Automatic", "Disabled")),
        ({"name": "scheduler", "found": None}, ("scheduler", "", "")),
        ({"name": "n", "found": 0, "set": ""}, ("n", "0", "")),
    ],
)
def test_a_found_value_is_text(entry: dict[str, Any], found: tuple[str, str, str]) -> None:
    """False is kept apart from nothing."""
    made = Found.of(entry)
    assert (made.name, made.found, made.set) == found
