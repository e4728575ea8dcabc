# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Record that a server is declared out and what keeps it from exporting, show such fences, and take one away when the server is back.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules import fences as rules
from .._rules.declared import Declared
from .._rules.goal import goal_in_force, left_open
from .._rules.quiet import idle
from .._rules.reads import ServerRead
from .._rules.refusals import Refusal
from .._rules.roles import role_of
from .flow import Flow, Stop
from .hold import refuse_silent


def query(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Show every fence; of the server in ``fenced`` whether it has one, and who else is active. Changes nothing."""
    reads = flow.topology.read()
    shown = rules.shown(reads, flow.out)
    flow.show(rules.lines(shown))
    return {"outcome": "done", "fences": shown, "before": shown, "after": shown, "rejoin": _rejoin(reads, options["fenced"] or "")}


def announce(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Record on all others that the cloud identity of a declared server is about to be disabled, which is no fence yet.

    It comes before the identity is disabled: a crash in between leaves no server whose identity is off and nobody knows why; and where
    somebody had enabled it again, the age of its fence begins anew.

    Raises:
        Stop: as `put`.
    """
    told, _reads = _record(flow, _declared(flow, options), "", "", check)
    return told


def put(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Record the fence of a server that is declared out, on all others that have it not as it is declared.

    Raises:
        Stop: the server answers; its fence is none; ``needs_operator`` where it is recorded and not old enough.
    """
    declared = _declared(flow, options)
    told, reads = _record(flow, declared, *_identity(flow, declared, options), check)
    young = [] if check else rules.young({declared.server: declared}, reads)
    if young:
        raise Stop("needs_operator", refusals=young, values={"fences": told["fences"]})
    return told


def _record(flow: Flow, declared: Declared, identity: str, exported: str, check: bool) -> tuple[dict[str, Any], dict[str, ServerRead]]:
    """Record it where it is lacking; what to return, and the reads that show it."""
    _refuse(rules.answering(flow.topology.probe_out()), flow)
    reads = flow.topology.read(full=True)
    refuse_silent(reads)
    _refuse(rules.writeback({declared.server: declared}, reads), flow)
    before = rules.shown(reads, flow.out)
    lacking = [name for name, read in reads.items() if not _has(read, declared, identity, exported)]
    if check:
        flow.topology.changed = flow.topology.changed or bool(lacking)
        return {"outcome": "planned" if lacking else "already", "fences": before, "before": before, "after": before, "rejoin": {}}, reads
    if not lacking:
        return {"outcome": "already", "fences": before, "before": before, "after": before, "rejoin": {}}, reads
    given: dict[str, Any] = {
        "Kind": declared.kind,
        "Reason": declared.reason,
        "Evidence": declared.evidence,
        "Identity": identity,
        "Exported": exported,
    }
    _answers, errors = flow.topology.call_each(lacking, "Set-EntraSyncFence", Server=declared.server, **given)
    for name, error in errors.items():
        raise Stop("unknown" if error.unknown else "incomplete", error.code, name, detail=error.detail)
    reads = flow.topology.read(full=True)
    after = rules.shown(reads, flow.out)
    flow.show(rules.lines([each for each in after if each["server"] == declared.server]))
    return {"outcome": "done", "fences": after, "before": before, "after": after, "rejoin": {}}, reads


def clear(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Take the fence of a server away that is back, from all records.

    Raises:
        Stop: it is not quiet in staging mode, or its cloud identity does not read as enabled again.
    """
    name = options["fenced"] or ""
    reads = flow.topology.read()
    refuse_silent(reads)
    before = rules.shown(reads, flow.out)
    if name not in reads:
        raise Stop("refused", "not_a_member", name, members=", ".join(sorted(reads)))
    stands = rules.fenced(reads).get(name)
    if stands is None:
        return {"outcome": "already", "fences": before, "before": before, "after": before, "rejoin": {}}
    if check:
        flow.topology.changed = True
        after = [each for each in before if each["server"] != name]
        return {"outcome": "planned", "fences": before, "before": before, "after": after, "rejoin": {}}
    role = role_of(reads[name])
    if role.name != "held" and (role.name != "staging" or not role.certain or idle(reads[name]) is not True):
        raise Stop("refused", "fence_not_quiet", name, detail=role.reason)
    if stands.fence.kind == "cloud" and options["identity_enabled"] is not True:
        raise Stop("refused", "fence_identity", name, detail=f"{stands.fence.identity} does not read as enabled")
    _answers, errors = flow.topology.call_each(stands.on, "Clear-EntraSyncFence", Server=name)
    for server, error in errors.items():
        raise Stop("unknown" if error.unknown else "incomplete", error.code, server, detail=error.detail)
    after = rules.shown(flow.topology.read(), flow.out)
    return {"outcome": "done", "fences": after, "before": before, "after": after, "rejoin": {}}


def _declared(flow: Flow, options: Mapping[str, Any]) -> Declared:
    declared = flow.out.get(options["fenced"] or "")
    if declared is None:
        raise Stop("refused", "fence_not_declared", options["fenced"] or "")
    return declared


def _identity(flow: Flow, declared: Declared, options: Mapping[str, Any]) -> tuple[str, str]:
    """Name of the cloud identity and its last export; read back as disabled, else it is no fence."""
    if declared.kind != "cloud":
        return "", ""
    name, exported = str(options["identity"] or "").strip(), rules.moment(str(options["exported"] or ""))
    if not name or not exported or options["identity_enabled"] is not False:
        state = {True: "enabled", False: "disabled", None: "not read"}[options["identity_enabled"]]
        raise Stop(
            "incomplete" if flow.topology.token else "refused",
            "fence_identity",
            declared.server,
            detail=f"name '{name}', {state}, last export '{exported}'",
        )
    return name, exported


def _has(read: ServerRead, declared: Declared, identity: str, exported: str) -> bool:
    wanted = (declared.server, declared.kind, declared.reason, declared.evidence, identity, exported)
    return any((each.server, each.kind, each.reason, each.evidence, each.identity, each.exported) == wanted for each in read.fences)


def _refuse(refusals: list[Refusal], flow: Flow) -> None:
    if refusals:
        raise Stop("incomplete" if flow.topology.token else "refused", refusals=refusals)


def _rejoin(reads: dict[str, ServerRead], name: str) -> dict[str, Any]:
    """What ``rejoin`` needs to know of a server: its fence, who else is active, whether a rejoin was begun and not ended, and whether the
    failover, or that rejoin, left a switch to finish.
    """
    if not name:
        return {}
    stands = rules.fenced(reads).get(name)
    kept = goal_in_force(reads)
    active = [each for each, read in reads.items() if each != name and role_of(read).name == "active"]
    return {
        "fenced": stands is not None,
        "kind": stands.fence.kind if stands else "",
        "identity": stands.fence.identity if stands else "",
        "servers": sorted(reads),
        "active": active[0] if len(active) == 1 else "",
        "wanted": active[0] if len(active) == 1 else kept.active if kept and kept.active in reads else "",
        "begun": kept is not None and kept.verb == "rejoin" and left_open(reads),
        "unfinished": left_open(reads) and (len(active) != 1 or any(read.promotion is not None for read in reads.values())),
    }
