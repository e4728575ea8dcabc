# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""May a claim be taken, with which epoch, in which order; who was restored; who is missing."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.claims import (
    may_take,
    membership,
    next_epoch,
    order,
    restored,
    standing,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token

from . import builders

WISH = builders.a_wish()
PAIR = [builders.active("srv1"), builders.staging("srv2")]


def refused(*reads: ServerRead, take_over: bool = False, active: str = "srv2") -> list[tuple[str, str]]:
    """What stands against a claim on these servers."""
    return builders.told(may_take(builders.of(*reads), builders.a_wish(active=active), take_over))


@pytest.mark.parametrize(
    ("first", "second", "epoch"),
    [
        ({}, {}, 1),
        ({"claim": builders.a_claim(Token(4, "a"))}, {}, 5),
        ({"claim": builders.a_claim(Token(9, "a"))}, {"claim": builders.a_claim(Token(10, "b"))}, 11),
        ({"claim": builders.a_claim(Token(9, "a"), ended=True)}, {}, 10),
        ({"goal": builders.a_goal(Token(7, "a"), outcome="done")}, {}, 8),
        ({"goal": builders.a_goal(Token(7, "a"), outcome="done")}, {"claim": builders.a_claim(Token(2, "b"))}, 8),
        ({"promotion": builders.a_promotion(Token(7, "a"))}, {}, 8),
    ],
)
def test_an_epoch_is_above_all_that_were_seen(first: dict[str, Any], second: dict[str, Any], epoch: int) -> None:
    """Also above that of a goal or a promotion whose claim was removed by hand: else the old goal stays the newest."""
    assert next_epoch(builders.of(builders.active("srv1", **first), builders.staging("srv2", **second))) == epoch


def test_claims_are_taken_in_the_order_of_the_machines() -> None:
    """Two operators start with the same server, whatever they call it."""
    one = builders.of(builders.active("a", machine_id="2"), builders.staging("b", machine_id="1"), builders.staging("c", machine_id="3"))
    two = builders.of(builders.staging("x", machine_id="3"), builders.staging("y", machine_id="1"), builders.active("z", machine_id="2"))
    assert order(one) == ["b", "a", "c"]
    assert order(two) == ["y", "z", "x"]


@pytest.mark.parametrize(
    ("serials", "changes", "marked"),
    [
        ((4, 4), {}, {}),
        ((4, 3), {}, {"srv2": 4}),
        ((0, 0), {}, {}),
        ((5, 0), {}, {"srv2": 5}),
        ((5, None), {}, {"srv2": 5}),
        ((4, 3), {"promotion": builders.a_promotion()}, {}),
        ((4, 3), {"goal": builders.a_goal()}, {}),
        ((4, 3), {"goal": builders.a_goal(outcome="incomplete")}, {}),
        ((4, 3), {"goal": builders.a_goal(outcome="done")}, {"srv2": 4}),
        ((4, 3), {"goal": builders.a_goal(Token(9, "b"), outcome="done"), "promotion": builders.a_promotion(Token(3, "a"))}, {"srv2": 4}),
        ((4, 3), {"goal": builders.a_goal(Token(9, "b"), outcome="done"), "promotion": builders.a_promotion(Token(9, "b"))}, {}),
    ],
)
def test_a_lower_serial_was_restored(serials: tuple[Any, Any], changes: dict[str, Any], marked: dict[str, int]) -> None:
    """Unless its number is still being distributed."""
    reads = builders.of(builders.active("srv1", serial=serials[0], **changes), builders.staging("srv2", serial=serials[1]))
    assert restored(reads) == marked


def test_a_silent_server_is_not_called_restored() -> None:
    """Its number is not known."""
    assert restored(builders.of(builders.active("srv1"), builders.silent("srv2"))) == {}


def test_all_free_servers_can_be_claimed() -> None:
    """No claim, or claims that ended or ran out."""
    assert refused(*PAIR) == []
    ended, over = builders.a_claim(ended=True), builders.a_claim(live=False)
    assert refused(builders.active("srv1", claim=ended), builders.staging("srv2", claim=over)) == []


@pytest.mark.parametrize("live", [True, None, ..., "False"])
def test_a_live_claim_needs_a_take_over(live: Any) -> None:
    """Unknown counts as live."""
    reads = [builders.active("srv1"), builders.staging("srv2", claim=builders.a_claim(live=live))]
    assert refused(*reads) == [("claim_live", "srv2")]
    assert refused(*reads, take_over=True) == []
    assert [name for name, _read in standing(builders.of(*reads))] == ["srv2"]


OWN, OLDER, LATER = Token(5, "own"), Token(4, "older"), Token(6, "later")


