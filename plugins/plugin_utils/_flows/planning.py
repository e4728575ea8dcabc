# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read everything, derive the goal, run the gates, make the plan. Changes nothing.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules import claims, failover, fences, rollback
from .._rules.ages import held_for, held_long
from .._rules.budget import limits
from .._rules.codes import explain
from .._rules.gates import bad_overrides, run_gates, shown
from .._rules.goal import Goal, derive, goal_in_force
from .._rules.in_place import IN_PLACE, NOTES, alone, inactive
from .._rules.invariant import judge
from .._rules.plan import Plan, make_plan, phases_as_values
from .._rules.plan_text import render
from .._rules.reads import ServerRead
from .._rules.refusals import Refusal
from .._rules.roles import role_of
from .._rules.situation import Situation
from .._rules.versions import Version, facts_of
from .flow import Flow, Stop
from .gating import refuse_custom_gates, refuse_thresholds
from .hold import refuse_silent
from .installer import check_installer

SETTINGS_NOTE = "method settings is not supported by Microsoft; choosing it is your consent"
WINDOW_NOTE = "a deletion that arrives between the last look and the promotion is found after the export, not before"
WIZARD_NOTE = "a wrong tick in the upgrade wizard could start an export; it is watched, and such a server is blocked and stopped at once"


