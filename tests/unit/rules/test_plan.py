# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan: from what was read to the wanted end state, whatever a crash left."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import run_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import Plan, below_version, make_plan, phases_as_values
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan_text import render
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation

from . import builders

NEW = "2.6.92.0"
NAMES = ("engine_version", "wizard_version", "product_version", "configuration_version")
DONE = dict.fromkeys(NAMES, NEW)
LAID_DOWN = {"wizard_version": NEW, "product_version": NEW}


def plan(*reads: ServerRead, **goal: Any) -> Plan:
    """The plan for srv2 to be active and, unless told otherwise, every server at the new version."""
    return make_plan(builders.of(*reads), builders.a_wish(**{"version": NEW, **goal}))


def shape(made: Plan) -> list[tuple[str, str]]:
    """Kind and servers or target of each phase."""
    return [(each.kind, each.target or ",".join(each.servers)) for each in made.phases]


def actions(made: Plan) -> list[str]:
    """Action and server of each step."""
    return [f"{each.action} {each.server}" for each in made.steps]


@pytest.mark.parametrize(
    ("changes", "below"),
    [
        (DONE, False),
        ({}, True),
        ({**DONE, "engine_version": ""}, True),
        ({**DONE, "engine_version": None}, True),
        ({**DONE, "engine_version": "2.6.92"}, True),
        ({**DONE, "engine_version": "2.7.0.0", "wizard_version": "2.7.0.0"}, True),
        ({**DONE, "configuration_version": ""}, False),
        (LAID_DOWN, True),
        ({**DONE, "wizard_version": "2.7.0.0"}, True),
    ],
)
def test_who_is_below(changes: dict[str, Any], below: bool) -> None:
    """An unknown version and an unfinished upgrade count as older; a database of an older version too."""
    assert below_version(builders.of(builders.staging("srv2", **changes)), NEW) == (["srv2"] if below else [])


@pytest.mark.parametrize("version", ["", "newest"])
def test_without_a_version_nobody_is_below(version: str) -> None:
    """A switch of roles upgrades nobody."""
    assert below_version(builders.of(builders.staging("srv2", engine_version="")), version) == []


@pytest.mark.parametrize(
    ("reads", "goal", "phases"),
    [
        ([builders.active("srv1"), builders.staging("srv2")], {}, [("upgrade", "srv2"), ("switch", "srv2"), ("upgrade", "srv1")]),
        (
            [builders.active("srv1"), builders.staging("srv2"), builders.staging("srv3")],
            {},
            [("upgrade", "srv2,srv3"), ("switch", "srv2"), ("upgrade", "srv1")],
        ),
        (
            [builders.active("srv1"), builders.staging("srv2")],
            {"order": "switch_first"},
            [("switch", "srv2"), ("upgrade", "srv1"), ("switch", "srv1"), ("upgrade", "srv2"), ("switch", "srv2")],
        ),
        (
            [builders.active("srv1"), builders.staging("srv2")],
            {"order": "switch_first", "active": "srv1", "former": "srv1"},
            [("switch", "srv2"), ("upgrade", "srv1"), ("switch", "srv1"), ("upgrade", "srv2")],
        ),
        (
            [builders.staging("srv1"), builders.active("srv2")],
            {"order": "switch_first", "active": "srv1", "former": "srv1"},
            [("upgrade", "srv1"), ("switch", "srv1"), ("upgrade", "srv2")],
        ),
        (
            [builders.active("srv1"), builders.staging("srv2")],
            {"active": "srv1"},
            [("upgrade", "srv2"), ("switch", "srv2"), ("upgrade", "srv1"), ("switch", "srv1")],
        ),
        ([builders.active("srv1", **DONE), builders.staging("srv2", **DONE)], {}, [("switch", "srv2")]),
        ([builders.active("srv1"), builders.staging("srv2")], {"version": ""}, [("switch", "srv2")]),
        ([builders.active("srv1"), builders.staging("srv2", **DONE)], {}, [("switch", "srv2"), ("upgrade", "srv1")]),
        ([builders.staging("srv1"), builders.active("srv2", **DONE)], {}, [("upgrade", "srv1")]),
        ([builders.held("srv1"), builders.staging("srv2", **DONE)], {}, [("switch", "srv2"), ("upgrade", "srv1")]),
        ([builders.held("srv1"), builders.held("srv2")], {}, [("upgrade", "srv2"), ("switch", "srv2"), ("upgrade", "srv1")]),
        ([builders.held("srv1", **LAID_DOWN), builders.held("srv2", **DONE)], {}, [("upgrade", "srv1"), ("switch", "srv2")]),
        (
            [builders.active("srv1"), builders.staging("srv2", **LAID_DOWN), builders.staging("srv3")],
            {"order": "switch_first"},
            [("upgrade", "srv2"), ("switch", "srv2"), ("upgrade", "srv1,srv3")],
        ),
        ([builders.active("srv2", **DONE), builders.staging("srv1", **DONE)], {}, []),
    ],
)
def test_the_phases(reads: list[ServerRead], goal: dict[str, Any], phases: list[tuple[str, str]]) -> None:
    """Staging servers first, a begun upgrade before everything, the wanted server active at the end."""
    assert shape(plan(*reads, **goal)) == phases


