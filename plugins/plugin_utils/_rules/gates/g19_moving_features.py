# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G19: what pauses while nobody is active. It only tells.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..situation import Situation
from ._gate import BEFORE, Checked, Gate

GATE = Gate(
    id="G19",
    title="features that move with the role",
    moments=(BEFORE,),
    reads="Password hash synchronisation and password writeback, on every server.",
    verdict="Never fails: it tells what pauses from the demotion to the promotion.",
    todo="Nothing; tell those who depend on it.",
)


def check(situation: Situation) -> Checked:
    """Features that move with the role."""
    hashes = any(read.password_sync for read in situation.reads.values())
    writeback = any(read.writeback for read in situation.reads.values())
    moving = ["exports", *(["password hashes"] if hashes else []), *(["password writeback"] if writeback else [])]
    return [], [], f"pause while nobody is active: {', '.join(moving)}" if situation.plan.switching else "nothing pauses"
