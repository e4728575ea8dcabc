# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each gate looks at (safety.md 2.2): one function a gate; it returns what fails, what only warns, and the evidence in words.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .budget import over_budget, summary
from .cycles import GOOD, is_export
from .goal import Goal
from .invariant import judge
from .promotion import settings_method
from .reads import ServerRead
from .refusals import Refusal
from .roles import down_by_us, hold_state, role_of
from .versions import Version, facts_of, support_of

Reads = Mapping[str, ServerRead]
# The cloud service stopped older versions on 30 September 2026: a failing run of such a former active server is no surprise.
SYNC_STOPPED_BELOW = Version(2, 5, 79, 0)
WIZARD_WORKS_FROM = Version(2, 4, 18, 0)
FRESH = timedelta(days=7)
STOPPED_BY_US = frozenset({"stopped-user-termination-from-wmi-or-ui", "stopped-service-shutdown"})


@dataclass(frozen=True)
class Situation:
    """What the gates judge.

    Attributes:
        reads: full reads of all servers.
        goal: the wanted end state.
        switching: whether the plan promotes anybody.
        upgrading: servers that the plan upgrades.
        wizard_for: why a person is needed at a wizard, one entry per need; empty where nobody is.
        options: of ``adsync_plan``.
    """

    reads: Reads
    goal: Goal
    switching: bool
    upgrading: tuple[str, ...]
    wizard_for: tuple[str, ...]
    options: Mapping[str, Any]

    @property
    def target(self) -> ServerRead:
        """The read of the server that is to be active."""
        return self.reads[self.goal.active]


# what fails, what warns, the evidence
Checked = tuple[list[Refusal], list[Refusal], str]


def one_active(situation: Situation) -> Checked:
    """G1: at most one server is active, every server answers."""
    verdict = judge(situation.reads, "at_most_one")
    hold = {"hold_pending", "hold_broken"}  # a crash leaves these; the plan completes or mends them
    fails = [each for each in verdict.refusals if each.code not in (*hold, "same_machine", "other_tenant")]
    return fails, [], f"active: {', '.join(verdict.active) or 'nobody'}"


def identity(situation: Situation) -> Checked:
    """G3: one tenant, distinct machines."""
    verdict = judge(situation.reads, "at_most_one")
    fails = [each for each in verdict.refusals if each.code in ("same_machine", "other_tenant")]
    return fails, [], f"tenant {situation.target.tenant or 'unknown'}, {len(situation.reads)} machines"


def budget(situation: Situation) -> Checked:
    """G4: pending exports of the target are inside the budget."""
    target = situation.target
    if not situation.switching or role_of(target).name != "staging":
        return [], [], "nothing is promoted from here" if not situation.switching else "measured again when the target runs"
    return over_budget(target, situation.options.get("max_pending") or {}), [], summary(target)


def last_runs(situation: Situation) -> Checked:
    """G6: the last runs ended well."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    seen = 0
    for name, read in sorted(situation.reads.items()):
        if down_by_us(read):
            continue
        if read.runs is None:
            fails.append(Refusal("runs_unread", name, {"detail": ""}))
            continue
        engine = facts_of(read).engine
        old = engine is not None and engine < SYNC_STOPPED_BELOW
        for step in read.runs:
            seen += 1
            result = step.step_result or step.result
            if not result or result in GOOD or result in STOPPED_BY_US or result == "in-progress":
                continue
            matters = name == situation.goal.active or is_export(step)
            told = Refusal("last_run_failed", name, {"connector": step.connector, "result": result})
            (fails if matters and not old else warns).append(told)
    return fails, warns, f"{seen} last runs looked at"


def fresh(situation: Situation) -> Checked:
    """G7: the target has synchronised recently."""
    target = situation.target
    if not situation.switching or role_of(target).name != "staging" or situation.goal.active in situation.upgrading:
        return [], [], "judged after the target's next cycle"
    ends = [step.ended for step in target.runs or [] if (step.step_result or step.result) in GOOD and not is_export(step) and step.ended]
    now, last = _time(target.now), _time(max(ends, default=""))
    if now is None or last is None:
        return [Refusal("runs_unread", target.name, {"detail": "no successful import or synchronisation in the run history"})], [], "unknown"
    age = now - last
    if age > FRESH:
        return [Refusal("not_fresh", target.name, {"age": _words(age), "limit": _words(FRESH)})], [], _words(age)
    return [], [], f"the target's last good run ended {_words(age)} ago"


def version(situation: Situation) -> Checked:
    """G8: versions fit."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    goal = situation.goal
    wanted = Version.maybe(goal.version)
    if wanted is not None and situation.upgrading:
        bad = support_of(wanted)["known_bad"]
        if bad:
            fails.append(Refusal("known_bad", "", {"version": str(wanted), "why": bad}))
    former = situation.reads.get(goal.former)
    older = former is not None and situation.switching and goal.active not in situation.upgrading
    if older and former is not None and role_of(former).name == "active":
        mine, theirs = facts_of(situation.target).engine, facts_of(former).engine
        if mine is not None and theirs is not None and mine < theirs:
            params = {"found": str(mine), "active": str(theirs)}
            returning = any(read.goal is not None and read.goal.former == goal.active for read in situation.reads.values())
            (warns if returning or goal.order == "switch_first" else fails).append(Refusal("target_older", goal.active, params))
    text = ", ".join(f"{name} {facts_of(read).engine_text or 'unknown'}" for name, read in sorted(situation.reads.items()))
    return fails, warns, text


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
    unread = [name for name, read in sorted(situation.reads.items()) if not read.auto_upgrade and not down_by_us(read)]
    return [Refusal("auto_upgrade_unread", name) for name in unread], [], "frozen for the window, restored as found"


