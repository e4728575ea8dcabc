# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcomes of a run, in one word each, and the exit class of each (safety.md 5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

OUTCOMES: dict[str, int] = {
    "already": 0,
    "done": 0,
    "planned": 0,
    "refused": 10,
    "stopped_zero_active": 20,
    "needs_operator": 21,
    "incomplete": 22,
    "unknown": 30,
    "split": 40,
}


def outcome_rc(outcome: str) -> int:
    """The number for a caller that needs one; ansible-playbook itself can only exit 0, 2 or 4."""
    return OUTCOMES[outcome]


def after_failure(outcome: str, active: list[str], all_answered: bool, claimed: bool) -> str:
    """What a run has become when one of its tasks failed with ``outcome``.

    Args:
        active: servers that read as active now.
        all_answered: whether of every declared server its role is known, or that its service is down.
        claimed: whether the run had taken its claim, after which nothing is called refused any more (S6).
    """
    if len(active) > 1:
        return "split"
    if outcome in ("unknown", "needs_operator") or not claimed:
        return outcome
    if all_answered and not active:
        return "stopped_zero_active"
    return "incomplete" if all_answered else "unknown"
