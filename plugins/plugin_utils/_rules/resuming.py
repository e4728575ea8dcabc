# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a run is a new one, goes on with one that did not finish, or goes back. A new one is refused where a gate fails; one that goes on or back
must be able to end, since nobody may be active while it stands still (L1).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from .goal import Goal, goal_in_force
from .reads import ServerRead
from .rollback import VERB

NEW, GOES_ON, GOES_BACK = "", "goes on with one that did not finish", "goes back"


def resumes(reads: Mapping[str, ServerRead], goal: Goal) -> str:
    """What a run with this goal is, judged before it claims anything: ``NEW``, ``GOES_ON`` or ``GOES_BACK``.

    It goes on where the goal in force is not done, was set by a playbook, whose gates passed then, and wants the same server active. It goes back
    where it is a rollback, or where the server that was active when a goal was set that is not done is to be so again. A version that the goal in
    force does not want makes a new run of either. After a goal that is done, a switch to the former active server is a new run: with two servers
    every switch is one.
    """
    if goal.verb == VERB:
        return GOES_BACK
    kept = goal_in_force(reads)
    if kept is None or kept.outcome == "done" or goal.version not in ("", kept.version):
        return NEW
    if goal.active == kept.active:
        return GOES_ON if kept.verb else NEW
    return GOES_BACK if goal.active == kept.former else NEW
