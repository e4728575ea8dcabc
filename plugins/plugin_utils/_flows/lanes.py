# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Group the inventory's servers into topologies and choose the lane of each: the one host on which its tasks run.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._members import GROUP, MemberError, group_members, topology_name
from .._rules.settings import table, wrong
from .._values import plain


def lanes(task_vars: Mapping[str, Any], limited: Iterable[str], changing: bool) -> list[dict[str, Any]]:
    """One record per topology that the run covers: ``topology``, ``lane``, ``members``, ``addresses``.

    Args:
        limited: hosts that Ansible would run on, after ``--limit``.
        changing: a run that changes something refuses a limit to a part of a topology.

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
        if changing and len(inside) < len(members):
            missing = ", ".join(sorted(set(members) - within))
            raise MemberError(
                f"--limit leaves out {missing} of topology '{topology}'; a change needs all of its servers: "
                f"run without --limit, or limit to whole topologies"
            )
        _refuse_twins(members, task_vars)
        if changing:
            _refuse_settings(inside[0], task_vars)
        found.append({"topology": topology, "lane": inside[0], "members": sorted(members)})
    if not found:
        raise MemberError(f"the limit leaves no server of the group '{GROUP}'; its members are {', '.join(group_members(task_vars))}")
    return found


def _refuse_settings(lane: str, task_vars: Mapping[str, Any]) -> None:
    variables = task_vars["hostvars"][lane]
    sentences = wrong({name: plain(variables[name]) for name in table() if name in variables})
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