SITUATIONS = [
    pytest.param(reads, order, method, active, id=f"{name}-{order}-{method}-{active}")
    for name, reads in {
        "plain": [builders.active("srv1"), builders.staging("srv2")],
        "three": [builders.active("srv1"), builders.staging("srv2"), builders.staging("srv3")],
        "demoted": [builders.staging("srv1"), builders.staging("srv2")],
        "all held": [builders.held("srv1"), builders.held("srv2"), builders.held("srv3")],
        "one held": [builders.held("srv1"), builders.staging("srv2"), builders.held("srv3")],
        "pending": [builders.held("srv1", {"state": "pending"}), builders.staging("srv2")],
        "target pending": [builders.active("srv1"), builders.held("srv2", {"state": "pending"})],
        "broken": [builders.held("srv1", {"starts_since": 1}), builders.staging("srv2")],
        "switched": [builders.held("srv1"), builders.active("srv2", promotion=builders.a_promotion())],
        "half laid": [builders.active("srv1"), builders.staging("srv2", **LAID_DOWN)],
        "new": [builders.active("srv1", **DONE), builders.staging("srv2", **DONE)],
    }.items()
    for order in ("staging_first", "switch_first")
    for method in ("wizard", "settings")
    for active in ("srv1", "srv2")
]
EVERYWHERE = pytest.mark.parametrize(("reads", "order", "method", "active"), SITUATIONS)


@EVERYWHERE
def test_nobody_is_promoted_beside_another(reads: list[ServerRead], order: str, method: str, active: str) -> None:
    """Before each promotion every other server was held, the active one demoted before, and nothing was released in between."""
    made = plan(*reads, order=order, method=method, active=active)
    held = {read.name for read in reads if read.hold is not None and read.hold.state == "complete" and read.hold.starts_since == 0}
    exporting = {read.name for read in reads if read.staging_scheduler is False}
    for step in made.steps:
        if step.action == "hold":
            assert step.server not in exporting
            held.add(step.server)
        elif step.action == "demote":
            exporting.discard(step.server)
        elif step.action in ("release", "release_target"):
            assert step.action == "release_target" or not exporting - {step.server} - {phase.target for phase in made.phases} or not made.phases
            held.discard(step.server)
        elif step.action == "promote":
            assert not exporting - {step.server}
            assert {read.name for read in reads} - {step.server} <= held
            assert step.server not in held
            exporting.add(step.server)
        assert len(exporting) <= 1
    if made.switching:
        assert exporting == {active}


@EVERYWHERE
def test_a_plan_is_framed_by_its_claim(reads: list[ServerRead], order: str, method: str, active: str) -> None:
    """Claimed on every server first, freed on every server last; every server upgraded once while it is not active."""
    made = plan(*reads, order=order, method=method, active=active)
    if not made.steps:
        return
    names = sorted(read.name for read in reads)
    assert [each.server for each in made.steps if each.action == "claim"] == names == [each.server for each in made.steps[: len(names)]]
    assert [f"end_claim {name}" for name in names] == actions(made)[-len(names) :]
    assert [each.number for each in made.steps] == list(range(1, len(made.steps) + 1))
    assert sorted(each.server for each in made.steps if each.action == "upgrade") == sorted(made.upgrading)


@EVERYWHERE
def test_the_upgraded_server_is_never_the_active_one(reads: list[ServerRead], order: str, method: str, active: str) -> None:
    """It was demoted before, and is promoted only afterwards."""
    now = {read.name for read in reads if read.staging_scheduler is False}
    for step in plan(*reads, order=order, method=method, active=active).steps:
        if step.action == "upgrade":
            assert step.server not in now
        elif step.action == "promote":
            now = {step.server}
        elif step.action == "demote":
            now.discard(step.server)