@pytest.mark.parametrize(
    ("one", "two", "brought_back", "changed"),
    [
        (builders.a_claim(OWN), builders.a_claim(OWN), [], []),
        (builders.a_claim(OWN, live=False), builders.a_claim(OWN), [], []),  # nobody else took it: its lease may have run out
        (builders.a_claim(OWN), builders.a_claim(OLDER), ["srv2"], []),
        (builders.a_claim(OWN), None, ["srv2"], []),
        (builders.a_claim(OWN), builders.a_claim(OLDER), [], ["srv2"]),
        (builders.a_claim(OWN), None, [], ["srv2"]),
        (builders.a_claim(OWN), builders.a_claim(LATER), ["srv2"], ["srv2"]),
        (builders.a_claim(LATER), builders.a_claim(OLDER), ["srv2"], ["srv1"]),
        (builders.a_claim(LATER, live=False, ended=True), builders.a_claim(OLDER), ["srv2"], ["srv1"]),
        (builders.a_claim(OWN, ended=True), builders.a_claim(OWN), [], ["srv1"]),
    ],
)
def test_a_claim_that_follows_needs_the_one_before(one: Any, two: Any, brought_back: list[str], changed: list[str]) -> None:
    """Whoever claimed meanwhile, even if they have ended, has made the plan of this run untrue; an older claim came back with a snapshot."""
    reads = builders.of(builders.active("srv1", claim=one), builders.staging("srv2", claim=two))
    for take_over in (False, True):
        told = builders.told(may_take(reads, WISH, take_over, own=OWN, brought_back=brought_back))
        assert told == [("claim_changed", name) for name in changed]


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        (builders.silent("srv2"), ("unreachable", "srv2")),
        (builders.silent("srv2", "login_refused"), ("login_refused", "srv2")),
        (builders.staging("srv2", record_read=False), ("record_unreadable", "srv2")),
        (builders.staging("srv2", record_read=None), ("record_unreadable", "srv2")),
        (builders.staging("srv2", record_read="True"), ("record_unreadable", "srv2")),
        (builders.staging("srv2", machine_id=""), ("machine_unread", "srv2")),
        (builders.staging("srv2", machine_id=None), ("machine_unread", "srv2")),
        (builders.staging("srv2", machine_id="machine-of-srv1"), ("same_machine", "srv2")),
        (builders.staging("srv2", tenant="other.example"), ("other_tenant", "")),
    ],
)
def test_what_stands_against_a_claim(second: ServerRead, refusal: tuple[str, str]) -> None:
    """A take-over helps against a claim, and against nothing else."""
    assert refusal in refused(builders.active("srv1"), second)
    assert refusal in refused(builders.active("srv1"), second, take_over=True)


def test_a_goal_for_a_server_that_there_is_not() -> None:
    """Its name must be one of the members."""
    assert refused(*PAIR, active="srv9") == [("not_a_member", "srv9")]
    assert refused(*PAIR, active="") == []


def members(outcome: str, names: tuple[str, ...], **changes: Any) -> dict[str, Any]:
    """A kept goal with these members."""
    return builders.a_goal(outcome=outcome, members=[f"machine-of-{name}" for name in names], **changes)


@pytest.mark.parametrize(
    ("kept", "codes"),
    [
        (None, []),
        (members("", ("srv1", "srv2")), []),
        (members("", ()), []),
        (members("", ("srv1", "srv2", "srv3")), [("member_missing", "")]),
        (members("done", ("srv1", "srv2", "srv3")), [("member_missing", "")]),
        (members("", ("srv1",)), [("member_added", "srv2")]),
        (members("incomplete", ("srv1",)), [("member_added", "srv2")]),
        (members("done", ("srv1",)), []),
        (members("", ("srv1", "srv9")), [("member_missing", ""), ("member_added", "srv2")]),
        (members("done", ("srv1", "srv2"), tenant="other.example"), [("other_tenant", "")]),
        (members("done", ("srv1", "srv2"), tenant=""), []),
    ],
)
def test_members_are_those_of_the_last_goal(kept: Any, codes: list[tuple[str, str]]) -> None:
    """None may be missing, whatever a limit or an edited inventory did; one more only after the goal is done."""
    assert builders.told(membership(builders.of(builders.active("srv1", goal=kept), builders.staging("srv2")))) == codes


def test_one_member_as_text_is_a_member() -> None:
    """PowerShell gives a list of one as its element."""
    kept = builders.a_goal(members="machine-of-srv3", outcome="done")
    assert builders.told(membership(builders.of(builders.active("srv1", goal=kept)))) == [("member_missing", "")]


def test_a_server_under_a_new_name_is_the_same_member() -> None:
    """Machines count, not names."""
    kept = members("", ("srv1", "srv2"))
    renamed = builders.staging("other", machine_id="machine-of-srv2")
    assert membership(builders.of(builders.active("srv1", goal=kept), renamed)) == []


def test_the_goal_of_any_server_is_enough() -> None:
    """The newest goal decides, wherever it is kept."""
    old, new = members("done", ("srv1", "srv2")), builders.a_goal(Token(8, "x"), members=["machine-of-srv1", "machine-of-srv2", "gone"])
    reads = builders.of(builders.active("srv1", goal=old), builders.staging("srv2", goal=new))
    assert builders.told(membership(reads)) == [("member_missing", "")]
