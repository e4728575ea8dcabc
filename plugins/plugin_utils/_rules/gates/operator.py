# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""operator: a run that waits for a wizard without a person stays at nobody active.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ._gate import BEFORE, Check, Checked, Gate

GATE = Gate(
    id="operator",
    title="a person is ready where a wizard is needed",
    moments=(BEFORE,),
    reads="The plan: which steps need a person at a wizard; the variable entra_connect_operator_ready.",
    verdict="Fails where a wizard is needed and nobody said that a person is ready.",
    todo="Have a console on the server and the accounts ready, then set entra_connect_operator_ready.",
    protects="L1",
    why="A plan that needs a person, without one.",
    shows=("operator_not_ready",),
    checks=(Check(("operator_not_ready",), "A run that waits for a wizard without a person stays at nobody active."),),
)


def check(situation: Situation) -> Checked:
    """A person is ready where a wizard is needed."""
    if not situation.plan.wizard_for:
        return [], [], "no wizard is needed"
    ready = situation.options.get("operator_ready")
    said = "; ".join(situation.plan.wizard_for)
    return ([] if ready else [Refusal("operator_not_ready", situation.goal.active, {"what": said})]), [], said
