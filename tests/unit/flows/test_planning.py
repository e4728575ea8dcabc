# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No plan from what cannot be meant or is not known, and none past a gate that fails."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.planning import plan

from .stage import INSTALLER, MSI, PLAN, Stage, ended


def planned(stage: Stage, **options: Any) -> tuple[str, list[tuple[str, str]]]:
    """How planning a switch to srv2 ends."""
    return ended(plan, stage.flow(), {**PLAN, **options})


def test_a_plan() -> None:
    """What the tests below start from is good."""
    assert planned(Stage()) == ("planned", [])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"max_pending": {"deletes": "none"}}, [("bad_budget", "srv1")]),
        ({"version": "newest"}, [("bad_version", "srv1")]),
        ({"active": "srv9"}, [("not_a_member", "srv9")]),
        ({"active": "srv9", "overrides": {"G99": "so"}}, [("bad_override", ""), ("not_a_member", "srv9")]),
        ({"active": "srv1", "version": None, "upgrade": True}, [("version_unnamed", "srv1")]),
    ],
)
def test_what_cannot_be_meant(options: dict[str, Any], told: list[tuple[str, str]]) -> None:
    """All that is wrong with the options, before any server is read."""
    stage = Stage()
    assert planned(stage, **options) == ("refused", told)
    assert stage.writing() == []
    assert not stage.said


def test_one_server_has_nobody_to_switch_to() -> None:
    """It is upgraded in place."""
    assert planned(Stage(srv1="2.5.79.0"), active="srv1") == ("refused", [("one_server_only", "srv1")])


def test_in_place_is_for_the_only_server_while_it_is_active() -> None:
    """Any other is switched away from first; with nothing to do it is so already."""
    place = {"verb": "in_place_upgrade", "active": None, "upgrade": True, "operator_ready": True, "msi": MSI, "msi_sha256": INSTALLER.sha256}
    alone = Stage(srv1="2.5.79.0")
    alone["srv1"].installers[MSI] = INSTALLER
    assert planned(alone, **place) == ("planned", [])
    assert any("upgrade srv1 to 2.6.92.0 in place" in line for line in alone.said)
    assert planned(Stage(srv1="2.6.92.0"), **place) == ("already", [])
    assert planned(Stage(), **place) == ("refused", [("in_place_only_alone", "srv1")])
    alone.turn("srv1", True)
    assert planned(alone, **place) == ("refused", [("only_server_staging", "srv1")])


def test_nobody_active_and_nobody_named() -> None:
    """The tool does not choose."""
    stage = Stage()
    stage.turn("srv1", True)
    assert planned(stage, active=None) == ("refused", [("active_unnamed", "srv1")])


def test_two_active_servers() -> None:
    """The tool does not choose here either."""
    stage = Stage()
    stage.turn("srv2", False)
    assert planned(stage) == ("split", [("split", "")])


def test_a_goal_that_was_kept_for_a_server_that_is_none() -> None:
    """As after a server was taken out of the inventory: its name stands in the records alone."""
    from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.planning import _check_goal
    from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal

    flow = Stage().flow()
    reads = flow.topology.read()

    def check() -> dict[str, Any]:
        _check_goal(flow, reads, Goal("srv9", "srv1", "", "", "settings"), PLAN)
        return {"outcome": "planned"}

    assert ended(check) == ("refused", [("not_a_member", "srv9")])


def test_a_gate_that_fails_ends_it() -> None:
    """A target with more to delete than is allowed."""
    stage = Stage()
    stage.world.change_ad("deletes", 2)
    for server in stage.world.servers.values():
        server.cycles.seen = {change.number for change in stage.world.changes}
    assert planned(stage) == ("refused", [("over_budget", "srv2")])
    assert stage.writing() == []


def test_only_a_person_is_missing() -> None:
    """Then nothing is wrong, and the outcome says so."""
    assert planned(Stage(), method="wizard") == ("needs_operator", [("operator_not_ready", "srv2")])


@pytest.mark.parametrize(
    ("options", "code"), [({"thresholds": {"fresh_days": 99}}, "bad_threshold"), ({"custom_gates": [{"id": "G4"}]}, "bad_custom_gate")]
)
def test_numbers_and_gates_of_ones_own_that_cannot_be_meant(options: dict[str, Any], code: str) -> None:
    """Before any server is read."""
    stage = Stage()
    assert planned(stage, **options) == ("refused", [(code, "")])
    assert not stage.said


def test_a_gate_of_ones_own_ends_it() -> None:
    """Over the facts of the servers."""
    gate = {"id": "mine", "query": "servers.srv1.role", "expect": "staging", "message": "srv1 is staging"}
    assert planned(Stage(), custom_gates=[gate]) == ("refused", [("custom_gate", "")])
    assert planned(Stage(), custom_gates=[gate], overrides={"mine": "CHG-1"}) == ("planned", [])
