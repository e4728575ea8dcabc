# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G17: a clock that is off makes the order of events unreadable, and Kerberos fails.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ..thresholds import threshold
from ._facts import judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G17",
    title="the clocks agree",
    moments=(BEFORE,),
    reads="The time of every server against the controller's, less the way of the answer.",
    verdict="Warns from clock_warn_seconds on, fails from clock_fail_seconds on. Nothing that keeps two servers from exporting rests on clocks.",
    todo="Set the clocks of servers and controller by one source.",
    protects="L1",
    why="A server whose clock is off cannot sign in for long, and its times in the report tell the wrong order.",
    shows=("clock_off",),
    thresholds=("clock_warn_seconds", "clock_fail_seconds"),
    codes={
        "clock_off": Said(
            "The clock of {server} is {seconds} s {way} that of the controller.", "Set both by one source of time (w32tm /resync on {server})."
        )
    },
    checks=(Check(("clock_off",), "A clock that is far off: tickets are refused, and times tell the wrong order."),),
)


def check(situation: Situation) -> Checked:
    """The clocks agree."""
    fails: list[Refusal] = []
    warns = not_checked(situation, "the clock", lambda facts: facts.clock_offset is not None)
    said: list[str] = []
    for read, facts in running(situation):
        if facts.clock_offset is None:
            continue
        seconds = abs(facts.clock_offset)
        said.append(f"{read.name} {facts.clock_offset:+.0f} s")
        if seconds > threshold(situation.options, "clock_warn_seconds"):
            off = seconds > threshold(situation.options, "clock_fail_seconds")
            way = "ahead of" if facts.clock_offset > 0 else "behind"
            (fails if off else warns).append(Refusal("clock_off", read.name, {"seconds": f"{seconds:.0f}", "way": way}))
    return judged(situation, fails, warns, ", ".join(said) or "not checked")
