# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wanted end state of a topology, from what was asked and what an earlier run left (design, section 5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .reads import ServerRead
from .record import GoalRecord
from .roles import role_of
from .versions import Version, facts_of


@dataclass(frozen=True)
class Goal:
    """Which server is to be active, who was, which version all are to have (empty: versions are no part of it), and which playbook wants it."""

    active: str
    former: str
    version: str
    order: str
    method: str
    verb: str = ""


def goal_in_force(reads: Mapping[str, ServerRead]) -> GoalRecord | None:
    """The goal of the highest complete epoch on any server; claims on single servers keep it.

    Where servers disagree on how it ended, who knows the end counts: one that was restored since still has it as open.
    """
    goals = [read.goal for read in reads.values() if read.goal is not None]
    return max(goals, key=lambda goal: (goal.token, goal.outcome == "done", goal.outcome != "")) if goals else None


def left_open(reads: Mapping[str, ServerRead]) -> bool:
    """Whether the goal in force is not done on every server, although everything may be as wanted: left open on one it would stay so for ever."""
    kept = goal_in_force(reads)
    return kept is not None and any(read.goal.outcome != "done" for read in reads.values() if read.goal is not None and read.goal.token == kept.token)


def derive(reads: Mapping[str, ServerRead], options: Mapping[str, Any]) -> Goal:
    """The goal of a run: what the options say, else what an unfinished run left, else the defaults of the design.

    A claim that ended ``done`` leaves only its version; one that stopped leaves all of it.
    """
    kept = goal_in_force(reads)
    unfinished = kept if kept and kept.outcome != "done" else None
    version = ""
    if options.get("upgrade", True):
        version = options.get("version") or (kept.version if kept else "") or ""
    roles = {name: role_of(read).name for name, read in reads.items()}
    now_active = next((name for name, role in roles.items() if role == "active"), "")
    order = options.get("order") or (unfinished.order if unfinished else "") or "staging_first"
    active = options.get("active") or (unfinished.active if unfinished else "") or _default_active(reads, roles, now_active, version, order)
    former = former_of(now_active, active, kept)
    return Goal(
        active,
        former,
        version,
        order,
        options.get("method") or (unfinished.method if unfinished else "") or "wizard",
        options.get("verb") or "",
    )


def former_of(now_active: str, wanted: str, kept: GoalRecord | None) -> str:
    """Who was active when the goal was set: of an unfinished goal that goes on, what it says; else who is active now."""
    goes_on = kept is not None and kept.outcome != "done" and kept.active == wanted
    return (kept.former if kept and goes_on else "") or now_active or (kept.former if kept else "")


def _default_active(reads: Mapping[str, ServerRead], roles: Mapping[str, str], now_active: str, version: str, order: str) -> str:
    if not now_active:
        return ""
    engine = facts_of(reads[now_active]).engine
    if not version or (engine is not None and engine >= Version.parse(version)) or order == "switch_first":
        return now_active  # switch_first ends where it began: another server stands in meanwhile
    return next((name for name, role in sorted(roles.items()) if role in ("staging", "held")), now_active)
