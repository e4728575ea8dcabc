# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G6: runs that ended badly make the counts of the target worthless.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..cycles import GOOD, is_export
from ..refusals import Refusal
from ..roles import role_of, shut_off_by_us
from ..situation import Situation
from ..versions import Version, facts_of
from ._facts import judged
from ._gate import BEFORE, Check, Checked, Gate, Said

# The cloud service stopped older versions on 30 September 2026: a failing run of such a former active server is no surprise.
SYNC_STOPPED_BELOW = Version(2, 5, 79, 0)
STOPPED_BY_US = frozenset({"stopped-user-termination-from-wmi-or-ui", "stopped-service-shutdown"})
GATE = Gate(
    id="G6",
    title="the last runs ended well",
    moments=(BEFORE,),
    reads="The last run of each profile of each connector, on every server.",
    verdict="Fails for the target and for the active server's exports; else, with an old version or an empty history, it warns. So it does where a "
    "run goes on or goes back, whose own cycle is judged before anybody is demoted or promoted.",
    todo="Look at Operations in the Synchronization Service Manager and put right what the run says; then run a cycle there, or wait for the "
    "scheduler's next one.",
    protects="S5",
    why="A switch to a server whose runs fail.",
    shows=("runs_unread", "last_run_failed"),
    codes={
        "last_run_failed": Said(
            "The last run of {connector} on {server} ended with {result}.",
            "Put right what Operations in the Synchronization Service Manager of {server} says. Then run a cycle there (ansible {server} -m "
            "hybrid_identity.entra_connect.adsync_sync_cycle -a policy_type=delta) or wait for its scheduler's next one, and run the same command "
            "again.",
        ),
        "runs_unread": Said("The run history of {server} cannot be read.", "On {server} run Get-ADSyncRunProfileResult and put right what it says."),
    },
    checks=(
        Check(("runs_unread",), "Without a history nobody can tell what the target's counts are worth."),
        Check(("last_run_failed",), "A target whose runs fail has counts that are worth nothing, or cannot export."),
    ),
)


def check(situation: Situation) -> Checked:
    """The last runs ended well."""
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
    return judged(situation, fails, warns, f"{seen} last runs looked at")