def plan(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """The plan for the wanted end state.

    Raises:
        Stop: ``refused`` with every gate that fails, or an input that cannot be meant.
    """
    if options["rollback"]:
        options = {**options, "upgrade": False}
    _check_input(flow, options)
    out_reads = flow.topology.probe_out()
    reads = flow.topology.read(full=True)
    refuse_silent(reads)
    _refuse_unplannable(reads, flow)
    _refuse_unfenced(reads, flow, out_reads)
    if options["dead"]:
        options = {**options, "active": failover.target(reads, options["dead"], options["active"] or "")}
        _refuse(failover.refusals(reads, options["dead"], options["active"]), "refused")
    if options["rollback"]:
        _refuse(rollback.refusals(reads, options), "refused")
    goal = rollback.undone(reads, options) if options["rollback"] else derive(reads, options)
    _check_goal(flow, reads, goal, options)
    made = make_plan(reads, goal, flow.out)
    gates = run_gates(Situation(reads, goal, made, options, options.get("evidence") or {})) if made.steps else []
    refusals = claims.may_take(reads, goal, options["take_over"], flow.out) if made.steps else []
    failed = [each for gate in gates if gate.verdict == "fail" for each in gate.refusals]
    for name in made.upgrading:
        refusals += _installer(flow, name, reads[name], goal.version, options)
    notes = _notes(made, goal, reads)
    text = render(reads, goal, made, gates, notes, flow.out)
    values: dict[str, Any] = {
        "goal": vars(goal),
        "servers": sorted(reads),
        "servers_found": judge(reads, "at_most_one").servers,
        "restored": _restored(reads),
        "out": [vars(each) for each in flow.out.values()],
        "fences": fences.shown(reads, flow.out),
        "plan": {
            "id": made.id,
            "steps": [vars(step) for step in made.steps],
            "phases": phases_as_values(made),
            "half_held": list(made.half_held),
            "begun": _begun(made, goal, reads),
            "notes": notes,
        },
        "plan_text": text,
        "gates": [shown(each) for each in gates],
    }
    unique = {(each.code, each.server, str(each.params)): each for each in [*failed, *refusals]}
    flow.show(text)
    if unique:
        needs = all(each.code == "operator_not_ready" for each in unique.values())
        told = {"goal": values["goal"], "gates": [shown(each) for each in gates if each.verdict != "pass"]}  # the rest was told above
        raise Stop("needs_operator" if needs else "refused", refusals=list(unique.values()), values=told)
    if made.switching and not any(role_of(read).name == "active" for read in reads.values()):
        values["ansible_facts"] = flow.nobody_exports()
    return {"outcome": "planned" if made.steps else "already", **values}


def _begun(made: Plan, goal: Goal, reads: Mapping[str, ServerRead]) -> list[str]:
    """Servers with an upgrade in the plan whose new wizard an earlier run has laid down already."""
    wanted = Version.maybe(goal.version)
    servers = [name for phase in made.phases if phase.kind != "switch" for name in phase.servers]
    return [name for name in servers if facts_of(reads[name]).laid_down(wanted)]


def _restored(reads: Mapping[str, ServerRead]) -> list[str]:
    return sorted({*claims.restored(reads), *(name for name, read in reads.items() if read.restored)})


def _check_input(flow: Flow, options: Mapping[str, Any]) -> None:
    try:
        limits(options["max_pending"])
    except ValueError as error:
        raise Stop("refused", "bad_budget", flow.server, detail=str(error)) from None
    if options["version"]:
        try:
            Version.parse(options["version"])
        except ValueError as error:
            raise Stop("refused", "bad_version", flow.server, detail=str(error)) from None
    refuse_thresholds(options)
    refuse_custom_gates(options)
    refusals = bad_overrides(options["overrides"], options.get("custom_gates") or [])
    if options["active"] and options["active"] not in flow.topology.names:
        refusals.append(Refusal("not_a_member", options["active"], {"members": ", ".join(flow.topology.names)}))
    members = [*flow.topology.names, *flow.out]
    if options["verb"] == IN_PLACE:
        refusals += alone(members)
    # one server of several that is left can take over, but nobody could stand in for its upgrade
    elif len(flow.topology.names) < 2 and (options["upgrade"] or not flow.out):
        refusals.append(Refusal("one_server_only", flow.topology.names[0]))
    _refuse(refusals, "refused")


def _refuse(refusals: list[Refusal], outcome: str) -> None:
    if refusals:
        raise Stop(outcome, refusals=refusals)


def _refuse_unfenced(reads: dict[str, ServerRead], flow: Flow, out_reads: dict[str, ServerRead]) -> None:
    """A declared server that answers is not out, one that was and is back rejoins first; a fence that is too young wants time, and nothing waits."""
    _refuse(fences.answering(out_reads) + fences.returned(reads) + fences.writeback(flow.out, reads), "refused")
    _refuse(fences.waiting(flow.out, reads), "needs_operator")


def _refuse_unplannable(reads: dict[str, ServerRead], flow: Flow) -> None:
    """Without certain roles there is no plan; a hold that a crash left pending or broken is part of one."""
    verdict = judge(reads, "at_most_one")
    bad = [each for each in verdict.refusals if each.code not in ("hold_pending", "hold_broken")]
    if bad:
        outcome = "split" if len(verdict.active) > 1 else verdict.outcome
        raise Stop(outcome, refusals=bad, values={"servers": sorted(reads)})


def _check_goal(flow: Flow, reads: dict[str, ServerRead], goal: Any, options: Mapping[str, Any]) -> None:
    _refuse(inactive(reads[flow.server]) if options["verb"] == IN_PLACE else [], "refused")
    if not goal.active:
        raise Stop("refused", "active_unnamed", flow.server)
    if goal.active not in reads:
        raise Stop("refused", "not_a_member", goal.active, members=", ".join(sorted(reads)))
    if options["upgrade"] and not goal.version:
        raise Stop("refused", "version_unnamed", flow.server)


def _installer(flow: Flow, name: str, read: ServerRead, version: str, options: Mapping[str, Any]) -> list[Refusal]:
    wanted = Version.parse(version)
    if facts_of(read).laid_down(wanted):
        return []
    try:
        check_installer(Flow(flow.topology, name, flow.waits, flow.tell), options, wanted)
    except Stop as stop:
        return list(stop.refusals)
    return []


def _notes(made: Plan, goal: Goal, reads: Mapping[str, ServerRead]) -> list[str]:
    notes: list[str] = []
    if made.switching:
        hashes = any(read.password_sync for read in reads.values())
        writeback = any(read.writeback for read in reads.values())
        pausing = ["exports", *(["password hashes"] if hashes else []), *(["password writeback"] if writeback else [])]
        notes.append(f"from the demotion to the promotion nobody exports: {', '.join(pausing)} pause; sign-ins go on")
        notes.append(WINDOW_NOTE)
        if goal.method == "settings":
            notes.append(SETTINGS_NOTE)
    if any(phase.kind == "in_place" for phase in made.phases):
        notes += NOTES
    elif made.upgrading:
        notes.append(WIZARD_NOTE)
    for name in claims.restored(reads):
        notes.append(f"{name} was restored or rebuilt since the last switch; it is promoted only after an initial cycle on it")
    kept = goal_in_force(reads)
    undoes = rollback.told(kept) if goal.verb == rollback.VERB else ""
    if undoes:
        notes.append(undoes)
    elif kept is not None and kept.outcome == "" and made.steps:
        notes.append(f"an earlier run (token {kept.token}) did not finish; this plan is what is left of it")
    held = [f"{name} {held_for(read)}" for name, read in sorted(reads.items()) if role_of(read).name == "held"]
    if held:
        notes.append(f"held now: {', '.join(held)}")
    notes += [explain(each.code, each.server, each.params)[0] for each in held_long(reads)]
    return notes
