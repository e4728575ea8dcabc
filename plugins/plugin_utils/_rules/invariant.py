# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many servers of a topology are active, and which (invariants S1 to S3).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .ages import held_long, hold_age
from .codes import explain
from .reads import ServerRead
from .refusals import Refusal
from .roles import role_of

Reads = Mapping[str, ServerRead]
SILENT = frozenset({"unreachable", "login_refused", "certificate_refused", "timed_out", "connection_lost", "no_answer"})


@dataclass(frozen=True)
class Verdict:
    """The verdict on a topology.

    Attributes:
        ok: what was expected is so, and certain.
        active: names of the servers that read as active.
        outcome: ``done``, or the word for what stands against it.
        servers: role, reason, version and time of the read, by name.
        refusals: everything that stands against it.
        warnings: what does not, and has to be told; a hold of over 6 days.
    """

    ok: bool
    active: list[str]
    outcome: str
    servers: dict[str, dict[str, Any]]
    refusals: list[Refusal]
    warnings: list[Refusal]


def judge(reads: Reads, expect: str, active: str | None = None) -> Verdict:
    """Whether ``exactly_one``, ``at_most_one`` or ``none`` of the servers is active. A server without a certain role is unknown, which refuses."""
    roles = {name: role_of(read) for name, read in reads.items()}
    found = _machines(reads, sorted(name for name, role in roles.items() if role.name == "active"))
    refusals = [*unknown_roles(reads), *same_machine(reads), *other_tenant(reads)]
    if not reads:
        refusals.append(Refusal("nothing_read"))
    if len(found) > 1:
        refusals.insert(0, Refusal("split", "", {"servers": ", ".join(found)}))
    elif expect == "none" and found:
        refusals.append(Refusal("one_active", found[0]))
    elif expect == "exactly_one" and not found and not refusals:
        refusals.append(Refusal("none_active"))
    if active and active not in reads:
        refusals.append(Refusal("not_a_member", active, {"members": ", ".join(sorted(reads))}))
    elif active and found and found != [active]:
        refusals.append(Refusal("other_active", active, {"active": ", ".join(found)}))
    servers = {
        name: {
            "role": role.name,
            "certain": role.certain,
            "reason": role.reason,
            "version": reads[name].engine_version or "",
            "read_at": reads[name].read_at,
            "held_for": None if age is None else int(age.total_seconds()),
        }
        for name, role in roles.items()
        for age in [hold_age(reads[name])]
    }
    return Verdict(not refusals, found, _outcome(found, refusals), servers, refusals, held_long(reads))


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
    refusals = []
    for name, read in sorted(reads.items()):
        role = role_of(read)
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
    lines = [f"{'server':<{width}}  {'role':<8} {'version':<12} why"]
    for name, row in verdict.servers.items():
        first = f"{name:<{width}}  {row['role']:<8} {row['version'] or '-':<12} "
        lines += textwrap.wrap(first + row["reason"], 94, subsequent_indent=" " * len(first))
    count = len(verdict.active)
    unknown = [name for name, row in verdict.servers.items() if row["role"] == "unknown"]
    nobody = f"nobody is known to be active, {', '.join(unknown)} may be" if unknown else "nobody is active"
    said = {0: nobody, 1: f"{''.join(verdict.active)} is the active server"}
    lines.append(said.get(count, f"{count} servers are active: {', '.join(verdict.active)}"))
    for each in verdict.warnings:
        lines += textwrap.wrap(f"WARNING: {' '.join(explain(each.code, each.server, each.params))}", 94, subsequent_indent="  ")
    return lines


def _outcome(found: list[str], refusals: list[Refusal]) -> str:
    if len(found) > 1:
        return "split"
    if any(refusal.code in SILENT or refusal.code == "unknown_result" for refusal in refusals):
        return "unknown"
    return "refused" if refusals else "done"
