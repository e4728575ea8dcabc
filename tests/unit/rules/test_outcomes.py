# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcome of a run, in one word and as a number."""

from __future__ import annotations

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.outcomes import OUTCOMES, after_failure, outcome_rc

WORDS = {"planned", "already", "done", "refused", "needs_operator", "stopped_zero_active", "incomplete", "unknown", "split"}
SUCCESS = {"planned", "already", "done"}


def test_the_words_are_those_of_the_design() -> None:
    """No other, and none is missing."""
    assert set(OUTCOMES) == WORDS


@pytest.mark.parametrize("outcome", sorted(WORDS))
def test_only_success_is_zero(outcome: str) -> None:
    """Every other word has a number of its own."""
    assert (outcome_rc(outcome) == 0) is (outcome in SUCCESS)
    assert outcome in SUCCESS or list(OUTCOMES.values()).count(OUTCOMES[outcome]) == 1


def test_a_word_that_there_is_not_is_an_error() -> None:
    """It is never taken for success."""
    with pytest.raises(KeyError):
        outcome_rc("finished")


@pytest.mark.parametrize(
    ("outcome", "active", "answered", "claimed", "after"),
    [
        ("refused", ["srv1"], True, False, "refused"),
        ("refused", [], True, False, "refused"),
        ("refused", ["srv1"], True, True, "incomplete"),
        ("refused", [], True, True, "stopped_zero_active"),
        ("refused", [], False, True, "unknown"),
        ("refused", ["srv1"], False, True, "unknown"),
        ("incomplete", ["srv1"], True, True, "incomplete"),
        ("incomplete", [], True, True, "stopped_zero_active"),
        ("incomplete", [], False, True, "unknown"),
        ("unknown", ["srv1"], True, True, "unknown"),
        ("unknown", [], True, True, "unknown"),
        ("unknown", [], True, False, "unknown"),
        ("needs_operator", ["srv1"], True, True, "needs_operator"),
        ("refused", ["srv1", "srv2"], True, False, "split"),
        ("incomplete", ["srv1", "srv2"], False, True, "split"),
        ("unknown", ["srv1", "srv2"], True, True, "split"),
        ("needs_operator", ["srv1", "srv2"], True, True, "split"),
    ],
)
def test_what_a_run_has_become(outcome: str, active: list[str], answered: bool, claimed: bool, after: str) -> None:
    """Two active servers are always split; behind the claim nothing is called refused; a doubt is unknown."""
    assert after_failure(outcome, active, answered, claimed) == after


@pytest.mark.parametrize("outcome", ["refused", "incomplete", "needs_operator", "unknown"])
@pytest.mark.parametrize("active", [[], ["srv1"], ["srv1", "srv2"]])
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("claimed", [True, False])
def test_a_failure_never_becomes_a_success(outcome: str, active: list[str], answered: bool, claimed: bool) -> None:
    """Whatever is read afterwards."""
    assert outcome_rc(after_failure(outcome, active, answered, claimed)) != 0
