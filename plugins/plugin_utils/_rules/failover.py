# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is to be active after a failover, and whether it is one (design, section 5; safety.md 3.4).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from .fences import fenced
from .goal import goal_in_force
from .reads import ServerRead
from .refusals import Refusal
from .roles import role_of

Reads = Mapping[str, ServerRead]


def target(reads: Reads, dead: str, wanted: str) -> str:
    """The server that takes over: the wanted one; else who has taken over already; else of an unfinished goal; else the first by name that can.

    Args:
        reads: of every server but the dead one.
        wanted: by the user; empty for none.
    """
    active = _active(reads)
    if wanted or (active and dead in fenced(reads)):
        return wanted or active
    kept = goal_in_force(reads)
    if kept is not None and kept.outcome != "done" and kept.active in reads:
        return kept.active  # a promotion of it may have been sent or asked for
    able = [name for name, read in sorted(reads.items()) if role_of(read).name in ("staging", "held")]
    return next((name for name in able if not reads[name].restored), able[0] if able else "")


def refusals(reads: Reads, dead: str, to: str) -> list[Refusal]:
    """A server that is active stands against a failover, unless it is the one that has taken over for this dead server."""
    active = _active(reads)
    if not active or (active == to and dead in fenced(reads)):
        return []
    return [Refusal("not_a_failover", dead, {"active": active})]


def _active(reads: Reads) -> str:
    return next((name for name, read in sorted(reads.items()) if role_of(read).name == "active"), "")
