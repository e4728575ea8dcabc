# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G7: an old database exports old values over new ones.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from datetime import timedelta

from ..ages import moment, words
from ..cycles import GOOD, is_export
from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ._gate import BEFORE, Check, Checked, Gate, Said
from ._words import otherwise

FRESH = timedelta(days=7)
GATE = Gate(
    id="G7",
    title="the target has synchronised recently",
    moments=(BEFORE,),
    reads="The end of the last successful import or synchronisation of each server that is promoted, by its own clock.",
    verdict="Fails where it is more than 7 days ago or not known. A server that is upgraded or held first is judged after its next cycle.",
    todo="Run a delta cycle on the target and look at what it says.",
    protects="S5",
    why="A switch to a server that has not synchronised for long.",
    shows=("not_fresh",),
    codes={
        "not_fresh": Said(
            "The last successful import and synchronisation on {server} is {age} old, at most {limit} is allowed.",
            "Run ansible {server} -m hybrid_identity.entra_connect.adsync_sync_cycle -a policy_type=delta.",
        ),
    },
    checks=(
        Check(("runs_unread",), "Without a run that ended well its database may be of any age."),
        Check(("not_fresh",), "An old database exports old values over new ones."),
    ),
)


def check(situation: Situation) -> Checked:
    """The target has synchronised recently."""
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
    return fails, [], "; ".join(ages) or otherwise(situation, "judged after the target's next cycle")