@EVERYWHERE
def test_the_same_reads_give_the_same_plan(reads: list[ServerRead], order: str, method: str, active: str) -> None:
    """Also where the servers come in another order."""
    goal = builders.a_wish(version=NEW, order=order, method=method, active=active)
    assert make_plan(builders.of(*reads), goal) == make_plan(builders.of(*reversed(reads)), goal)


@EVERYWHERE
def test_a_plan_fits_the_screen(reads: list[ServerRead], order: str, method: str, active: str) -> None:
    """At most 100 columns below the table of the servers, with its id."""
    given, goal = builders.of(*reads), builders.a_wish(version=NEW, order=order, method=method, active=active)
    made = make_plan(given, goal)
    gates = run_gates(Situation(given, goal, made, {}))
    lines = render(given, goal, made, gates, ["a note " * 30])
    assert max(len(line) for line in lines[lines.index("") :]) <= 100
    assert (f"plan {made.id}" in lines) is bool(made.steps)
    assert ("nothing is left to do" in lines) is not bool(made.steps)


def test_the_table_of_a_plan_fits_the_screen() -> None:
    """The reason of a held server is not too long for it either."""
    reads, goal = builders.of(builders.held("srv1"), builders.staging("srv2")), builders.a_wish()
    assert max(len(line) for line in render(reads, goal, make_plan(reads, goal), [], [])) <= 100


def test_the_steps_of_a_switch_by_wizard() -> None:
    """The target is held while the operator demotes, so that a click on the wrong server does nothing."""
    made = plan(builders.active("srv1"), builders.staging("srv2"), version="", method="wizard")
    assert actions(made) == [
        *("claim srv1", "claim srv2", "freeze srv1", "freeze srv2"),
        *("rehearse srv2", "scheduler_off srv1", "hold srv2", "demote srv1", "hold srv1"),
        *("release_target srv2", "catch_up srv2", "promote srv2", "prove srv2", "serial srv1", "serial srv2"),
        *("release srv1", "restore srv1", "restore srv2", "end_claim srv1", "end_claim srv2"),
    ]
    assert made.wizard_for == ("turn staging mode on at srv1", "turn staging mode off at srv2")


def test_the_steps_of_a_switch_by_settings() -> None:
    """Nobody is needed, and the target is never held."""
    made = plan(builders.active("srv1"), builders.staging("srv2"), version="")
    assert [each for each in actions(made) if each.startswith(("hold", "release", "demote"))] == ["demote srv1", "hold srv1", "release srv1"]
    assert made.wizard_for == ()


@pytest.mark.parametrize(
    ("former", "target", "steps"),
    [
        (builders.staging("srv1"), builders.staging("srv2"), ["hold srv1", "catch_up srv2"]),
        (builders.held("srv1"), builders.staging("srv2"), ["catch_up srv2"]),
        (builders.held("srv1", {"state": "pending"}), builders.staging("srv2"), ["hold srv1", "catch_up srv2"]),
        (builders.held("srv1", {"starts_since": 2}), builders.staging("srv2"), ["hold srv1", "catch_up srv2"]),
        (builders.held("srv1"), builders.held("srv2"), ["release_target srv2", "catch_up srv2"]),
        (builders.held("srv1"), builders.held("srv2", {"state": "pending"}), ["release_target srv2", "catch_up srv2"]),
        (
            builders.held("srv1"),
            builders.staging("srv2", quarantine={"effective": True, "reason": ""}, staging_scheduler=None),
            ["release_target srv2", "catch_up srv2"],
        ),
    ],
    ids=["demoted", "held", "hold begun", "hold broken", "both held", "target's hold begun", "target in quarantine"],
)
def test_after_a_crash_between_the_roles(former: ServerRead, target: ServerRead, steps: list[str]) -> None:
    """Only what is missing is done, and a target out of a hold or a quarantine is released first."""
    made = actions(plan(former, target, version=""))
    start = made.index("freeze srv2") + 1
    assert made[start : start + len(steps) + 1] == [*steps, "promote srv2"]


