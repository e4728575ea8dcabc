# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions about claims: may one be taken, with which epoch, in which order (design, sections 2, 3 and 5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .declared import NOBODY, Declared
from .fences import fenced, silent
from .goal import Goal, goal_in_force
from .invariant import other_tenant, same_machine
from .reads import ServerRead, Token
from .record import GoalRecord
from .refusals import Refusal

Reads = Mapping[str, ServerRead]
MOST_OF_A_REASON = 200  # characters in a journal's line
UNREAD = "unread:"  # before the name of a member whose machine id nobody could read

__all__ = ["added", "goal_in_force", "may_take", "members", "membership", "next_epoch", "order", "overridden", "restored", "standing"]


def next_epoch(reads: Reads) -> int:
    """One more than the highest epoch that any server has seen."""
    tokens = [each.token for read in reads.values() for each in (read.claim, read.goal, read.promotion) if each is not None]
    return 1 + max((token.epoch for token in tokens), default=0)


def order(reads: Reads) -> list[str]:
    """Names by machine id: two operators start with the same server, so it decides between them."""
    return sorted(reads, key=lambda name: (reads[name].machine_id or "", name))


def overridden(overrides: Mapping[str, Any]) -> str:
    """The overrides of gates as one line for the servers' journals; empty where there are none."""
    reasons = [f"{gate} ({' '.join(str(reason).split())[:MOST_OF_A_REASON]})" for gate, reason in sorted(overrides.items())]
    return f"overridden: {'; '.join(reasons)}" if reasons else ""


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


def may_take(
    reads: Reads,
    goal: Goal,
    take_over: bool,
    out: Mapping[str, Declared] = NOBODY,
    own: Token | None = None,
    brought_back: Collection[str] = (),
) -> list[Refusal]:
    """What stands against claiming all servers for a goal, but those that are declared out.

    A claim that is ended or no longer live is taken over without asking; a live one needs ``take_over``.

    Args:
        own: the claim that the new one follows in the same run; where it no longer stands, somebody else has been at work meanwhile.
        brought_back: servers whose snapshot was brought back under ``own``, and with it an older claim.
    """
    refusals = silent(reads) + same_machine(reads) + other_tenant(reads) + membership(reads, out)
    if own is not None:
        refusals += [
            Refusal("claim_changed", name, {"detail": f"{read.token or 'no claim'} stands there instead of {own}"})
            for name, read in sorted(reads.items())
            if read.answered and not _follows(read, own, name in brought_back)
        ]
    for name, read in sorted(reads.items()):
        if read.answered and read.record_read is not True:
            refusals.append(Refusal("record_unreadable", name, {"detail": read.record_error or "the record could not be read"}))
        if read.answered and not read.machine_id:
            refusals.append(Refusal("machine_unread", name))
    if not take_over and own is None:
        for name, read in standing(reads):
            claim = read.claim
            if claim is not None:
                refusals.append(Refusal("claim_live", name, {"detail": f"{claim.who} holds it since {claim.since} with token {claim.token}"}))
    if goal.active and goal.active not in reads:
        refusals.append(Refusal("not_a_member", goal.active, {"members": ", ".join(sorted(reads))}))
    return refusals


def _follows(read: ServerRead, own: Token, brought_back: bool) -> bool:
    if read.claim is None:
        return brought_back
    return (read.claim.token == own and not read.claim.ended) or (brought_back and read.claim.token.epoch < own.epoch)


def added(reads: Reads) -> list[str]:
    """Servers that the last goal did not know, by name. One that was declared out is known, though no run could read its machine id."""
    kept, known = goal_in_force(reads), fenced(reads)
    if kept is None or not kept.members:
        return []
    by_name = {*known, *(machine.removeprefix(UNREAD) for machine in kept.members if machine.startswith(UNREAD))}
    return sorted(name for name, read in reads.items() if read.machine_id and read.machine_id not in kept.members and name not in by_name)


def members(reads: Reads, out: Mapping[str, Declared]) -> list[tuple[str, str]]:
    """Machine id and name of every member, sorted; of a server that is declared out as the last goal knew them, so that nobody edits it away.

    Where that goal did not know it, its name stands for the machine id that nobody could read.
    """
    present = {read.machine_id: name for name, read in reads.items() if read.machine_id}
    kept = [each for each in _known(goal_in_force(reads), reads) if each[0] not in present] if out else []
    known = {name for _machine, name in kept}
    unread = [(f"{UNREAD}{name}", name) for name in out if name not in known and "" not in known]
    return sorted([*present.items(), *kept, *unread])


def membership(reads: Reads, out: Mapping[str, Declared] = NOBODY) -> list[Refusal]:
    """A run that misses a server of the last goal refuses, unless it is declared out; one more is accepted only once that goal is done."""
    kept, fences = goal_in_force(reads), fenced(reads)
    away = [name for name in fences if name not in reads and name not in out]
    refusals = [Refusal("member_missing", "", {"detail": f"{name}, which was declared out"}) for name in away]
    if kept is None or not kept.members:
        return refusals
    present = {read.machine_id for read in reads.values() if read.machine_id}
    lost = [(machine, name) for machine, name in _known(kept, reads) if machine not in present and name not in out]
    lost = [each for each in lost if each[1] not in fences or each[1] not in reads]  # it died, and was built anew under its name
    nameless = [each for each in lost if not each[1]]
    if len(nameless) <= len(out):  # a record of an earlier version has no names
        lost = [each for each in lost if each[1]]
    if lost and all(read.answered for read in reads.values()):
        refusals.append(Refusal("member_missing", "", {"detail": ", ".join(f"{machine} ({name})" if name else machine for machine, name in lost)}))
    if kept.outcome != "done":
        refusals += [Refusal("member_added", name) for name in added(reads)]
    tenants = {read.tenant for read in reads.values() if read.tenant}
    if kept.tenant and tenants and kept.tenant not in tenants:
        refusals.append(Refusal("other_tenant", "", {"detail": f"the records say {kept.tenant}, the connectors say {', '.join(sorted(tenants))}"}))
    return refusals


def _known(kept: GoalRecord | None, reads: Reads) -> list[tuple[str, str]]:
    """Machine id and name of each member of a goal; no names where they were not kept. One that nobody could read is known once it was."""
    if kept is None:
        return []
    names = kept.member_names if len(kept.member_names) == len(kept.members) else [""] * len(kept.members)
    known = sorted(zip(kept.members, names, strict=True))
    return [each for each in known if not (each[0].startswith(UNREAD) and each[1] in reads and reads[each[1]].machine_id)]
