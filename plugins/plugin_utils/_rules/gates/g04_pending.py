# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G4: what the target would export as its first act is what prevents real accidents.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..budget import over_budget, summary
from ..roles import role_of
from ..situation import Situation
from ._gate import BEFORE, Checked, Gate
from ._words import otherwise

GATE = Gate(
    id="G4",
    title="pending exports of the target are inside the budget",
    moments=(BEFORE,),
    reads="Pending exports of every connector of each server that is promoted, by the connector's statistics.",
    verdict="Fails where a count is above entra_connect_max_pending, or is not known. A server that is held is counted when it runs again.",
    todo="Look at them in the Synchronization Service Manager of the target; raise entra_connect_max_pending only where they are meant.",
    protects="S5",
    why="Early: what the target would export is looked at before anybody is demoted.",
    shows=("over_budget", "pending_unread"),
    covered_by=("promotion_judged", "plan_gates_passed"),
)


def check(situation: Situation) -> Checked:
    """Pending exports of the target are inside the budget."""
    staging = [read for read, _move in situation.asked if role_of(read).name == "staging"]
    fails = [each for read in staging for each in over_budget(read, situation.options.get("max_pending") or {})]
    return fails, [], "; ".join(map(summary, staging)) or otherwise(situation, "measured again when the target runs")
