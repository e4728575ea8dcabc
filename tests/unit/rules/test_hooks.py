# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own task files: which text is one, and what is evidence of a snapshot."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.hooks import HOOKS, VARIABLES, snapshot_of, tasks_problem, unmet
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.settings import table, truth


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- name: a\n  debug:\n", ""),
        ("- name: a\n  debug: {msg: !vault |\n    x}\n", "it is no YAML"),
        ("- name: a\n  debug:\n    msg: !unsafe 'x'\n", ""),
        ("$ANSIBLE_VAULT;1.1;AES256\n6162\n", ""),
        ("name: a\n", "it is no list of tasks"),
        ("[]\n", "it is no list of tasks"),
        ("", "it is no list of tasks"),
        ("- a: [\n", "it is no YAML"),
    ],
)
def test_which_text_is_a_list_of_tasks(text: str, problem: str) -> None:
    """By its root alone; tags and secrets of Ansible are let be."""
    assert tasks_problem(text).startswith(problem) and bool(tasks_problem(text)) == bool(problem)


@pytest.mark.parametrize(
    ("result", "found", "problem"),
    [
        ({"id": "s-1", "time": "2026-11-02T12:00:00Z"}, {"id": "s-1", "time": "2026-11-02T12:00:00Z"}, ""),
        ({}, {}, "was not set"),
        (None, {}, "was not set"),
        ({"id": " ", "time": "2026-11-02T12:00:00Z"}, {"id": "", "time": "2026-11-02T12:00:00Z"}, "its id is empty"),
        ({"id": 7, "time": "yesterday"}, {"id": "7", "time": "yesterday"}, "its time 'yesterday' is none"),
    ],
)
def test_what_is_evidence_of_a_snapshot(result: Any, found: dict[str, str], problem: str) -> None:
    """An id and a time."""
    told = snapshot_of(result)
    assert told[0] == found and problem in told[1] and bool(told[1]) == bool(problem)


def test_required_and_not_given() -> None:
    """Said before anything runs."""
    assert "entra_connect_snapshot is not given" in unmet({}, True)[0]
    assert unmet({}, False) == unmet({"entra_connect_snapshot": "x.yml"}, True) == []
    assert [truth(value) for value in (True, "yes", "False", 0, None, "1")] == [True, True, False, False, False, True]


def test_every_hook_is_a_variable_of_the_table() -> None:
    """Else nobody would check it."""
    assert set(VARIABLES) <= set(table()) and {f"entra_connect_{each}" for each in HOOKS} < set(VARIABLES)
