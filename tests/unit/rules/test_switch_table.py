# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role switch as a table: no state without an exit, no name that leads nowhere."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import switch_table
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import codes
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.declared import Declared
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import run_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import make_plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.promotion import may_promote
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import Row, mermaid, row_of, rows

from . import builders

FUNCTIONS = {path.stem for path in (Path(switch_table.__file__).parents[1] / "powershell" / "Public").glob("*.ps1")}
BY_ACTION = pytest.mark.parametrize("row", rows(), ids=lambda row: row.action)


def test_there_is_a_table() -> None:
    """And there are functions to call."""
    assert len(rows()) > 10
    assert len(FUNCTIONS) > 10


def test_every_state_has_an_exit() -> None:
    """A loop back to the same state is none; only the last state ends."""
    states = {row.state for row in rows()} | {row.next for row in rows()}
    left = {row.state for row in rows() if row.next != row.state}
    assert states - left == {rows()[-1].next} == {"done"}


def test_every_state_is_reached_from_the_first() -> None:
    """In the order of the table too: no row starts where no row before it led."""
    reached = {rows()[0].state}
    for row in rows():
        assert row.state in reached
        reached.add(row.next)


def test_the_end_is_reached_from_every_state() -> None:
    """Wherever a run stops, there is a way on."""
    ends = {"done"}
    for _round in rows():
        ends |= {row.state for row in rows() if row.next in ends}
    assert {row.state for row in rows()} <= ends


def test_every_action_is_there_once() -> None:
    """The plan finds its rows by action."""
    assert len({row.action for row in rows()}) == len(rows())
    assert all(row_of(row.action) is row for row in rows())
    with pytest.raises(KeyError):
        row_of("wait")


@BY_ACTION
def test_a_row_names_what_there_is(row: Row) -> None:
    """Codes of the table of codes, functions of the servers' half, known servers."""
    assert set(row.refusals) <= set(codes())
    assert len(set(row.refusals)) == len(row.refusals)
    assert row.functions
    assert set(row.functions) <= FUNCTIONS
    assert row.servers in {"target", "former", "others", "all"}


@BY_ACTION
def test_a_row_can_be_told(row: Row) -> None:
    """Only the values that the plan has are filled in, and both sentences say something."""
    for text in (row.text, row.stopped):
        assert {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None} <= {"server", "method", "version"}
        assert text.strip()
    assert "{server}" in row.text


def test_nobody_active_is_said_plainly() -> None:
    """From the demotion to the promotion, and nowhere else."""
    order = [row.action for row in rows()]
    nobody = {row.action for row in rows() if "NOBODY" in row.stopped}
    assert nobody == set(order[order.index("demote") : order.index("promote")])


def test_all_others_are_held_before_anybody_is_promoted() -> None:
    """The table keeps the order of the invariants."""
    order = [row.action for row in rows()]
    wanted = ["claim", "rehearse", "scheduler_off", "demote", "hold", "catch_up", "promote", "prove", "serial", "release", "restore", "end_claim"]
    assert [action for action in order if action in wanted] == wanted


def test_every_action_of_a_plan_is_in_the_table() -> None:
    """And every action of the table is planned somewhere."""
    old = dict.fromkeys(("engine_version", "wizard_version", "product_version", "configuration_version"), "2.6.84.0")
    reads = builders.of(builders.active("srv1", **old), builders.staging("srv2", **old))
    out = {"srv3": Declared("srv3", "powered_off", "its host burnt", "ticket 4711")}
    plan = make_plan(reads, builders.a_wish(version="2.6.92.0", method="wizard"), out)
    alone = make_plan(builders.of(builders.active("srv1", **old)), builders.a_wish(active="srv1", version="2.6.92.0", verb="in_place_upgrade"))
    assert {step.action for each in (plan, alone) for step in each.steps} == {row.action for row in rows()}


PROMOTION = builders.of(
    builders.active("srv1", promotion=builders.a_promotion()),
    builders.staging("srv2", wizard_running=True, restored=True, child={"alive": True}, pending=None, password_writeback=True),
    builders.held("srv3", {"starts_since": 1}),
    builders.held("srv4", {"state": "pending"}),
    builders.held("srv5", {"staging": "False"}),
)


def test_what_can_refuse_a_promotion_is_in_its_row() -> None:
    """The row lists every code of ours that may stand against it, so that plan and diagram do not promise less."""
    found = {each.code for each in may_promote(PROMOTION, "srv2", "", {}, "settings", builders.TOKEN)}
    assert len(found) > 8
    assert found <= set(row_of("promote").refusals)


def test_the_diagram_has_every_edge() -> None:
    """From the start to the end."""
    lines = mermaid().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> one_active"]
    assert lines[-1] == "    done --> [*]"
    assert len(lines) == len(rows()) + 3


def test_no_gate_says_a_code_that_there_is_not() -> None:
    """Everything wrong at once, and every code has its sentence."""
    reads = builders.of(builders.active("srv1", runs=None, auto_upgrade=""), builders.staging("srv2", wizard_running=None, sync_cycle_enabled=None))
    results = run_gates(Situation(reads, builders.a_wish(method="wizard"), make_plan(reads, builders.a_wish(method="wizard")), {}))
    assert {each.code for result in results for each in result.refusals} <= set(codes())
