# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G4: what the target would export as its first act is what prevents real accidents.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..budget import attribute_limits, over_budget, summary
from ..pending import PendingRead
from ..pending_budget import judge_pending
from ..reads import ServerRead
from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ._gate import BEFORE, BETWEEN, Check, Checked, Gate
from ._words import otherwise

GATE = Gate(
    id="G4",
    title="pending exports of the target are inside the budget",
    moments=(BEFORE, BETWEEN),
    reads=(
        "Pending exports of every connector of each server that is promoted, by the connector's statistics; which attributes they touch on how "
        "many objects, by csexport (`adsync_pending_export_info`). Again between demotion and promotion, after the cycle that began when nobody "
        "exported."
    ),
    verdict=(
        "Fails where a number is above entra_connect_max_pending or not known, where statistics and csexport tell different numbers of deletions, "
        "and where an attribute with a budget cannot be counted. Warns of watched attributes without a budget (userPrincipalName, sourceAnchor, "
        "onPremisesImmutableId, proxyAddresses, accountEnabled, member) that are touched, and of details that could not be read. Many updates alone "
        "are no failure: after an upgrade an attribute on nearly all objects is normal. A held server is counted when it runs again."
    ),
    todo="Look at them in the Synchronization Service Manager of the target; raise entra_connect_max_pending only where they are meant.",
    protects="S5",
    why="Early: what the target would export is looked at before anybody is demoted, and once more before it is promoted.",
    shows=("over_budget", "pending_unread", "attribute_over_budget", "pending_disagrees"),
    covered_by=("promotion_judged", "plan_gates_passed"),
    checks=(Check(("pending_detail_unread",), "Attributes that nobody has counted are inside no budget of them.", "_attributes_unread"),),
)


def check(situation: Situation) -> Checked:
    """Pending exports of the target are inside the budget."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    seen: list[str] = []
    for read, _move in situation.asked:
        if role_of(read).name != "staging":
            continue
        found = _detailed(situation, read.name)
        told, noticed = _judged(situation, read, found)
        fails, warns = fails + told, warns + noticed
        seen.append(f"{read.name}: {found.text()}" if found and found.read else summary(read))
    return fails, warns, "; ".join(seen) or otherwise(situation, "measured again when the target runs")


def _judged(situation: Situation, read: ServerRead, found: PendingRead | None) -> tuple[list[Refusal], list[Refusal]]:
    """By this moment's own read of the statistics in any case; by the details where there are some."""
    budget = situation.options.get("max_pending") or {}
    fails = over_budget(read, budget)
    if found is None or not found.read:
        unread = _attributes_unread(read.name, found.reason if found else "it was not checked")
        if attribute_limits(budget):
            return fails + unread, []
        return fails, unread if found else []
    told, warns = judge_pending(found, budget)
    return fails + [each for each in told if each not in fails], warns


def _attributes_unread(server: str, reason: str) -> list[Refusal]:
    return [Refusal("pending_detail_unread", server, {"connector": "every connector", "detail": reason})]


def _detailed(situation: Situation, server: str) -> PendingRead | None:
    """What `adsync_pending_export_info` found there; None where it was not asked."""
    kind = situation.evidence.get("pending")
    return PendingRead.from_value(server, kind[server]) if isinstance(kind, Mapping) and server in kind else None
