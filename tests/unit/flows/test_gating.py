# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates in the middle of a run: on fresh reads, and one that fails ends it there."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import claims
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Stop
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.gating import judge_now
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.health import read_health
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal

from .stage import Stage, ended

OPTIONS: dict[str, Any] = {
    "moment": "between",
    "target": "srv2",
    "former": "srv1",
    "version": "",
    "method": "settings",
    "max_pending": {"deletes": 0},
    "overrides": {},
    "read_health": False,
    "evidence": {"catch_up": [{"step_type": "delta-import", "result": "success"}, {"step_type": "delta-sync", "result": "success"}]},
}


def judged(stage: Stage, **options: Any) -> tuple[str, list[tuple[str, str]]]:
    """How the gates of the time in between end."""
    return ended(judge_now, stage.flow(), {**OPTIONS, **options})


def test_a_target_that_has_caught_up() -> None:
    """What the tests below start from is good, and nothing was written."""
    stage = Stage().held()
    stage.called.clear()
    assert judged(stage) == ("done", [])
    assert stage.writing() == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"max_pending": {"deletes": "none"}}, [("bad_budget", "srv1")]),
        ({"overrides": {"G1": "so"}}, [("bad_override", "")]),
        ({"thresholds": {"fresh_days": 99}}, [("bad_threshold", "")]),
        ({"custom_gates": [{"id": "G4"}]}, [("bad_custom_gate", "")]),
        ({"target": "srv9"}, [("not_a_member", "srv9")]),
        ({"evidence": {"catch_up": []}}, [("not_caught_up", "srv2")]),
    ],
)
def test_what_fails(options: dict[str, Any], told: list[tuple[str, str]]) -> None:
    """Options that cannot be meant, and a gate that says no."""
    assert judged(Stage().held(), **options) == ("refused", told)


def test_how_every_server_has_been_is_read_and_judged() -> None:
    """An error since the evidence was taken fails, and is told with the verdicts; without being asked nobody reads the logs."""
    stage = Stage()
    stage["srv1"].write_event("ADSync", 6100, "warning", "Some objects.")
    stage.world.clock.advance(60)
    before = read_health(stage.flow(), None, None, False)["servers"]
    stage.world.clock.advance(60)
    stage["srv2"].write_event("ADSync", 6801, "error", "The extension failed.")
    options = {**OPTIONS, "moment": "after", "target": "srv1", "evidence": {"health": before}}
    stage.called.clear()
    assert judge_now(stage.flow(), options)["health"] == {}
    assert ("srv2", "Get-EntraSyncHealth") not in stage.called
    with pytest.raises(Stop) as stop:
        judge_now(stage.flow(), {**options, "read_health": True})
    assert [(each.code, each.server) for each in stop.value.refusals] == [("event_new", "srv2")]
    health = stop.value.values["health"]
    assert ([each["id"] for each in health["srv2"]["new"]], health["srv1"]["new"]) == ([6801], [])


def test_only_the_gates_of_the_moment_run() -> None:
    """Afterwards nobody is promoted any more, so that a cycle is no question."""
    assert judged(Stage(), moment="after", target="srv1", evidence={}) == ("done", [])


def test_what_somebody_has_opened_in_between_is_waited_for() -> None:
    """It is told what to close, and where; then all servers are read once more."""
    stage = Stage().held()
    stage["srv2"].processes.add("miisclient")

    def looked_at() -> None:
        if any("close the Synchronization Service Manager on srv2" in line for line in stage.said):
            stage["srv2"].processes.clear()
        stage.after["Get-EntraSyncServer"] = looked_at

    looked_at()
    assert judged(stage) == ("done", [])


def test_nothing_is_waited_for_in_check_mode() -> None:
    """A wait renews the claim, which check mode must not."""
    stage = Stage().held()
    stage["srv2"].processes.add("miisclient")
    flow = stage.flow(close_timeout=300)
    flow.topology.check_mode = True
    assert ended(judge_now, flow, OPTIONS) == ("refused", [("manager_open", "srv2")])


def test_a_claim_that_is_lost_ends_the_wait() -> None:
    """It is no time-out after which the gate judges."""
    stage = Stage().held()
    stage["srv2"].processes.add("miisclient")
    flow, other = stage.flow(close_timeout=300), stage.flow()
    for each in (flow, other):
        claims.take_topology(each, each.topology.read(), Goal("srv2", "srv1", "", "", "settings"), True)
    assert ended(judge_now, flow, OPTIONS) == ("incomplete", [("claim_lost", "srv1")])


OWN: dict[str, Any] = {"id": "mine", "query": "servers.srv2.role", "expect": "held", "message": "srv2 waits"}


@pytest.mark.parametrize("target", ["srv1", ""])
def test_before_a_rejoin_only_gates_of_the_users_own_run(target: str) -> None:
    """Whoever is active, or nobody: the built-in ones are about a plan, which there is not."""
    stage = Stage()
    stage["srv1"].processes.add("AzureADConnect")
    rejoin: dict[str, Any] = {"moment": "rejoin", "target": target, "custom_gates": [OWN], "evidence": {}}
    assert judged(stage, **rejoin) == ("refused", [("custom_gate", "")])
    assert judged(stage, **rejoin, overrides={"mine": "CHG-1"}) == ("done", [])
    assert judged(stage, **{**rejoin, "custom_gates": [{**OWN, "expect": "staging"}]}) == ("done", [])
    stage.turn("srv2", False)
    assert judged(stage, **rejoin) == ("done", [])  # two are active, which a rejoin ends
    assert judged(stage, **{**rejoin, "target": "srv9"}) == ("refused", [("not_a_member", "srv9")])


def test_a_reason_lifts_a_gate_in_between_too() -> None:
    """The same overrides as before the first change."""
    assert judged(Stage().held(), evidence={"catch_up": []}, overrides={"G7": "CHG-1"}) == ("done", [])


def test_what_a_person_opens_in_between_ends_it() -> None:
    """The gates look at servers as they are now, and what nobody closes in time is refused."""
    stage = Stage().held()
    stage["srv2"].processes.add("miisclient")
    assert ended(judge_now, stage.flow(close_timeout=0), OPTIONS) == ("refused", [("manager_open", "srv2")])
