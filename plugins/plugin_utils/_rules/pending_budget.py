# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server would export in detail, against its budget by kind and by attribute (gate G4).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .budget import attribute_limits, kinds_over
from .pending import ConnectorPending, PendingRead, watched
from .refusals import Refusal


def judge_pending(read: PendingRead, max_pending: Mapping[str, Any]) -> tuple[list[Refusal], list[Refusal]]:
    """What stands against a promotion of this server in its pending exports, and what only has to be seen.

    After an upgrade an attribute on nearly all objects is normal (adsync.md 2.10): updates are judged by attribute, and only where a budget says so.
    """
    if not read.read:
        return [Refusal("pending_unread", read.server, {"detail": read.reason or "nothing was read"})], []
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    for each in read.connectors:
        if each.error:
            fails.append(Refusal("pending_unread", read.server, {"detail": f"{each.connector}: {each.error}"}))
            continue
        fails += kinds_over(read.server, each, max_pending)
        if each.disagrees:
            params = {"connector": each.connector, "statistics": each.deletes, "csexport": each.detail_deletes}
            fails.append(Refusal("pending_disagrees", read.server, params))
        more, told = _attributes(read, each, attribute_limits(max_pending))
        fails, warns = fails + more, warns + told
    return fails, warns


def _attributes(read: PendingRead, each: ConnectorPending, budget: Mapping[str, int]) -> tuple[list[Refusal], list[Refusal]]:
    if not each.detail or each.unreadable:
        detail = each.detail_error or (f"{each.unreadable} objects could not be read" if each.unreadable else "it was not asked for")
        unread = [Refusal("pending_detail_unread", read.server, {"connector": each.connector, "detail": detail})]
        nothing_updated = each.updates == 0 and not each.disagrees
        if budget and not nothing_updated:
            return unread, []
        return [], unread if read.detailed else []
    return _over(read.server, each, budget), _touched(read.server, each, budget)


def _over(server: str, each: ConnectorPending, budget: Mapping[str, int]) -> list[Refusal]:
    counts = {name: each.touched(name) for name in budget}
    return [
        Refusal("attribute_over_budget", server, {"connector": each.connector, "attribute": name, "count": counts[name], "limit": limit})
        for name, limit in budget.items()
        if counts[name] > limit
    ]


def _touched(server: str, each: ConnectorPending, budget: Mapping[str, int]) -> list[Refusal]:
    """Watched attributes for which the user has given no number, where they are touched at all."""
    budgeted = {name.lower() for name in budget}
    counts = {name: each.touched(name) for name in watched() if name.lower() not in budgeted}
    return [
        Refusal("attribute_touched", server, {"connector": each.connector, "attribute": name, "count": count, "why": watched()[name]})
        for name, count in counts.items()
        if count
    ]
