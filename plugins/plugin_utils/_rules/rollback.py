# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undo the last goal: which server is to be active again (design, section 5, "Wanted outcomes beside the swing").

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .goal import Goal, derive, goal_in_force
from .reads import ServerRead
from .record import GoalRecord
from .refusals import Refusal

VERB = "rollback"


def undone(reads: Mapping[str, ServerRead], options: Mapping[str, Any]) -> Goal:
    """The goal of a rollback, by the goal in force; versions are no part of it.

    The server that was active when that goal was set is to be so again. A rollback that was begun, or is done, keeps its target, so that a
    further one never goes forward again.
    """
    return derive(reads, {**options, "active": _target(goal_in_force(reads)), "upgrade": False, "verb": VERB})


def refusals(reads: Mapping[str, ServerRead], options: Mapping[str, Any]) -> list[Refusal]:
    """What stands against it: nobody is known to have been active, or another server is named."""
    target = _target(goal_in_force(reads))
    if not target:
        return [Refusal("nothing_to_roll_back")]
    if options.get("active") not in (None, "", target):
        return [Refusal("rollback_other_target", str(options["active"]), {"target": target})]
    return []


def told(kept: GoalRecord | None) -> str:
    """What a rollback undoes, for its plan; empty where it goes on with one."""
    if kept is None or kept.verb == VERB:
        return ""
    return f"this undoes {kept.verb or 'a claim by hand'}, which wanted {kept.active} to be active (token {kept.token})"


def _target(kept: GoalRecord | None) -> str:
    if kept is None:
        return ""
    return kept.active if kept.verb == VERB else kept.former
