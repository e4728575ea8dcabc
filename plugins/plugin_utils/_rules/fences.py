# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which fences stand, and whether each is good enough to promote another server (design, sections 3 and 5; safety.md 3.4).

Internal to the collection: no promise of stability between releases.

A server that is dead or cut off is declared out by name, with a fence. The fence stands in the records of all others until ``rejoin``.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from .declared import VARIABLE, Declared
from .intervals import parse_interval
from .reads import ServerRead
from .record import Fence
from .refusals import Refusal

Reads = Mapping[str, ServerRead]
Out = Mapping[str, Declared]
# A token that was issued before may live for about an hour, and a cycle that began with it may go on (safety.md 3.4 a). No option lowers it.
CLOUD_SECONDS = 5400
NOT_THERE = frozenset({"unreachable", "timed_out"})  # whatever else comes back, something is there and speaks
WORDS = {
    "cloud": "its cloud identity is disabled",
    "powered_off": "powered off, by evidence",
    "asserted": "ASSERTED: a person's word, nothing else shows it",
}
ANNOUNCED = "its cloud identity was about to be disabled, which is NO FENCE"


@dataclass(frozen=True)
class Standing:
    """A fence as the records have it, merged: the youngest counts, since each server tells its age by its own clock."""

    fence: Fence
    on: tuple[str, ...]


def fenced(reads: Reads) -> dict[str, Standing]:
    """Every fence in any record, by the name of the fenced server."""
    found: dict[str, list[tuple[str, Fence]]] = {}
    for name, read in sorted(reads.items()):
        for fence in read.fences:
            found.setdefault(fence.server, []).append((name, fence))
    return {
        server: Standing(min((fence for _name, fence in each), key=_age), tuple(name for name, _fence in each))
        for server, each in sorted(found.items())
    }


def announced(fence: Fence) -> bool:
    """Whether it only says that the cloud identity is about to be disabled: it is told before, so that a crash in between leaves no server
    whose identity is off and nobody knows why. It is no fence yet.
    """
    return fence.kind == "cloud" and not fence.identity


def unrecorded(out: Out, reads: Reads) -> dict[str, list[str]]:
    """For each declared server the others whose record does not have its fence as it is declared."""
    lacking = {
        server: [name for name, read in sorted(reads.items()) if read.answered and not _recorded(declared, read)] for server, declared in out.items()
    }
    return {server: names for server, names in sorted(lacking.items()) if names}


def missing(out: Out, reads: Reads) -> list[Refusal]:
    """A declared server whose fence is not in every record: nobody is promoted before it is."""
    return [Refusal("fence_missing", server, {"others": ", ".join(names)}) for server, names in unrecorded(out, reads).items()]


def young(out: Out, reads: Reads) -> list[Refusal]:
    """Fences of the kind cloud that are recorded and not old enough; the others rest on what a person wrote. One that is only announced is
    missing.
    """
    refusals: list[Refusal] = []
    for server, stands in fenced(reads).items():
        cloud = server in out and out[server].kind == stands.fence.kind == "cloud" and not announced(stands.fence)
        if cloud and _age(stands.fence) < (limit := needed_seconds(reads)):
            refusals.append(Refusal("fence_young", server, {"since": stands.fence.since, "when": _later(stands.fence.since, limit)}))
    return refusals


def waiting(out: Out, reads: Reads) -> list[Refusal]:
    """Fences that nothing but time is missing for. Where a record lacks one, the run records it first, so that the wait begins now."""
    lacking = unrecorded(out, reads)
    return [each for each in young(out, reads) if each.server not in lacking]


def writeback(out: Out, reads: Reads) -> list[Refusal]:
    """Password writeback goes on over a connection that is open already, so with it a disabled identity is no fence (safety.md 3.4).

    Args:
        reads: full ones; of a held server its record tells, since a stopped server cannot be asked.
    """
    refusals = []
    for name, read in sorted(reads.items()):
        state = read.writeback
        if state is not False:
            params = {"other": name, "state": "on" if state else "not readable"}
            refusals += [Refusal("fence_writeback", server, params) for server, declared in sorted(out.items()) if declared.kind == "cloud"]
            break
    return refusals


