# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gates share that judge evidence: whom they can judge by the prerequisites, when a fail is only told, and how fresh what they judge is.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..prerequisites import Prerequisites
from ..reads import ServerRead
from ..refusals import Refusal
from ..resuming import NEW, resumes
from ..roles import role_of, shut_off_by_us
from ..situation import Situation
from ._gate import AFTER, FIRST, REJOIN, Checked

KIND = "prerequisites"
Judge = Callable[[ServerRead, Prerequisites], Iterable[Refusal]]


def running(situation: Situation) -> Iterator[tuple[ServerRead, Prerequisites]]:
    """The servers that can be judged, with what was read of them; one that we shut off is judged when it runs again."""
    found = situation.evidence.get(KIND)
    for name, read in sorted(situation.reads.items()):
        values = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(values, Mapping) and not values.get("problem") and not shut_off_by_us(read):
            yield read, Prerequisites.of(values)


def targets(situation: Situation) -> Iterator[tuple[ServerRead, Prerequisites]]:
    """Those of them that are promoted."""
    promoted = {read.name for read, _move in situation.promoted}
    return ((read, facts) for read, facts in running(situation) if read.name in promoted)


def not_checked(situation: Situation, what: str, known: Callable[[Prerequisites], object], of: Iterable[str] | None = None) -> list[Refusal]:
    """A warning for each running server of which this was not read; what nobody looked at is never called good."""
    if situation.evidence.get(KIND) is None:
        return [Refusal("not_checked", "", {"what": what})]
    read = {each.name for each, facts in running(situation) if known(facts)}
    names = situation.reads if of is None else of
    return [Refusal("not_checked", name, {"what": what}) for name in sorted(names) if name not in read and not shut_off_by_us(situation.reads[name])]


def as_of_now(situation: Situation, kind: str, tells: Callable[[Any], object]) -> tuple[Any, str]:
    """The evidence of a kind as of this moment; where nothing was told since the switch, that from before it, which the words then say."""
    now = situation.seen(kind)
    if situation.moment != AFTER or tells(now) or not tells(situation.evidence.get(kind)):
        return now, ""
    return situation.evidence[kind], ", read before the change and not since"


def judged(situation: Situation, fails: list[Refusal], warns: list[Refusal], evidence: str) -> Checked:
    """The verdict; what fails is only told where a run goes on or goes back, or ends that two servers are active.

    In its midst it resumes nothing: the goal in force is its own.
    """
    how = resumes(situation.reads, situation.goal) if situation.moment in FIRST else NEW
    if situation.moment == REJOIN and sum(role_of(read).name == "active" for read in situation.reads.values()) > 1:
        how = "ends that two servers are active"
    if fails and how != NEW:
        return [], [*fails, *warns], f"{evidence}; this run {how}, so that this only warns"
    return fails, warns, evidence


def gigabytes(megabytes: int) -> str:
    """For people: ``8.2 GB``, of 1,024 MB each."""
    return f"{megabytes / 1024:.1f} GB"
