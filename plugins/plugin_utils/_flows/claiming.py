# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``adsync_claim`` does with the claim of a topology: take it for a goal, show it, end it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules import claims as rules
from .._rules.by_hand import going_back
from .._rules.goal import Goal, former_of
from .._rules.reads import ServerRead
from .._rules.roles import role_of
from . import claims
from .flow import Flow, Stop
from .hold import refuse_silent


def take_claim(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Claim all servers for the goal that the options and the goal in force give.

    Raises:
        Stop: a live claim stands, a member is silent or missing, or somebody else was quicker.
    """
    reads = flow.topology.read(full=True)
    refuse_silent(reads)
    active = next((name for name, read in reads.items() if role_of(read).name == "active"), "")
    standing = rules.goal_in_force(reads)
    wanted = options["active"] or (standing.active if standing else "") or active
    goal = Goal(
        active=wanted,
        former=former_of(active, wanted, standing),
        version=options["version"] or (standing.version if standing else ""),
        order=options["order"] or (standing.order if standing else "") or "staging_first",
        method=options["method"] or (standing.method if standing else "") or "wizard",
        verb=options["verb"] or "",
    )
    own, brought_back = flow.topology.token, [name for name in options["restored"] if name in reads]
    refusals = rules.may_take(reads, goal, options["take_over"], flow.out, own, brought_back)
    if refusals:
        raise Stop("refused", refusals=refusals, values={"servers": _shown(reads)})
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "claim": "", "goal": vars(goal), "servers": _shown(reads)}
    token = claims.take_topology(flow, reads, goal, options["take_over"], options["overrides"], brought_back, own)
    for name in rules.added(reads):
        flow.tell(f"{name} was added since the last run")
    flow.tell(f"claimed {', '.join(flow.topology.names)} with token {token}; after an interruption the same command again goes on")
    flow.tell(going_back(flow.topology.names, goal.verb))
    return {"outcome": "done", "claim": str(token), "goal": vars(goal), "servers": _shown(flow.topology.read())}


def prove_switch(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Give the proved switch its serial number on every server: one whose number is lower later was restored or rebuilt.

    Raises:
        Stop: a server did not take it; the same call repeats it.
    """
    reads = flow.topology.read()
    refuse_silent(reads)
    open_promotion = any(read.promotion is not None for read in reads.values())
    highest = max(read.serial for read in reads.values())
    equal = all(read.serial == highest for read in reads.values())
    if equal and not open_promotion:
        return {"outcome": "already", "claim": options["claim"] or "", "goal": {}, "servers": _shown(reads)}
    serial = highest + 1 if equal else highest
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "claim": options["claim"] or "", "goal": {}, "servers": _shown(reads)}
    _answers, errors = flow.topology.call_each(flow.topology.names, "Set-EntraSyncSerial", Serial=serial, Restored=False)
    if errors:
        name, error = next(iter(errors.items()))
        raise Stop("incomplete", error.code, name, detail=error.detail)
    return {"outcome": "done", "claim": options["claim"] or "", "goal": {}, "servers": _shown(reads)}


def query_claim(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Show who holds each server and what the goal in force is; changes nothing."""
    reads = flow.topology.read()
    standing = rules.goal_in_force(reads)
    return {"outcome": "done", "claim": "", "goal": {**vars(standing), "token": str(standing.token)} if standing else {}, "servers": _shown(reads)}


def end_claim(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """End the claim with the given token, on every server that holds it; without a token, the one that is found.

    Raises:
        Stop: another claim stands than the one that was named.
    """
    reads = flow.topology.read()
    open_claims = {name: read.claim for name, read in reads.items() if read.claim is not None and not read.claim.ended}
    if flow.topology.token is None and open_claims:
        flow.topology.token = max(claim.token for claim in open_claims.values())
    mine = [name for name, claim in open_claims.items() if claim.token == flow.topology.token]
    if not mine:
        if open_claims:
            name, claim = next(iter(open_claims.items()))
            raise Stop("refused", "claim_changed", name, detail=f"{claim.who} holds it since {claim.since} with token {claim.token}")
        return {"outcome": "already", "claim": "", "goal": {}, "servers": _shown(reads)}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "claim": str(flow.topology.token), "goal": {}, "servers": _shown(reads)}
    errors = claims.end(flow, options["final_outcome"], mine)
    if errors:
        name, error = next(iter(errors.items()))
        raise Stop("incomplete", error.code, name, detail=error.detail)
    return {"outcome": "done", "claim": str(flow.topology.token), "goal": {}, "servers": _shown(flow.topology.read())}


def _shown(reads: dict[str, ServerRead]) -> dict[str, Any]:
    shown = {}
    for name, read in reads.items():
        claim = read.claim
        shown[name] = {
            "claim": str(claim.token) if claim else "",
            "who": claim.who if claim else "",
            "since": claim.since if claim else "",
            "verb": claim.verb if claim else "",
            "live": claim.live if claim else False,
            "ended": claim.ended if claim else True,
            "answered": read.answered,
        }
    return shown
