# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The thresholds: each is used and says why, and one that cannot be meant is told in one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import GATES
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.thresholds import day, table, threshold, wrong_thresholds

DEADLINE = "application_identity_deadline"


def test_every_threshold_is_used_and_says_why() -> None:
    """By a gate that names it; each default is one that may be written."""
    assert {name for gate in GATES for name in gate.thresholds} == set(table())
    assert all(row["why"].endswith(".") and row["unit"] for row in table().values())
    assert wrong_thresholds({name: row["value"] for name, row in table().items()}) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (None, ""),
        ("", ""),
        ({}, ""),
        ({"fresh_days": "3"}, ""),
        ({"fresh_days": 8}, "entra_connect_thresholds.fresh_days is '8'; write a whole number from 1 to 7"),
        ({"fresh_days": True}, "entra_connect_thresholds.fresh_days is 'True'; write a whole number from 1 to 7"),
        ({"disk_free_gb": 2.5}, "entra_connect_thresholds.disk_free_gb is '2.5'; write a whole number from 1 to 1000"),
        ({"disk_free_gb": None}, "entra_connect_thresholds.disk_free_gb is 'None'; write a whole number from 1 to 1000"),
        (
            {"application_identity_deadline": "soon"},
            "entra_connect_thresholds.application_identity_deadline is 'soon'; write a day such as 2027-04-07",
        ),
        ("all", "entra_connect_thresholds is 'all'; write a mapping, such as {fresh_days: 3}"),
    ],
)
def test_what_may_be_written(values: Any, sentence: str) -> None:
    """One sentence for each that may not."""
    assert wrong_thresholds(values) == ([sentence] if sentence else [])


def test_one_that_there_is_not_names_the_others() -> None:
    """All of them."""
    (sentence,) = wrong_thresholds({"disk": 3})
    assert sentence == f"entra_connect_thresholds has no 'disk'; write one of {', '.join(table())}"


def test_the_value_in_force() -> None:
    """What was written, else the default; a number may be written as text."""
    assert (threshold({}, "fresh_days"), threshold({"thresholds": {"fresh_days": "3"}}, "fresh_days")) == (7, 3)
    assert str(day({"thresholds": {"application_identity_deadline": "2027-01-01"}}, "application_identity_deadline")) == "2027-01-01"
