# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gates judge: reads of all servers, the goal, and the plan that leads there.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .goal import Goal
from .plan import Move, Plan
from .reads import ServerRead
from .roles import shut_off_by_us
from .versions import Version, facts_of


@dataclass(frozen=True)
class Situation:
    """What the gates judge.

    Attributes:
        reads: full reads of all servers.
        goal: the wanted end state.
        plan: what leads there.
        options: of ``adsync_plan``.
        evidence: what read-only modules found besides, by kind; one that is absent was not checked.
        moment: ``before`` anything changes, ``between`` demotion and promotion, ``after`` the switch, before a ``rejoin``.
    """

    reads: Mapping[str, ServerRead]
    goal: Goal
    plan: Plan
    options: Mapping[str, Any]
    evidence: Mapping[str, Any] = field(default_factory=dict)
    moment: str = "before"

    @property
    def promoted(self) -> list[tuple[ServerRead, Move]]:
        """Every server that the plan promotes, not only the wanted one: another may stand in for it."""
        return [(self.reads[move.server], move) for move in self.plan.promotions if move.server in self.reads]

    @property
    def asked(self) -> list[tuple[ServerRead, Move]]:
        """Those of them that can be asked now; one that is held, or behind our block, is judged again when it is released."""
        return [(read, move) for read, move in self.promoted if not shut_off_by_us(read)]

    @property
    def demoted(self) -> list[tuple[ServerRead, Move]]:
        """Every server that the plan demotes."""
        return [(self.reads[move.server], move) for move in self.plan.demotions if move.server in self.reads]

    def seen(self, kind: str) -> Any:
        """The evidence of a kind as of this moment: after the switch it was gathered once more, as ``KIND_after``."""
        return self.evidence.get(f"{kind}_after" if self.moment == "after" else kind)

    def engine_then(self, read: ServerRead, move: Move) -> Version | None:
        """The version that a server will have when its turn comes."""
        return Version.maybe(self.goal.version) if move.upgraded else facts_of(read).engine
