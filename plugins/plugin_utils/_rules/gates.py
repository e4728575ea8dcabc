# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The named checks before a switch (safety.md 2.2): all run, all failures are listed at once. What each looks at is in gate_checks.py.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import gate_checks
from .gate_checks import Checked
from .refusals import Refusal
from .situation import Situation

NEVER_OVERRIDDEN = frozenset({"G1", "G3", "G10"})
GATES: tuple[tuple[str, str, Callable[[Situation], Checked]], ...] = (
    ("G1", "at most one server is active, every server answers", gate_checks.one_active),
    ("G3", "one tenant, distinct machines", gate_checks.identity),
    ("G4", "pending exports of the target are inside the budget", gate_checks.budget),
    ("G6", "the last runs ended well", gate_checks.last_runs),
    ("G7", "the target has synchronised recently", gate_checks.fresh),
    ("G8", "versions fit", gate_checks.version),
    ("G10", "nothing else is in progress", gate_checks.nothing_running),
    ("G12", "automatic upgrade can be frozen", gate_checks.auto_upgrade),
    ("G13", "no full synchronisation is queued", gate_checks.full_sync),
    ("G19", "features that move with the role", gate_checks.moving_features),
    ("scheduler_on", "the target's scheduler is on", gate_checks.scheduler_on),
    ("operator", "a person is ready where a wizard is needed", gate_checks.operator),
    ("method", "the method can work", gate_checks.method),
)


@dataclass(frozen=True)
class GateResult:
    """The verdict of one gate: ``pass``, ``warn`` or ``fail``, what it saw, and the refusals behind a fail or warn."""

    gate: str
    title: str
    verdict: str
    evidence: str
    refusals: tuple[Refusal, ...] = ()


def run_gates(situation: Situation) -> list[GateResult]:
    """Run every gate; overrides turn a fail into a warning, except for those that nothing overrides."""
    results = []
    overrides = situation.options.get("overrides") or {}
    for gate, title, check in GATES:
        fails, warns, evidence = check(situation)
        verdict = "fail" if fails else "warn" if warns else "pass"
        if verdict == "fail" and gate in overrides and gate not in NEVER_OVERRIDDEN:
            verdict, evidence = "warn", f"overridden: {overrides[gate]}; {evidence}"
        results.append(GateResult(gate, title, verdict, evidence, (*fails, *warns)))
    return results


def bad_overrides(overrides: Mapping[str, Any]) -> list[Refusal]:
    """Overrides of gates that do not exist or cannot be overridden, or without a reason."""
    known = {gate for gate, _title, _check in GATES}
    refusals = []
    for gate, reason in sorted(overrides.items()):
        if gate not in known:
            detail = f"there is no gate {gate}; write one of {', '.join(sorted(known - NEVER_OVERRIDDEN))}"
        elif gate in NEVER_OVERRIDDEN:
            detail = f"gate {gate} can never be overridden"
        elif not isinstance(reason, str) or not reason.strip():
            detail = f"the override of {gate} has no reason; write one as its value"
        else:
            continue
        refusals.append(Refusal("bad_override", "", {"detail": detail}))
    return refusals
