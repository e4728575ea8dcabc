# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Group the inventory's servers into topologies and choose the lane of each: the one host on which its tasks run.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._members import GROUP, MemberError, declared_out, group_members, topology_name
from .._rules.declared import VARIABLE, Declared, failing, needs_tasks, rejoining
from .._rules.gates import GATES
from .._rules.gates._custom import VARIABLE as CUSTOM_GATES
from .._rules.gates._custom import wrong_custom_gates
from .._rules.hooks import unmet
from .._rules.settings import table, truth, wrong
from .._rules.thresholds import VARIABLE as THRESHOLDS
from .._rules.thresholds import wrong_thresholds
from .._values import plain
from .hooks import file_sentences


def lanes(task_vars: Mapping[str, Any], limited: Iterable[str], changing: bool, verb: str = "") -> list[dict[str, Any]]:
    """One record per topology that the run covers: ``topology``, ``lane``, ``members``, ``out``.

    Args:
        limited: hosts that Ansible would run on, after ``--limit``.
        changing: a run that changes something refuses a limit to a part of a topology.
        verb: ``failover`` or ``rejoin``, which are about one named server and its topology.

    Raises:
        MemberError: no group, nothing within the limit, a part of a topology, one machine under two names, or a variable that cannot be meant.
    """
    within = set(limited)
    topologies: dict[str, list[str]] = {}
    for name in group_members(task_vars):
        topologies.setdefault(topology_name(name, task_vars), []).append(name)
    found = []
    for topology, members in sorted(topologies.items()):
        inside = sorted(within.intersection(members))
        if not inside:
            continue
        out = _out(members, task_vars)
        named = _named(verb, inside[0], task_vars, out, changing)
        if verb and not named & set(members):
            continue
        gone = {*out, *(named if verb == "failover" else ())}
        if len(gone) == len(members):
            raise MemberError(f"every server of topology '{topology}' is declared out ({', '.join(sorted(gone))}); one has to be left")
        missing = sorted(set(members) - within - gone)
        if changing and missing:
            raise MemberError(
                f"--limit leaves out {', '.join(missing)} of topology '{topology}'; a change needs all of its servers: "
                f"run without --limit, or limit to whole topologies"
            )
        here = [name for name in inside if name not in gone]
        if not here:
            raise MemberError(f"--limit leaves {', '.join(inside)} only, declared out; limit to another server of topology '{topology}'")
        _refuse_twins(members, task_vars)
        if changing:
            _refuse_settings(here[0], task_vars)
        found.append({"topology": topology, "lane": here[0], "members": sorted(members), "out": sorted(gone)})
    if not found:
        raise MemberError(f"the limit leaves no server of the group '{GROUP}'; its members are {', '.join(group_members(task_vars))}")
    return found


def _out(members: list[str], task_vars: Mapping[str, Any]) -> dict[str, Declared]:
    """The declared servers of one topology, which all of its servers must tell alike: each may be the lane of a run."""
    found = {name: declared_out(name, task_vars) for name in members}
    other = next((name for name in members if found[name] != found[members[0]]), None)
    if other is not None:
        raise MemberError(f"{VARIABLE} is one thing for {members[0]} and another for {other}; write it once, for the group")
    return found[members[0]]


def _named(verb: str, host: str, task_vars: Mapping[str, Any], out: Mapping[str, Declared], changing: bool) -> set[str]:
    """The server that ``failover`` or ``rejoin`` is about; none for other playbooks.

    Raises:
        MemberError: it is not named, or what is said of it cannot be meant.
    """
    variables = task_vars["hostvars"][host]
    values = {name: plain(variables[name]) for name in table() if name in variables}
    names = group_members(task_vars)
    dead: dict[str, Declared] = {}
    sentences = wrong(values) if verb else []
    if verb == "failover" and not sentences:
        dead, sentences = failing(values, names)
    elif verb == "rejoin" and not sentences:
        sentences = rejoining(values, names, out)
    if changing and verb != "rejoin":
        sentences += needs_tasks({**out, **dead}, values)
    if sentences:
        raise MemberError(". ".join(sentences))
    return {*dead} if verb == "failover" else {str(values["entra_connect_rejoin"])} if verb else set()


def _refuse_settings(lane: str, task_vars: Mapping[str, Any]) -> None:
    variables = task_vars["hostvars"][lane]
    values = {name: plain(variables[name]) for name in table() if name in variables}
    sentences = wrong(values) or [*file_sentences(values), *unmet(values, truth(values.get("entra_connect_require_snapshot")))]
    if isinstance(values.get(CUSTOM_GATES), list):  # of another kind it was told above
        sentences += wrong_custom_gates(values[CUSTOM_GATES], [gate.id for gate in GATES])
    sentences += wrong_thresholds(values.get(THRESHOLDS)) if isinstance(values.get(THRESHOLDS), Mapping) else []
    if sentences:
        raise MemberError(". ".join(sentences))


def _refuse_twins(members: Iterable[str], task_vars: Mapping[str, Any]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for name in sorted(members):
        variables = task_vars["hostvars"][name]
        host = str(variables.get("ansible_psrp_host") or variables.get("ansible_host") or name).lower()
        port = str(variables.get("ansible_psrp_port") or variables.get("ansible_port") or "")
        other = seen.setdefault((host, port), name)
        if other != name:
            raise MemberError(f"{other} and {name} are the same machine ({host}:{port or 'default port'}); write each server once")