def needed_seconds(reads: Reads) -> int:
    """How old a fence of the kind cloud has to be: 90 minutes, and at least one scheduler interval in which nothing was exported."""
    found = [CLOUD_SECONDS]
    for read in reads.values():
        with suppress(ValueError):
            found.append(parse_interval(read.effective_interval or "").seconds)
    return max(found)


def returned(reads: Reads) -> list[Refusal]:
    """A server that was declared out and answers, without being declared out now: it rejoins before anything else."""
    return [
        Refusal("fenced_answers", server, {"kind": each.fence.kind, "since": each.fence.since})
        for server, each in fenced(reads).items()
        if server in reads and reads[server].answered
    ]


def silent(reads: Reads) -> list[Refusal]:
    """Servers that gave no answer: unknown, which refuses (S3). For one with a fence, the line that declares it out."""
    recorded = fenced(reads)
    refusals = []
    for name, read in sorted(reads.items()):
        if not read.answered and name in recorded:
            fence = recorded[name].fence
            refusals.append(Refusal("fence_undeclared", name, {"kind": fence.kind, "reason": fence.reason, "line": line(fence)}))
        elif not read.answered:
            refusals.append(Refusal(read.silent_kind or "unreachable", name, {"detail": read.silent_message}))
    return refusals


def answering(out_reads: Reads) -> list[Refusal]:
    """A declared server that answers is never out, whatever it answers."""
    return [Refusal("out_answers", name, {}) for name, read in sorted(out_reads.items()) if answers(read)]


def answers(read: ServerRead) -> bool:
    """Whether something is there and speaks, be it that it refuses the login."""
    return read.answered or read.silent_kind not in NOT_THERE


def line(fence: Fence) -> str:
    """The option that declares the server out as its fence says, quoted for a shell."""
    entry = {"fence": fence.kind, "reason": fence.reason, **({"evidence": fence.evidence} if fence.evidence else {})}
    return "-e " + shlex.quote(json.dumps({VARIABLE: {fence.server: entry}}))


def shown(reads: Reads, out: Out) -> list[dict[str, Any]]:
    """Every fence for a result: what stands in the records, and what is declared and not recorded yet."""
    recorded = fenced(reads)
    values = []
    for server in sorted({*recorded, *out}):
        fence = recorded[server].fence if server in recorded else Fence.declared(out[server])
        on = list(recorded[server].on) if server in recorded else []
        text = ANNOUNCED if on and announced(fence) else WORDS.get(fence.kind, fence.kind)
        values.append({**asdict(fence), "declared": server in out, "recorded_on": on, "text": text})
    return values


def lines(values: list[dict[str, Any]]) -> list[str]:
    """The same for people."""
    told = []
    for each in values:
        since = f" since {each['since']}" if each["since"] else ", not recorded yet"
        evidence = f"; evidence: {each['evidence']}" if each["evidence"] else ""
        told.append(f"{each['server']} is declared out{since} ({each['kind']}; {each['text']}): {each['reason']}{evidence}")
    return told


def moment(text: str) -> str:
    """A time of the cloud in one form, so that the same time is always the same text; other text as it is.

    With a blank, since newer PowerShells make a date of an ISO text in JSON.
    """
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        return text.strip()
    return (value if value.tzinfo else value.replace(tzinfo=timezone.utc)).astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")


def _recorded(declared: Declared, read: ServerRead) -> bool:
    wanted = (declared.server, declared.kind, declared.reason, declared.evidence)
    return any((each.server, each.kind, each.reason, each.evidence) == wanted and not announced(each) for each in read.fences)


def _age(fence: Fence) -> int:
    return -1 if fence.age_seconds is None else fence.age_seconds


def _later(since: str, seconds: int) -> str:
    try:
        moment_ = datetime.fromisoformat(since) + timedelta(seconds=seconds)
    except ValueError:
        return f"{seconds // 60} minutes from now"
    return moment_.strftime("%Y-%m-%d %H:%M UTC")
