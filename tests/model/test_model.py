# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small scope of the model, and every guard that is taken out; `make model` searches the whole."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import rows

from . import ablations, configurations
from .controller import Controller, Without
from .search import Search
from .wanted import parse
from .without import functions

SMALL = [each for each in configurations.table()["configurations"] if each.get("small")]


def named(values: dict[str, Any]) -> str:
    """What a test is called."""
    return str(values["name"])


@pytest.mark.parametrize("values", SMALL, ids=named)
def test_no_state_of_a_small_scope_violates_an_invariant(values: dict[str, Any]) -> None:
    result = configurations.search(values)
    assert (result.violations, result.complete) == ([], True)
    assert result.states > 1000
    assert result.asked < result.states  # a state is not a call: servers and runs are worked out once


@pytest.mark.parametrize("values", ablations.table()["ablations"], ids=named)
def test_a_guard_that_is_taken_out_is_missed_or_covered(values: dict[str, Any]) -> None:
    result = ablations.run(values)
    assert result.as_said, result.trace
    assert bool(values.get("steps")) is not bool(values.get("covered_by"))


def test_every_row_of_the_table_is_a_step_of_the_model_or_has_no_influence() -> None:
    """A row that is added to the table must be looked at here."""
    controller = Controller("a", ("srv2",), ("srv1", "srv2"), "settings", True, Without())
    wanted = parse("failover srv1 cloud")
    asks = {row.action for row in rows() if controller.micro(row.action, "srv1" if row.action == "fence" else "srv2", "srv2", "srv1", False, wanted)}
    quiet = set(configurations.table()["no_influence"])
    assert asks | quiet == {row.action for row in rows()}


def test_a_run_without_a_fault_is_one_way_to_the_target() -> None:
    search = Search(configurations.scope({"operators": {"a": ["srv2"]}, "budgets": {}, "events": []}))
    found = search.go()
    assert found.edges == found.states - 1
    last = list(found.visited)[-1]
    assert [search.fleet.exporting[number] for number in last[2:4]] == [False, True]


def test_a_check_that_there_is_not_cannot_be_taken_out() -> None:
    with pytest.raises(ValueError, match="no_such_code"):
        functions(frozenset({"no_such_code"}))
