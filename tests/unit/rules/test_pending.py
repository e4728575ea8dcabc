# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pending exports in detail: what the server answers, what a result carries, and the budget by kind and attribute."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.budget import attribute_limits, limits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import explain
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.pending import PendingRead, watched
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.pending_budget import judge_pending

from . import builders

AD = "contoso.local"


def read(detailed: bool = True, **changes: Any) -> PendingRead:
    """A server with one connector; what is named is changed in its row."""
    return PendingRead.from_answer("srv2", builders.pending_answer(**changes), detailed)


def codes(read: PendingRead, **budget: Any) -> tuple[list[str], list[str]]:
    """Codes of what fails and of what is only told."""
    fails, warns = judge_pending(read, budget)
    return [each.code for each in fails], [each.code for each in warns]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, {}),
        ({"attributes": None}, {}),
        ({"attributes": {}}, {}),
        ({"attributes": {"userPrincipalName": 0, "member": "5"}}, {"userPrincipalName": 0, "member": 5}),
        ({"attributes": {"extension_0a1b_costCenter": 1}}, {"extension_0a1b_costCenter": 1}),
    ],
)
def test_a_budget_of_attributes(given: dict[str, Any], found: dict[str, int]) -> None:
    """Beside that of the kinds, which it leaves as it is."""
    assert attribute_limits(given) == found
    assert limits(given) == {"deletes": 0}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (5, "max_pending.attributes is '5'; write a mapping, such as {userPrincipalName: 0}"),
        ("member", "max_pending.attributes is 'member'; write a mapping, such as {userPrincipalName: 0}"),
        (["member"], "max_pending.attributes is '['member']'; write a mapping, such as {userPrincipalName: 0}"),
        ({"": 0}, "max_pending.attributes has '', which is no attribute; write its name, such as userPrincipalName"),
        ({"user name": 0}, "max_pending.attributes has 'user name', which is no attribute; write its name, such as userPrincipalName"),
        ({1: 0}, "max_pending.attributes has '1', which is no attribute; write its name, such as userPrincipalName"),
        ({"member": 0, "Member": 1}, "max_pending.attributes has 'member' and 'Member', which are one attribute; write it once"),
        ({"member": "few"}, "max_pending.attributes.member is 'few'; write a whole number, 0 or more"),
        ({"member": -1}, "max_pending.attributes.member is '-1'; write a whole number, 0 or more"),
        ({"member": True}, "max_pending.attributes.member is 'True'; write a whole number, 0 or more"),
        ({"member": None}, "max_pending.attributes.member is 'None'; write a whole number, 0 or more"),
    ],
)
def test_a_budget_that_cannot_be_meant(given: Any, sentence: str) -> None:
    """One sentence that says what to write, wherever the budget is read."""
    for reader in (attribute_limits, limits):
        with pytest.raises(ValueError, match="write") as told:
            reader({"attributes": given})
        assert str(told.value) == sentence


def test_an_unknown_kind_names_the_attributes_too() -> None:
    """As a place where a name of an attribute belongs."""
    with pytest.raises(ValueError, match="max_pending has no 'member'; write adds, updates, deletes or attributes"):
        limits({"member": 0})


def test_attributes_that_are_watched_have_a_reason() -> None:
    """A sentence's end each; those of gate G4 are among them."""
    assert {"userPrincipalName", "sourceAnchor", "proxyAddresses", "accountEnabled", "member"} <= set(watched())
    assert all(len(why) > 20 and not why.endswith(".") for why in watched().values())


@pytest.mark.parametrize(
    ("changes", "budget", "fails", "warns"),
    [
        ({}, {}, [], []),
        ({"updates": 9, "detail_updates": 9}, {}, [], []),
        ({"updates": 9}, {"updates": 8}, ["over_budget"], []),
        ({"deletes": 1, "detail_deletes": 1}, {}, ["over_budget"], []),
        ({"deletes": 1, "detail_deletes": 1}, {"deletes": 1}, [], []),
        ({"deletes": 0, "detail_deletes": 2}, {"deletes": 5}, ["pending_disagrees"], []),
        ({"deletes": 2, "detail_deletes": 0}, {"deletes": 5}, ["pending_disagrees"], []),
        ({"deletes": None}, {}, ["pending_unread"], []),
        ({"error": "boom", "deletes": None}, {}, ["pending_unread"], []),
        ({"detail": False, "detail_error": "no csexport"}, {}, [], ["pending_detail_unread"]),
        ({"detail": False, "updates": 1}, {"attributes": {"mail": 9}}, ["pending_detail_unread"], []),
        ({"detail": False, "updates": 0}, {"attributes": {"mail": 9}}, [], ["pending_detail_unread"]),
        ({"unreadable": 1, "updates": 1}, {"attributes": {"mail": 9}}, ["pending_detail_unread"], []),
        ({"unreadable": 1}, {}, [], ["pending_detail_unread"]),
        ({"objects": None}, {}, [], ["pending_detail_unread"]),
        ({"objects": "5"}, {}, [], ["pending_detail_unread"]),
    ],
)
def test_a_connector_is_judged(changes: dict[str, Any], budget: dict[str, Any], fails: list[str], warns: list[str]) -> None:
    """By kind, by whether two numbers agree, and by whether attributes can be counted where somebody gave a number for one."""
    assert codes(read(**changes), **budget) == (fails, warns)


