# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""scheduler_on: to turn the scheduler on may want a sign-in, with nobody active meanwhile.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ._gate import BEFORE, Check, Checked, Gate
from ._words import otherwise

GATE = Gate(
    id="scheduler_on",
    title="the target's scheduler is on",
    moments=(BEFORE,),
    reads="The scheduler of each server that is promoted.",
    verdict="Fails where it is off or not readable. One that we turned off ourselves, or that is held, is restored at its release.",
    todo="Turn the scheduler of the target on.",
    protects="L1",
    why="A switch to a server that would run no cycle.",
    shows=("scheduler_off",),
    checks=(Check(("scheduler_off",), "To turn it on may want a sign-in, with nobody active meanwhile."),),
)


def check(situation: Situation) -> Checked:
    """The target's scheduler is on."""
    targets = [read for read, _move in situation.asked if not any(each.name == "scheduler" for each in read.found)]
    fails = [Refusal("scheduler_off", read.name) for read in targets if read.sync_cycle_enabled is not True]
    said = ["on" if read.sync_cycle_enabled else "off" if read.sync_cycle_enabled is False else "not readable" for read in targets]
    return fails, [], ", ".join(said) or otherwise(situation, "restored at its release")
