# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each gate looks at (safety.md 2.2): one function a gate; it returns what fails, what only warns, and the evidence in words.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from .ages import held_for, moment, words
from .budget import over_budget, summary
from .cycles import GOOD, is_export
from .goal import goal_in_force
from .invariant import judge
from .promotion import settings_method
from .reads import ServerRead
from .refusals import Refusal
from .roles import role_of, shut_off_by_us
from .situation import Situation
from .versions import Version, facts_of, support_of

# The cloud service stopped older versions on 30 September 2026: a failing run of such a former active server is no surprise.
SYNC_STOPPED_BELOW = Version(2, 5, 79, 0)
WIZARD_WORKS_FROM = Version(2, 4, 18, 0)
FRESH = timedelta(days=7)
STOPPED_BY_US = frozenset({"stopped-user-termination-from-wmi-or-ui", "stopped-service-shutdown"})


# what fails, what warns, the evidence
Checked = tuple[list[Refusal], list[Refusal], str]


def one_active(situation: Situation) -> Checked:
    """G1: at most one server is active, every server answers."""
    verdict = judge(situation.reads, "at_most_one")
    hold = {"hold_pending", "hold_broken"}  # a crash leaves these; the plan completes or mends them
    fails = [each for each in verdict.refusals if each.code not in (*hold, "same_machine", "other_tenant")]
    held = [f"{name} {held_for(read)}" for name, read in sorted(situation.reads.items()) if read.hold is not None]
    return fails, [], f"active: {', '.join(verdict.active) or 'nobody'}" + (f"; held: {', '.join(held)}" if held else "")


def identity(situation: Situation) -> Checked:
    """G3: one tenant, distinct machines."""
    verdict = judge(situation.reads, "at_most_one")
    fails = [each for each in verdict.refusals if each.code in ("same_machine", "other_tenant")]
    fails += [Refusal("tenant_unread", name) for name, read in sorted(situation.reads.items()) if not read.tenant and not shut_off_by_us(read)]
    tenant = next((read.tenant for read in situation.reads.values() if read.tenant), "unknown")
    return fails, [], f"tenant {tenant}, {len(situation.reads)} machines"


def budget(situation: Situation) -> Checked:
    """G4: pending exports of the target are inside the budget."""
    staging = [read for read, _move in situation.asked if role_of(read).name == "staging"]
    fails = [each for read in staging for each in over_budget(read, situation.options.get("max_pending") or {})]
    return fails, [], "; ".join(map(summary, staging)) or _otherwise(situation, "measured again when the target runs")


def last_runs(situation: Situation) -> Checked:
    """G6: the last runs ended well."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    seen = 0
    for name, read in sorted(situation.reads.items()):
        if shut_off_by_us(read):
            continue
        if not read.runs:
            (warns if read.runs == [] else fails).append(Refusal("runs_unread", name, {"detail": "no run in it"}))
            continue
        engine = facts_of(read).engine
        old = engine is not None and engine < SYNC_STOPPED_BELOW
        for step in read.runs:
            seen += 1
            result = step.step_result or step.result
            if result in GOOD or result in STOPPED_BY_US or result == "in-progress":
                continue
            # an export of a server in staging mode is of the time when it was active, and another one has exported since, or will
            exports = is_export(step) and role_of(read).name != "staging"
            matters = bool(result) and (name == situation.goal.active or exports)
            params = {"connector": step.connector, "result": result or "no result"}
            (fails if matters and not old else warns).append(Refusal("last_run_failed", name, params))
    return fails, warns, f"{seen} last runs looked at"


def fresh(situation: Situation) -> Checked:
    """G7: the target has synchronised recently."""
    fails: list[Refusal] = []
    ages: list[str] = []
    for target, move in situation.asked:
        if move.upgraded or role_of(target).name != "staging":
            continue
        ends = [step.ended for step in target.runs or [] if (step.step_result or step.result) in GOOD and not is_export(step) and step.ended]
        now, last = moment(target.now), moment(max(ends, default=""))
        if now is None or last is None:
            fails.append(Refusal("runs_unread", target.name, {"detail": "no successful import or synchronisation in it"}))
            continue
        age = now - last
        ages.append(f"the last good run of {target.name} ended {words(age)} ago")
        if age > FRESH:
            fails.append(Refusal("not_fresh", target.name, {"age": words(age), "limit": words(FRESH)}))
    return fails, [], "; ".join(ages) or _otherwise(situation, "judged after the target's next cycle")


def version(situation: Situation) -> Checked:
    """G8: versions fit."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    goal, reads = situation.goal, situation.reads
    wanted = Version.maybe(goal.version)
    if wanted is not None and situation.plan.upgrading:
        bad = support_of(wanted)["known_bad"]
        if bad:
            fails.append(Refusal("known_bad", "", {"version": str(wanted), "why": bad}))
    active = next((read for read in reads.values() if role_of(read).name == "active"), None)
    for target, move in situation.asked[:1]:  # whoever is promoted later follows one that the plan itself has promoted
        mine = situation.engine_then(target, move)
        theirs = facts_of(active).engine if active is not None else None
        unread = [read.name for read in (target, active) if read is not None and facts_of(read).engine is None]
        warns += [Refusal("version_unread", name, {"what": "the engine"}) for name in unread]
        if (
            goal.order == "switch_first"
            and situation.plan.upgrading
            and not move.upgraded
            and mine is not None
            and wanted is not None
            and mine < wanted
        ):
            warns.append(Refusal("promoted_before_upgrade", target.name, {"found": str(mine)}))
        if mine is not None and theirs is not None and mine < theirs:
            params = {"found": str(mine), "active": str(theirs)}
            (warns if _accepted(reads, target.name) or goal.order == "switch_first" else fails).append(Refusal("target_older", target.name, params))
    return fails, warns, ", ".join(f"{name} {facts_of(read).engine_text or 'unknown'}" for name, read in sorted(reads.items()))


