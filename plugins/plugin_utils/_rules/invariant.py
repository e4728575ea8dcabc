# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many servers of a topology are active, and which (invariants S1 to S3).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .ages import held_long, hold_age
from .codes import explain
from .declared import NOBODY, Declared
from .fences import answers, lines, missing, returned, shown, silent, young
from .reads import ServerRead
from .refusals import Refusal
from .roles import Role, role_of

Reads = Mapping[str, ServerRead]
SILENT = frozenset({"fence_undeclared", "unreachable", "login_refused", "certificate_refused", "timed_out", "connection_lost", "no_answer"})


@dataclass(frozen=True)
class Verdict:
    """The verdict on a topology.

    Attributes:
        ok: what was expected is so, and certain.
        active: names of the servers that read as active.
        outcome: ``done``, or the word for what stands against it.
        servers: role, reason, version and time of the read, by name.
        fences: every fence in the records, and what is declared beyond them.
        refusals: everything that stands against it.
        warnings: what does not, and has to be told; a hold of over 6 days.
    """

    ok: bool
    active: list[str]
    outcome: str
    servers: dict[str, dict[str, Any]]
    refusals: list[Refusal]
    warnings: list[Refusal]
    fences: list[dict[str, Any]] = field(default_factory=list)


def judge(reads: Reads, expect: str, active: str | None = None, out: Mapping[str, Declared] = NOBODY, out_reads: Reads | None = None) -> Verdict:
    """Whether ``exactly_one``, ``at_most_one`` or ``none`` of the servers is active. A server without a certain role is unknown, which refuses.

    Args:
        reads: of every server that is not declared out.
        out: the servers that are; ``out_reads`` is what they answered, and one that answers is never out.
    """
    speaking = {name: read for name, read in (out_reads or {}).items() if answers(read)}
    roles = {name: role_of(read) for name, read in {**reads, **speaking}.items()}
    found = _machines({**reads, **speaking}, sorted(name for name, role in roles.items() if role.name == "active"))
    refusals = [*unknown_roles(reads), *same_machine(reads), *other_tenant(reads), *(Refusal("out_answers", name) for name in sorted(speaking))]
    unfenced = {each.server: each for each in [*missing(out, reads), *young(out, reads)] if out[each.server].kind == "cloud"}
    refusals += [each for name, each in unfenced.items() if name not in speaking]
    if not reads:
        refusals.append(Refusal("nothing_read"))
    if len(found) > 1:
        refusals.insert(0, Refusal("split", "", {"servers": ", ".join(found)}))
    elif expect == "none" and found:
        refusals.append(Refusal("one_active", found[0]))
    elif expect == "exactly_one" and not found and not refusals:
        refusals += _nobody(reads, out)
    if active and active not in reads:
        refusals.append(Refusal("not_a_member", active, {"members": ", ".join(sorted(reads))}))
    elif active and found and found != [active]:
        refusals.append(Refusal("other_active", active, {"active": ", ".join(found)}))
    back = {each.server for each in returned(reads)}
    for name, each in out.items():
        if name not in speaking:
            why = f"declared out ({each.kind}): {each.reason}"
            roles[name] = Role("unknown" if name in unfenced else "fenced", why, name not in unfenced)
    servers = {name: _row(role, {**reads, **(out_reads or {})}.get(name), name in back) for name, role in sorted(roles.items())}
    return Verdict(not refusals, found, _outcome(found, refusals), servers, refusals, held_long(reads), shown(reads, out))


def _nobody(reads: Reads, out: Mapping[str, Declared]) -> list[Refusal]:
    """Nobody is active: a server that is the only one cannot be switched to."""
    (first, read), *others = reads.items()
    if not others and not out and role_of(read).name == "staging":
        return [Refusal("only_server_staging", first)]
    return [Refusal("none_active")]


def _row(role: Role, read: ServerRead | None, back: bool) -> dict[str, Any]:
    age = hold_age(read) if read else None
    return {
        "role": role.name,
        "certain": role.certain,
        "reason": role.reason + ("; it was declared out and is back: run rejoin" if back else ""),
        "version": (read.engine_version if read else "") or "",
        "read_at": read.read_at if read else "",
        "held_for": None if age is None else int(age.total_seconds()),
    }


def _machines(reads: Reads, names: list[str]) -> list[str]:
    """One name for each machine: the active server under two names is not two servers, and to demote "the other" would leave none.

    A clone has the machine id of its original, but not its name and the time of its start as well.
    """
    first: dict[Any, str] = {}
    for name in names:
        read = reads[name]
        known = read.machine_id and read.boot_id and read.computer_name
        first.setdefault((read.machine_id, read.boot_id, read.computer_name) if known else name, name)
    return list(first.values())


def unknown_roles(reads: Reads) -> list[Refusal]:
    """One refusal for each server whose role is not certain."""
    refusals = silent(reads)
    for name, read in sorted(reads.items()):
        role = role_of(read)
        if not read.answered:
            continue
        if role.name == "unknown":
            refusals.append(Refusal(role.code, name, {"detail": role.reason}))
        elif not role.certain:
            refusals.append(Refusal("role_uncertain", name, {"detail": role.reason}))
    return refusals


def same_machine(reads: Reads) -> list[Refusal]:
    """Two names with one machine behind them: what looks like two servers is one (gate G3)."""
    seen: dict[str, str] = {}
    refusals = []
    for name, read in sorted(reads.items()):
        other = seen.setdefault(read.machine_id, name) if read.machine_id else name
        if other != name:
            refusals.append(Refusal("same_machine", name, {"other": other}))
    return refusals


def other_tenant(reads: Reads) -> list[Refusal]:
    """Servers of different tenants in one topology (gate G3)."""
    tenants: dict[str, list[str]] = {}
    for name, read in sorted(reads.items()):
        if read.tenant:
            tenants.setdefault(read.tenant, []).append(name)
    if len(tenants) < 2:
        return []
    detail = "; ".join(f"{', '.join(names)}: {tenant}" for tenant, names in sorted(tenants.items()))
    return [Refusal("other_tenant", "", {"detail": detail})]


def table(verdict: Verdict) -> list[str]:
    """The servers as lines of text, for people."""
    width = max(len("server"), *(len(name) for name in verdict.servers))
    told = [f"{'server':<{width}}  {'role':<8} {'version':<12} why"]
    for name, row in verdict.servers.items():
        first = f"{name:<{width}}  {row['role']:<8} {row['version'] or '-':<12} "
        told += textwrap.wrap(first + row["reason"], 94, subsequent_indent=" " * len(first))
    count = len(verdict.active)
    unknown = [name for name, row in verdict.servers.items() if row["role"] == "unknown"]
    nobody = f"nobody is known to be active, {', '.join(unknown)} may be" if unknown else "nobody is active"
    said = {0: nobody, 1: f"{''.join(verdict.active)} is the active server"}
    told.append(said.get(count, f"{count} servers are active: {', '.join(verdict.active)}"))
    for each in verdict.warnings:
        told += textwrap.wrap(f"WARNING: {' '.join(explain(each.code, each.server, each.params))}", 94, subsequent_indent="  ")
    for line in lines(verdict.fences):
        told += textwrap.wrap(line, 94, subsequent_indent="    ")
    return told


def _outcome(found: list[str], refusals: list[Refusal]) -> str:
    if len(found) > 1:
        return "split"
    if any(refusal.code in SILENT or refusal.code == "unknown_result" for refusal in refusals):
        return "unknown"
    return "refused" if refusals else "done"
