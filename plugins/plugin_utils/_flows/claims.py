# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take, keep and end claims: who may change which server.

Internal to the collection: no promise of stability between releases.

A claim is taken by compare-and-set, on each server, by machine id in sorted order, so that the first server decides between
two operators (design, section 5, step 2).
"""

from __future__ import annotations

import getpass
import socket
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .._errors import Refused, ResultUnknown, SessionError
from .._rules import claims as rules
from .._rules.goal import Goal
from .._rules.reads import ServerRead, Token
from .flow import Flow, Stop


def take_topology(
    flow: Flow,
    reads: dict[str, ServerRead],
    goal: Goal,
    take_over: bool,
    overrides: Mapping[str, Any] | None = None,
    brought_back: Collection[str] = (),
    own: Token | None = None,
) -> Token:
    """Claim every server for a goal; the topology calls with this token from here on. The servers' journals keep the overrides.

    Args:
        brought_back: servers whose snapshot was just brought back, whatever their serial number says.
        own: the claim of this run that the new one follows.

    Raises:
        Stop: ``incomplete`` when somebody else was quicker: what was taken is ended again. ``refused`` while a live claim stands.
    """
    refusals = rules.may_take(reads, goal, take_over, flow.out, own, brought_back)
    if refusals:
        raise Stop("refused", refusals=refusals)
    token = Token(rules.next_epoch(reads), uuid.uuid4().hex[:12])
    _take(flow, reads, rules.order(reads), token, "topology", goal, take_over or own is not None, rules.overridden(overrides or {}) or None)
    flow.topology.token = token
    # before the new goal is in force: an open one counts as one whose serial is being distributed, and would mark nobody after a crash
    highest = max((read.serial for read in reads.values()), default=0)
    for name, serial in {**dict.fromkeys(brought_back, highest), **rules.restored(reads)}.items():
        flow.tell(f"{name} was restored or rebuilt since the last switch: marked, and not promoted before an initial cycle on it")
        flow.topology.call(name, "Set-EntraSyncSerial", Serial=serial, Restored=True)
    _answers, errors = flow.topology.call_each(flow.topology.names, "Complete-EntraSyncClaim")
    if errors:
        _end_and_stop(flow, errors)
    return token


@contextmanager
def own_server(flow: Flow) -> Iterator[None]:
    """Within the block there is a claim on the task's own server: the one that was given, or one of its own that supersedes any."""
    if flow.topology.token is not None:
        yield
        return
    reads = flow.topology.read([flow.server])
    _answered(reads)
    token = Token(rules.next_epoch(reads), uuid.uuid4().hex[:12])
    _take(flow, reads, [flow.server], token, "single", None, True)
    flow.topology.token, flow.topology.claimed = token, (flow.server,)
    try:
        yield
    finally:
        end(flow, "", [flow.server])
        flow.topology.token, flow.topology.claimed = None, flow.topology.names


def end(flow: Flow, outcome: str, names: list[str] | None = None) -> dict[str, SessionError]:
    """End the claim on the servers (all by default); errors by name, since a server that does not answer lets its lease run out."""
    _answers, errors = flow.topology.call_each(names or flow.topology.names, "Close-EntraSyncClaim", 20.0, Outcome=outcome)
    return {name: error for name, error in errors.items() if error.code not in ("claim_changed", "claim_missing")}


def _take(
    flow: Flow,
    reads: dict[str, ServerRead],
    names: list[str],
    token: Token,
    kind: str,
    goal: Goal | None,
    take_over: bool,
    overrides: str | None = None,
) -> None:
    members = rules.members(reads, flow.out)
    tenants = {read.tenant for read in reads.values() if read.tenant}
    parameters: dict[str, Any] = {
        "Epoch": token.epoch,
        "RunId": token.run_id,
        "Who": f"{getpass.getuser()}@{socket.gethostname()}",
        "Kind": kind,
        "Tenant": next(iter(tenants), ""),
        "Members": [machine for machine, _name in members],
        "MemberNames": [name for _machine, name in members],
        "GoalActive": goal.active if goal else "",
        "GoalFormer": goal.former if goal else "",
        "GoalVersion": goal.version if goal else "",
        "GoalOrder": goal.order if goal else "",
        "GoalMethod": goal.method if goal else "",
        "GoalVerb": goal.verb if goal else "",
        "LeaseSeconds": flow.topology.lease_seconds,
        "TakeOver": take_over,
        "Overrides": overrides,  # none is left out, so that a module that is older takes the claim too
    }
    flow.topology.check_endpoints(names)
    taken: list[str] = []
    for name in names:
        expected = reads[name].token or Token(0, "")
        try:
            flow.topology.call(name, "New-EntraSyncClaim", ExpectedEpoch=expected.epoch, ExpectedRunId=expected.run_id, **parameters)
        except ResultUnknown:
            if flow.topology.read([name])[name].token != token:
                raise
        except Refused as refused:
            flow.topology.token = token
            end(flow, "", taken)
            flow.topology.token = None
            lost = "claim_race_lost" if kind == "topology" and (taken or refused.code == "claim_changed") else refused.code
            raise Stop("incomplete", lost, name, detail=refused.detail, ended=", ".join(taken)) from None
        taken.append(name)


def _answered(reads: dict[str, ServerRead]) -> None:
    for name, read in reads.items():
        if not read.answered:
            raise Stop("refused", read.silent_kind or "unreachable", name, detail=read.silent_message)


def _end_and_stop(flow: Flow, errors: dict[str, SessionError]) -> None:
    end(flow, "")
    flow.topology.token = None
    name, error = next(iter(errors.items()))
    raise Stop("incomplete", error.code, name, detail=error.detail)