def nothing_running(situation: Situation) -> Checked:
    """G10: nothing else is in progress."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    for name, read in sorted(situation.reads.items()):
        for code, running in (
            ("wizard_open", read.wizard_running),
            ("manager_open", read.manager_running),
            ("installer_running", read.installer_running),
        ):
            asked = code == "wizard_open" and (read.promotion is not None or facts_of(read).pending_wizard)
            if running is None:
                fails.append(Refusal(code, name, {"detail": "the processes could not be read"}))
            elif running:
                # a wizard that an earlier run of ours asked for is expected: the run joins the wait
                (warns if asked else fails).append(Refusal(code, name))
        if read.scheduler_suspended and not facts_of(read).pending_wizard and not read.wizard_running:
            fails.append(Refusal("scheduler_suspended", name))
    return fails, warns, "no wizard, manager or installer runs" if not fails and not warns else "see above"


def auto_upgrade(situation: Situation) -> Checked:
    """G12: automatic upgrade can be frozen."""
    unread = [name for name, read in sorted(situation.reads.items()) if not read.auto_upgrade and not shut_off_by_us(read)]
    return [Refusal("auto_upgrade_unread", name) for name in unread], [], "frozen for the window, restored as found"


def full_sync(situation: Situation) -> Checked:
    """G13: no full synchronisation is queued."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    counted = 0
    for target, move in situation.asked:
        if target.overrides is None or any(each.full_import is None or each.full_sync is None for each in target.overrides):
            warns.append(Refusal("full_sync_unread", target.name))
        queued = [each for each in target.overrides or [] if each.full_import or each.full_sync]
        counted += len(queued)
        # an upgrade queues them itself, and its next cycle, which is waited for, runs them
        fails += [] if move.upgraded else [Refusal("full_sync_queued", target.name, {"connector": each.connector}) for each in queued]
    return fails, warns, f"{counted} queued" if situation.asked else _otherwise(situation, "not readable while held")


def moving_features(situation: Situation) -> Checked:
    """G19: features that move with the role."""
    hashes = any(read.password_sync for read in situation.reads.values())
    writeback = any(read.writeback for read in situation.reads.values())
    moving = ["exports", *(["password hashes"] if hashes else []), *(["password writeback"] if writeback else [])]
    return [], [], f"pause while nobody is active: {', '.join(moving)}" if situation.plan.switching else "nothing pauses"


def scheduler_on(situation: Situation) -> Checked:
    """scheduler_on: the target's scheduler is on."""
    targets = [read for read, _move in situation.asked if not any(each.name == "scheduler" for each in read.found)]
    fails = [Refusal("scheduler_off", read.name) for read in targets if read.sync_cycle_enabled is not True]
    said = ["on" if read.sync_cycle_enabled else "off" if read.sync_cycle_enabled is False else "not readable" for read in targets]
    return fails, [], ", ".join(said) or _otherwise(situation, "restored at its release")


def operator(situation: Situation) -> Checked:
    """operator: a person is ready where a wizard is needed."""
    if not situation.plan.wizard_for:
        return [], [], "no wizard is needed"
    ready = situation.options.get("operator_ready")
    said = "; ".join(situation.plan.wizard_for)
    return ([] if ready else [Refusal("operator_not_ready", situation.goal.active, {"what": said})]), [], said


def method(situation: Situation) -> Checked:
    """method: the method can work."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    by_settings = situation.goal.method == "settings"
    for read, move in [*situation.demoted, *situation.promoted]:
        wizard = Version.maybe(situation.goal.version) if move.upgraded else facts_of(read).wizard
        if by_settings:
            fails += settings_method(read, situation.engine_then(read, move))
        elif wizard is None:
            warns.append(Refusal("version_unread", read.name, {"what": "the wizard"}))
        elif wizard < WIZARD_WORKS_FROM:
            fails.append(Refusal("wizard_too_old", read.name, {"version": str(wizard)}))
    note = "settings (unsupported by Microsoft; choosing it is your consent)" if by_settings else "wizard"
    return fails, warns, _otherwise(situation, note)


def _accepted(reads: Mapping[str, ServerRead], name: str) -> bool:
    """Whether an older server may be promoted: it goes back to being active, or a run that did not finish had passed this gate for it."""
    kept = goal_in_force(reads)
    going_on = kept is not None and kept.outcome != "done" and kept.verb != "" and kept.active == name
    return going_on or any(read.goal is not None and read.goal.former == name for read in reads.values())


def _otherwise(situation: Situation, text: str) -> str:
    return text if situation.plan.switching else "nothing is promoted"
