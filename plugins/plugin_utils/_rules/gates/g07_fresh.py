# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G7: an old database exports old values over new ones.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from datetime import timedelta

from ..ages import moment, words
from ..cycles import GOOD, is_export, is_kind
from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ..thresholds import threshold
from ._gate import BEFORE, BETWEEN, Check, Checked, Gate, Said
from ._words import otherwise

GATE = Gate(
    id="G7",
    title="the target has synchronised recently",
    moments=(BEFORE, BETWEEN),
    reads="The end of the last good import or synchronisation of each server that is promoted; between, the runs of its cycle since the demotion.",
    verdict="Fails where it is over fresh_days ago or unknown (upgraded or held first: later); between, without a good import and synchronisation.",
    todo="Run a delta cycle on the target and look at what it says.",
    protects="S5",
    why="A switch to a server that has not synchronised for long.",
    thresholds=("fresh_days",),
    shows=("not_fresh", "not_caught_up"),
    codes={
        "not_fresh": Said(
            "The last successful import and synchronisation on {server} is {age} old, at most {limit} is allowed.",
            "Run ansible {server} -m hybrid_identity.entra_connect.adsync_sync_cycle -a policy_type=delta.",
        ),
        "not_caught_up": Said(
            "Since the demotion {server} has run no good {missing}, so that what it would export is not known.",
            "Run the same command again; a cycle on {server} comes first.",
        ),
        "catch_up_unread": Said(
            "Whether {server} has run a cycle since the demotion was not checked.",
            "Give the runs of its cycle as evidence (catch_up), as the role switch does.",
        ),
    },
    checks=(
        Check(("not_caught_up",), "What changed since the demotion would be exported without having been counted.", "_caught_up"),
        Check(("catch_up_unread",), "Only told: nobody has said which cycle was run since.", "_caught_up"),
        Check(("runs_unread",), "Without a run that ended well its database may be of any age."),
        Check(("not_fresh",), "An old database exports old values over new ones."),
    ),
)


def check(situation: Situation) -> Checked:
    """The target has synchronised recently; while nobody is active, with a cycle that began after the demotion."""
    if situation.moment == BETWEEN:
        return _caught_up(situation)
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
        limit = timedelta(days=threshold(situation.options, "fresh_days"))
        if age > limit:
            fails.append(Refusal("not_fresh", target.name, {"age": words(age), "limit": words(limit)}))
    return fails, [], "; ".join(ages) or otherwise(situation, "judged after the target's next cycle")


def _caught_up(situation: Situation) -> Checked:
    """By the runs of the cycle that the run itself has started after the demotion, so that no two clocks are compared."""
    target, runs = situation.goal.active, situation.evidence.get("catch_up")
    if runs is None:
        return [], [Refusal("catch_up_unread", target)], "not checked"
    kinds = {kind: [run for run in runs if is_kind(run.get("step_type") or "", run.get("profile") or "", kind)] for kind in ("import", "sync")}
    missing = [kind for kind, found in kinds.items() if not found or any(run.get("result") not in GOOD for run in found)]
    fails = [Refusal("not_caught_up", target, {"missing": " and no good ".join(missing)})] if missing else []
    return fails, [], f"{len(runs)} runs on {target} since the demotion"
