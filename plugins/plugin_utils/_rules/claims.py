# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions about claims: may one be taken, with which epoch, in which order (design, sections 2, 3 and 5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from .goal import Goal, goal_in_force
from .invariant import other_tenant, same_machine
from .reads import ServerRead
from .refusals import Refusal

Reads = Mapping[str, ServerRead]

__all__ = ["added", "goal_in_force", "may_take", "membership", "next_epoch", "order", "restored", "standing"]


def next_epoch(reads: Reads) -> int:
    """One more than the highest epoch that any server has seen."""
    tokens = [each.token for read in reads.values() for each in (read.claim, read.goal, read.promotion) if each is not None]
    return 1 + max((token.epoch for token in tokens), default=0)


def order(reads: Reads) -> list[str]:
    """Names by machine id: two operators start with the same server, so it decides between them."""
    return sorted(reads, key=lambda name: (reads[name].machine_id or "", name))


def restored(reads: Reads) -> dict[str, int]:
    """Servers that were restored or rebuilt, with the number of the last switch: theirs is lower than their peers', and that number is
    not still being distributed by a run that did not finish.
    """
    highest = max((read.serial for read in reads.values()), default=0)
    kept = goal_in_force(reads)
    # a promotion older than that goal came back with a snapshot of the machine: nobody proves it any more
    open_promotion = any(read.promotion is not None and (kept is None or read.promotion.token >= kept.token) for read in reads.values())
    distributing = open_promotion or (kept is not None and kept.outcome != "done")
    return {} if distributing else {name: highest for name, read in reads.items() if read.answered and read.serial < highest}


def standing(reads: Reads) -> list[tuple[str, ServerRead]]:
    """Servers with a live claim."""
    return [(name, read) for name, read in sorted(reads.items()) if read.claim is not None and read.claim.live]


def may_take(reads: Reads, goal: Goal, take_over: bool) -> list[Refusal]:
    """What stands against claiming all servers for a goal.

    A claim that is ended or no longer live is taken over without asking; a live one needs ``take_over``.
    """
    refusals = [
        Refusal(read.silent_kind or "unreachable", name, {"detail": read.silent_message}) for name, read in sorted(reads.items()) if not read.answered
    ]
    refusals += same_machine(reads) + other_tenant(reads) + membership(reads)
    for name, read in sorted(reads.items()):
        if read.answered and read.record_read is not True:
            refusals.append(Refusal("record_unreadable", name, {"detail": read.record_error or "the record could not be read"}))
        if read.answered and not read.machine_id:
            refusals.append(Refusal("machine_unread", name))
    if not take_over:
        for name, read in standing(reads):
            claim = read.claim
            if claim is not None:
                refusals.append(Refusal("claim_live", name, {"detail": f"{claim.who} holds it since {claim.since} with token {claim.token}"}))
    if goal.active and goal.active not in reads:
        refusals.append(Refusal("not_a_member", goal.active, {"members": ", ".join(sorted(reads))}))
    return refusals


def added(reads: Reads) -> list[str]:
    """Servers that the last goal did not know, by name."""
    kept = goal_in_force(reads)
    return sorted(name for name, read in reads.items() if read.machine_id and kept and kept.members and read.machine_id not in kept.members)


def membership(reads: Reads) -> list[Refusal]:
    """A run that misses a server of the last goal refuses; one more is accepted only once that goal is done."""
    kept = goal_in_force(reads)
    if kept is None or not kept.members:
        return []
    present = {read.machine_id for read in reads.values() if read.machine_id}
    refusals = []
    missing = sorted(set(kept.members) - present)
    if missing and all(read.answered for read in reads.values()):
        refusals.append(Refusal("member_missing", "", {"detail": ", ".join(missing)}))
    if kept.outcome != "done":
        refusals += [Refusal("member_added", name) for name in added(reads)]
    tenants = {read.tenant for read in reads.values() if read.tenant}
    if kept.tenant and tenants and kept.tenant not in tenants:
        refusals.append(Refusal("other_tenant", "", {"detail": f"the records say {kept.tenant}, the connectors say {', '.join(sorted(tenants))}"}))
    return refusals