def test_after_a_crash_behind_the_promotion() -> None:
    """The promotion is proved, its number given, the others released."""
    made = plan(builders.held("srv1", **DONE), builders.active("srv2", **DONE, promotion=builders.a_promotion()))
    assert made.phases == ()
    middle = ["prove srv2", "serial srv1", "serial srv2", "release srv1"]
    assert actions(made) == ["claim srv1", "claim srv2", *middle, "restore srv1", "restore srv2", "end_claim srv1", "end_claim srv2"]


@pytest.mark.parametrize(
    ("former", "target", "wanted"),
    [
        ({"quarantine": {"effective": False, "reason": "x"}}, {}, "release srv1"),
        ({"found": [{"name": "scheduler", "found": True, "set": False}]}, {}, "restore srv1"),
        ({"goal": builders.a_goal(outcome="")}, {}, "end_claim srv1"),
        ({"goal": builders.a_goal(outcome="incomplete")}, {}, "end_claim srv1"),
        ({"goal": builders.a_goal(outcome="done")}, {"goal": builders.a_goal(outcome="incomplete")}, "end_claim srv2"),
        ({}, {"promotion": builders.a_promotion()}, "prove srv2"),
    ],
)
def test_what_is_left_over_is_cleared_up(former: dict[str, Any], target: dict[str, Any], wanted: str) -> None:
    """Roles and versions are right, and something of ours is still there."""
    made = plan(builders.staging("srv1", **DONE, **former), builders.active("srv2", **DONE, **target))
    assert made.phases == ()
    assert wanted in actions(made)


HALF = {"service_status": "Stopped", "service_start_type": "Disabled", "staging_scheduler": None, "staging_settings": None}


@pytest.mark.parametrize("hold", [{"state": "pending", "staging": ""}, {"starts_since": 1}])
def test_what_is_half_held_is_made_whole_before_anything_is_judged(hold: dict[str, Any]) -> None:
    """Its role is unknown: a switch could neither begin beside it nor be proved, however often it is run again."""
    half = builders.staging("srv3", **DONE, **HALF, hold=builders.a_hold(**hold))
    proving = plan(half, builders.active("srv2", **DONE, promotion=builders.a_promotion()))
    assert actions(proving)[2:4] == ["hold srv3", "prove srv2"]
    switching = plan(half, builders.active("srv1", **DONE), builders.staging("srv2", **DONE))
    assert actions(switching).count("hold srv3") == 1
    assert actions(switching).index("hold srv3") < actions(switching).index("rehearse srv2")
    assert (proving.half_held, switching.half_held) == (("srv3",), ("srv3",))


@pytest.mark.parametrize("goal", [None, builders.a_goal(outcome="done")])
def test_a_further_run_changes_nothing(goal: Any) -> None:
    """The end state is reached and nothing of ours is left: no step at all."""
    made = plan(builders.staging("srv1", **DONE, goal=goal), builders.active("srv2", **DONE, goal=goal))
    assert (made.phases, made.steps, made.upgrading, made.wizard_for, made.switching) == ((), (), (), (), False)


def test_the_id_is_that_of_the_way() -> None:
    """Another goal, another way, another id."""
    reads = [builders.active("srv1"), builders.staging("srv2")]
    ids = {plan(*reads, **goal).id for goal in ({}, {"version": ""}, {"method": "wizard"}, {"order": "switch_first"}, {"active": "srv1"})}
    ids.add(plan(builders.held("srv1"), builders.staging("srv2")).id)
    assert len(ids) == 6


def test_a_plan_says_where_nobody_exports() -> None:
    """With the server's name and the method filled in."""
    made = plan(builders.active("srv1"), builders.staging("srv2"), version="")
    by_action = {each.action: each for each in made.steps}
    assert "NOBODY" in by_action["demote"].stop_state
    assert "srv1 (method settings)" in by_action["demote"].text
    assert "{" not in "".join(each.text + each.stop_state for each in made.steps)


def test_the_phases_as_values() -> None:
    """Plain lists and texts for the playbook."""
    made = plan(builders.active("srv1"), builders.staging("srv2"), version="")
    assert phases_as_values(made) == [{"kind": "switch", "servers": ["srv1"], "target": "srv2", "former": "srv1"}]


def test_servers_of_one_step_are_told_on_one_line() -> None:
    """Also where a server has the name of a word of the sentence."""
    reads = builders.of(builders.active("on"), builders.staging("srv2"))
    goal = builders.a_wish(former="on")
    lines = render(reads, goal, make_plan(reads, goal), [], [])
    assert any("freeze automatic upgrade on on, srv2" in line for line in lines)
