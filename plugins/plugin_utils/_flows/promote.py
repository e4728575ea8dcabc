# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promote a server: the one step that could make two exporters, and so the one with the most guards.

Internal to the collection: no promise of stability between releases.

All members are read in this very task, the others must be in an unbroken hold, and the server itself checks token, role and the
age of the ticket that it issued before the others were read (design, sections 3 and 5, steps 7 and 8).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from .._errors import Refused, ResultUnknown
from .._rules.fences import answering, writeback
from .._rules.goal import Goal
from .._rules.promotion import fenced_out, may_promote, still_alone
from .._rules.reads import ServerRead
from .._rules.roles import role_of
from . import claims
from .flag import ask_for_wizard, settled
from .flow import Flow, Stop, clock
from .hold import refuse_silent


def promote(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Turn staging mode off on the task's server, as the only one of its topology.

    Args:
        options: those of ``adsync_staging``: ``method``, ``expected_active``, ``max_pending``, ``evidence_max_age``, ``take_over``.

    Raises:
        Stop: ``refused`` before anything changed, ``unknown`` when the request may still take effect.
    """
    reads = flow.topology.read(full=True)
    refuse_silent(reads)
    before = {name: role_of(read).name for name, read in reads.items()}
    if before[flow.server] == "active" and all(role in ("staging", "held") for name, role in before.items() if name != flow.server):
        return {"outcome": "already", "role": "active", "before": before, "after": before, "evidence": _evidence(reads)}
    refusals = may_promote(reads, flow.server, options["expected_active"], options["max_pending"], options["method"], flow.topology.token)
    refusals += fenced_out(reads, flow.out, flow.topology.probe_out()) + writeback(flow.out, reads)
    if refusals:
        raise Stop("refused", refusals=refusals, values={"evidence": _evidence(reads)})
    after = {**before, flow.server: "active"}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "role": "staging", "before": before, "after": after, "evidence": _evidence(reads)}
    with nullcontext() if flow.topology.token else _own_topology(flow, reads, options):
        if options["method"] == "settings":
            age, reads = _by_settings(flow, int(options["evidence_max_age"]))
        else:
            age, reads = 0.0, _by_wizard(flow)
    return {
        "outcome": "done",
        "role": "active",
        "before": before,
        "after": after,
        "evidence": _evidence(reads),
        "evidence_age": round(age, 1),
        "ansible_facts": {"entra_connect_zero_since": 0},
    }


def _by_settings(flow: Flow, max_age: int) -> tuple[float, dict[str, ServerRead]]:
    ticket = flow.topology.call(flow.server, "Get-EntraSyncTicket").get("ticket")
    if not isinstance(ticket, str) or not ticket:
        raise ResultUnknown("no_answer", flow.server, "Get-EntraSyncTicket gave no ticket")
    issued = time.monotonic()
    reads = flow.topology.read()
    refusals = still_alone(reads, flow.server, flow.topology.token) + fenced_out(reads, flow.out, flow.topology.probe_out())
    if refusals:
        raise Stop("incomplete" if flow.topology.changed else "refused", refusals=refusals)
    age = time.monotonic() - issued
    try:
        flow.topology.call(flow.server, "Disable-EntraSyncStaging", seconds=120.0, Ticket=ticket, MaxAgeSeconds=max_age)
    except Refused as refused:
        raise Stop("incomplete" if flow.topology.changed else "refused", refused.code, flow.server, detail=refused.detail) from None
    except ResultUnknown as error:
        if settled(flow) != "active":
            raise Stop("unknown", "promotion_unknown", flow.server, detail=error.detail) from None
    return age, _proved(flow)


def _by_wizard(flow: Flow) -> dict[str, ServerRead]:
    reads = flow.topology.read()
    refusals = still_alone(reads, flow.server, flow.topology.token) + fenced_out(reads, flow.out, flow.topology.probe_out())
    if refusals:
        raise Stop("incomplete" if flow.topology.changed else "refused", refusals=refusals)
    flow.topology.call(flow.server, "Register-EntraSyncPromotion")
    watched = _Watched(flow)
    ask_for_wizard(watched, "promote")
    return _proved(flow)


class _Watched(Flow):
    """A wait for the wizard in which each poll reads the others too: a person's click has no ticket, only the hold protects (S4)."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(**vars(flow))

    def wait(self, what: str, names: Any, done: Any, limit: int, limit_name: str, describe: Any = lambda reads: "") -> dict[str, ServerRead]:
        """As `Flow.wait` over all members; ends at once when another server could export."""

        def alone_and_done(reads: dict[str, ServerRead]) -> bool:
            refusals = still_alone(reads, self.server, self.topology.token, asked=True) + answering(self.topology.probe_out())
            if refusals:
                self.tell(f"OPERATOR: STOP, do not click further on {self.server}: {refusals[0].server} may export")
                raise Stop("unknown", refusals=refusals)
            return bool(done(reads))

        return super().wait(what, self.topology.names, alone_and_done, limit, limit_name, describe)


def _proved(flow: Flow) -> dict[str, ServerRead]:
    reads = flow.topology.read()
    role = role_of(reads[flow.server])
    if role.name != "active":
        raise Stop("unknown", "promotion_unknown", flow.server, detail=role.reason)
    if flow.zero_since is not None:
        flow.tell(f"{flow.server} is active; nobody exported for {clock(time.monotonic() - flow.zero_since)}")
    return reads


class _own_topology:  # noqa: N801
    """A claim on all servers for one promotion, ended when it is over."""

    def __init__(self, flow: Flow, reads: dict[str, ServerRead], options: Mapping[str, Any]) -> None:
        self.flow, self.reads, self.options = flow, reads, options

    def __enter__(self) -> None:
        goal = Goal(active=self.flow.server, former=self.options["expected_active"] or "", version="", order="", method=self.options["method"])
        claims.take_topology(self.flow, self.reads, goal, self.options["take_over"])

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        claims.end(self.flow, "done" if kind is None else getattr(value, "outcome", "unknown"))
        self.flow.topology.token = None


def _evidence(reads: dict[str, ServerRead]) -> dict[str, Any]:
    return {name: {"role": role_of(read).name, "reason": role_of(read).reason, "read_at": read.read_at} for name, read in reads.items()}