@pytest.mark.parametrize(
    ("counts", "budget", "fails", "warns"),
    [
        ({"changed": 3}, {}, [], ["attribute_touched"]),
        ({"changed": 3}, {"userPrincipalName": 3}, [], []),
        ({"changed": 3}, {"USERPRINCIPALNAME": 2}, ["attribute_over_budget"], []),
        ({"added": 1, "changed": 1, "removed": 1}, {"userPrincipalName": 2}, ["attribute_over_budget"], []),
        ({"on_added": 50}, {"userPrincipalName": 0}, [], []),
        ({"on_added": 50}, {}, [], []),
        ({"changed": 3}, {"mail": 0}, [], ["attribute_touched"]),
    ],
)
def test_an_attribute_is_judged(counts: dict[str, int], budget: dict[str, int], fails: list[str], warns: list[str]) -> None:
    """By the objects that exist and would get another value; new objects are no change of one, their number has a budget of its own."""
    rows = [builders.touched("userPrincipalName", **counts)]
    assert codes(read(updates=50, attributes=rows), attributes=budget) == (fails, warns)


def test_an_attribute_that_nobody_watches_is_counted_by_its_budget() -> None:
    """It is told only where somebody asked."""
    rows = [builders.touched("department", changed=4000)]
    assert codes(read(updates=4000, attributes=rows)) == ([], [])
    (refusal,) = judge_pending(read(updates=4000, attributes=rows), {"attributes": {"department": 10}})[0]
    assert refusal.params == {"connector": builders.ENTRA, "attribute": "department", "count": 4000, "limit": 10}
    text, step = explain(refusal.code, refusal.server, refusal.params)
    assert text == f"srv2 would change department on 4000 objects of {builders.ENTRA}, at most 10 are allowed."
    assert """'{"entra_connect_max_pending": {"attributes": {"department": 4000}}}'""" in step


def test_without_detail_nothing_is_said_of_attributes() -> None:
    """Statistics alone were asked for: that is no warning, but a budget of attributes still refuses."""
    statistics = read(False, detail=False, updates=3)
    assert codes(statistics) == ([], [])
    assert codes(statistics, attributes={"mail": 5}) == (["pending_detail_unread"], [])


@pytest.mark.parametrize("value", [None, {}, "x", {"read": True}, {"read": True, "connectors": []}, {"read": "yes", "connectors": [{}]}])
def test_what_is_no_result_was_not_read(value: Any) -> None:
    """Nothing read is never nothing pending."""
    assert codes(PendingRead.from_value("srv2", value)) == (["pending_unread"], [])


def test_a_server_that_names_no_connector_was_not_read() -> None:
    """An empty answer is no zero."""
    assert codes(PendingRead.from_answer("srv2", {"connectors": []}, True)) == (["pending_unread"], [])
    assert codes(PendingRead.from_answer("srv2", {}, True)) == (["pending_unread"], [])


def test_a_result_carries_all_of_it() -> None:
    """Through JSON, as evidence travels; each row with its own connector."""
    answer = builders.pending_answer(attributes=[builders.touched("mail", changed=2)], samples=[{"dn": "CN=a", "operation": "add"}])
    answer["connectors"].append({**answer["connectors"][0], "connector": AD, "kind": "ad"})
    found = PendingRead.from_answer("srv2", answer, True)
    again = PendingRead.from_value("srv2", json.loads(json.dumps(found.as_value())))
    assert again == found
    assert [each.touched("MAIL") for each in again.connectors] == [2, 0]
    assert [len(each.samples) for each in again.connectors] == [1, 0]


def test_one_line_for_people() -> None:
    """Numbers, and the watched attributes by name."""
    assert read(updates=3, attributes=[builders.touched("member", changed=2)]).text() == f"{builders.ENTRA} +0 ~3 -0 (member on 2)"
    assert read(error="boom").text() == f"{builders.ENTRA} not read: boom"
    assert PendingRead("srv2", False, "held").text() == "not read: held"
