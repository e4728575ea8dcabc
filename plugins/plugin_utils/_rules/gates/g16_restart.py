# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G16: a restart that Windows waits for may come in the middle, and installers refuse to work before it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ..versions import facts_of
from ._facts import judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G16",
    title="no restart is pending",
    moments=(BEFORE,),
    reads="What Windows notes of a restart to come, on every server: component servicing, Windows Update, files to be renamed.",
    verdict="Fails for a server that is upgraded, unless its own upgrade was begun; else it warns.",
    todo="Restart the server in a quiet moment, then run the same command again.",
    protects="L1",
    why="An upgrade that Windows interrupts, or refuses to begin.",
    shows=("restart_pending",),
    codes={"restart_pending": Said("{server} waits for a restart ({why}).", "Restart {server}, then run the same command again.")},
    checks=(Check(("restart_pending",), "An installer on a server that waits for a restart ends half-way or not at all."),),
)


def check(situation: Situation) -> Checked:
    """No restart is pending."""
    fails: list[Refusal] = []
    warns = not_checked(situation, "whether a restart is pending", lambda facts: facts.reboot_pending is not None)
    waiting: list[str] = []
    for read, facts in running(situation):
        if facts.reboot_pending:
            waiting.append(read.name)
            # an installer of ours may have asked for it: then the upgrade that was begun says what to do
            strict = read.name in situation.plan.upgrading and not facts_of(read).pending_wizard
            (fails if strict else warns).append(Refusal("restart_pending", read.name, {"why": ", ".join(facts.reboot_reasons or []) or "unknown"}))
    return judged(situation, fails, warns, f"waiting: {', '.join(waiting) or 'none'}")
