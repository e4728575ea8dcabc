# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""operator: a run that waits for a wizard without a person stays at nobody active.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..operator_needs import needs
from ..refusals import Refusal
from ..situation import Situation
from ._gate import BEFORE, Check, Checked, Gate

GATE = Gate(
    id="operator",
    title="a person is ready where a wizard is needed",
    moments=(BEFORE,),
    reads="The plan: which steps need a person at a wizard; the variable entra_connect_operator_ready.",
    verdict="Fails where a wizard is needed and nobody said that a person is ready.",
    todo="Have ready what the refusal lists (sessions, role, MSI, how many wizards, about how long), then set entra_connect_operator_ready.",
    protects="L1",
    why="A plan that needs a person, without one.",
    shows=("operator_not_ready",),
    checks=(Check(("operator_not_ready",), "A run that waits for a wizard without a person stays at nobody active."),),
)


def check(situation: Situation) -> Checked:
    """A person is ready where a wizard is needed."""
    if not situation.plan.wizard_for:
        return [], [], "no wizard is needed"
    said = "; ".join(situation.plan.wizard_for)
    if situation.options.get("operator_ready"):
        return [], [], said
    upgraded = [name for phase in situation.plan.phases if phase.kind != "switch" for name in phase.servers]
    switches = [phase for phase in situation.plan.phases if phase.kind == "switch" and situation.goal.method == "wizard"]
    staged = [name for phase in switches for name in (phase.former, phase.target) if name]
    ready = needs(upgraded, staged, str(situation.options.get("msi") or ""))
    return [Refusal("operator_not_ready", situation.goal.active, {"what": said, "ready": ready})], [], said
