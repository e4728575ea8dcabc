# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The budget of pending exports: what could not be read is above every budget."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.budget import limits, over_budget, summary

from . import builders


@pytest.mark.parametrize(
    ("given", "merged"),
    [
        ({}, {"deletes": 0}),
        ({"deletes": 5}, {"deletes": 5}),
        ({"deletes": "5"}, {"deletes": 5}),
        ({"adds": 10}, {"deletes": 0, "adds": 10}),
        ({"adds": 0, "updates": 1, "deletes": 2}, {"deletes": 2, "adds": 0, "updates": 1}),
    ],
)
def test_limits_are_merged_over_the_default(given: dict[str, Any], merged: dict[str, int]) -> None:
    """Naming one kind does not lift the limit on deletions."""
    assert limits(given) == merged


@pytest.mark.parametrize(
    "given",
    [
        {"delete": 5},
        {"Deletes": 5},
        {"": 5},
        {"deletes": None},
        {"deletes": ""},
        {"deletes": "many"},
        {"deletes": -1},
        {"deletes": []},
        {"deletes": "1.5"},
        {"deletes": float("nan")},
        {"deletes": float("inf")},
        {"deletes": 1.5},
        {"deletes": True},
    ],
)
def test_a_limit_that_is_none_is_refused(given: dict[str, Any]) -> None:
    """The message says what to write."""
    with pytest.raises(ValueError, match="write"):
        limits(given)


def test_the_default_is_not_changed_by_use() -> None:
    """A generous budget of one task is not the next one's."""
    limits({"deletes": 500})
    assert limits({}) == {"deletes": 0}


@pytest.mark.parametrize(
    ("pending", "given", "codes"),
    [
        ([builders.pending()], {}, []),
        ([builders.pending(adds=900, updates=900)], {}, []),
        ([builders.pending(deletes=1)], {}, ["over_budget"]),
        ([builders.pending(deletes=5)], {"deletes": 5}, []),
        ([builders.pending(deletes=6)], {"deletes": 5}, ["over_budget"]),
        ([builders.pending(adds=1, updates=1, deletes=1)], {"adds": 0, "updates": 0}, ["over_budget"] * 3),
        ([builders.pending(), builders.pending("contoso.local", deletes=1)], {}, ["over_budget"]),
        ([builders.pending(deletes=None)], {}, ["pending_unread"]),
        ([builders.pending(deletes="0")], {}, ["pending_unread"]),
        ([builders.pending(deletes=None)], {"deletes": 10**9}, ["pending_unread"]),
        ([builders.pending(adds=None)], {}, []),
        ([builders.pending(adds=None)], {"adds": 5}, ["pending_unread"]),
        ([], {}, ["pending_unread"]),
        (None, {}, ["pending_unread"]),
        (..., {}, ["pending_unread"]),
        ("", {}, ["pending_unread"]),
        ([None], {}, ["pending_unread"]),
    ],
)
def test_what_is_above_the_budget(pending: Any, given: dict[str, Any], codes: list[str]) -> None:
    """One refusal for each connector and kind; nothing read is no zero."""
    connectors = pending if isinstance(pending, list) else []
    names = [{"name": each["connector"], "identifier": "", "kind": "ad"} for each in connectors if each]
    refusals = over_budget(builders.staging(pending=pending, connectors=names), given)
    assert [each.code for each in refusals] == codes
    assert {each.server for each in refusals} <= {"srv2"}


def test_a_refusal_tells_the_numbers() -> None:
    """Connector, kind, count and limit."""
    refusal = over_budget(builders.staging(pending=[builders.pending(deletes=12)]), {"deletes": 3})[-1]
    assert refusal.params == {"connector": builders.ENTRA, "kind": "deletes", "count": 12, "limit": 3}


def test_a_connector_without_numbers_is_above_the_budget() -> None:
    """The connectors are known and one of them gave no numbers: what it would export is unknown."""
    read = builders.staging(pending=[builders.pending("contoso.local")])
    assert "pending_unread" in [each.code for each in over_budget(read, {})]


def test_a_silent_server_has_no_numbers() -> None:
    """No answer is no zero."""
    assert [each.code for each in over_budget(builders.silent(), {"deletes": 10**6})] == ["pending_unread"]


@pytest.mark.parametrize(
    ("pending", "text"), [([builders.pending("ad", adds=1, updates=2, deletes=3)], "ad +1 ~2 -3"), ([], "not read"), (None, "not read")]
)
def test_the_summary(pending: Any, text: str) -> None:
    """For people, and never a zero that was not read."""
    assert summary(builders.staging(pending=pending)) == text
