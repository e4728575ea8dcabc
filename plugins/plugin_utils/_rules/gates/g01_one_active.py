# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G1: two active servers, or one that does not answer, are the state in which nothing may be changed.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..ages import held_for
from ..invariant import judge
from ..situation import Situation
from ._gate import AFTER, BEFORE, BETWEEN, Checked, Gate

GATE = Gate(
    id="G1",
    title="at most one server is active, every server answers",
    moments=(BEFORE, BETWEEN, AFTER),
    reads="Staging mode by both readings and the state of the service, on every declared server, fresh.",
    verdict="Fails where two are active, or a server does not answer or has no certain role. A hold that a crash left half done is no fail.",
    todo="Bring the server up that does not answer, or declare it out; with two active, demote one at once.",
    protects="S1",
    why="A plan from servers of which one is unknown, or two are active, would be wrong.",
    overridable=False,
    shows=("split", "unreachable", "role_unread", "readings_differ"),
    covered_by=("plan_roles_known",),
)


def check(situation: Situation) -> Checked:
    """At most one server is active, every server answers."""
    verdict = judge(situation.reads, "at_most_one")
    hold = {"hold_pending", "hold_broken"}  # a crash leaves these; the plan completes or mends them
    fails = [each for each in verdict.refusals if each.code not in (*hold, "same_machine", "other_tenant")]
    held = [f"{name} {held_for(read)}" for name, read in sorted(situation.reads.items()) if read.hold is not None]
    return fails, [], f"active: {', '.join(verdict.active) or 'nobody'}" + (f"; held: {', '.join(held)}" if held else "")