def full_sync(situation: Situation) -> Checked:
    """G13: no full synchronisation is queued."""
    target = situation.target
    if not situation.switching or target.overrides is None:
        return [], [], "nothing is promoted from here" if not situation.switching else "not readable while held"
    queued = [each for each in target.overrides if each.full_import or each.full_sync]
    fails = [Refusal("full_sync_queued", target.name, {"connector": each.connector}) for each in queued]
    return ([] if situation.goal.active in situation.upgrading else fails), [], f"{len(queued)} queued"


def moving_features(situation: Situation) -> Checked:
    """G19: features that move with the role."""
    hashes = any(read.password_sync for read in situation.reads.values())
    writeback = any(read.password_writeback for read in situation.reads.values())
    moving = ["exports", *(["password hashes"] if hashes else []), *(["password writeback"] if writeback else [])]
    return [], [], f"pause while nobody is active: {', '.join(moving)}" if situation.switching else "nothing pauses"


def scheduler_on(situation: Situation) -> Checked:
    """scheduler_on: the target's scheduler is on."""
    target = situation.target
    if not situation.switching or hold_state(target) != "none" or any(each.name == "scheduler" for each in target.found):
        return [], [], "nothing is promoted from here" if not situation.switching else "restored at its release"
    if target.sync_cycle_enabled is True:
        return [], [], "on"
    return [Refusal("scheduler_off", target.name)], [], "off" if target.sync_cycle_enabled is False else "not readable"


def operator(situation: Situation) -> Checked:
    """operator: a person is ready where a wizard is needed."""
    if not situation.wizard_for:
        return [], [], "no wizard is needed"
    ready = situation.options.get("operator_ready")
    said = "; ".join(situation.wizard_for)
    return ([] if ready else [Refusal("operator_not_ready", situation.goal.active, {"what": said})]), [], said


def method(situation: Situation) -> Checked:
    """method: the method can work."""
    if not situation.switching:
        return [], [], "staging mode is not changed"
    fails: list[Refusal] = []
    changed = [
        name for name in (situation.goal.active, situation.goal.former) if name in situation.reads and role_of(situation.reads[name]).name != "held"
    ]
    for name in changed:
        read = situation.reads[name]
        if situation.goal.method == "settings":
            fails += settings_method(read)
        elif (facts_of(read).wizard or WIZARD_WORKS_FROM) < WIZARD_WORKS_FROM and name not in situation.upgrading:
            fails.append(Refusal("wizard_too_old", name, {"version": str(facts_of(read).wizard)}))
    note = "settings (unsupported by Microsoft; choosing it is your consent)" if situation.goal.method == "settings" else "wizard"
    return fails, [], note


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((text or "")[:19])
    except ValueError:
        return None


def _words(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{age.days} days" if age.days > 1 else f"{hours} h" if hours else f"{int(age.total_seconds() // 60)} min"
