# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold a server down, release it through quarantine, and mend a hold that is wrong or broken.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import json
from typing import Any

from .._errors import Refused, ResultUnknown
from .._rules.fences import returned, silent
from .._rules.quiet import idle
from .._rules.reads import ServerRead
from .._rules.roles import hold_state, role_of, to_mend
from . import claims
from .flag import ask_for_wizard, set_staging_by_settings
from .flow import Flow, Stop
from .waits import wait_quiet

START_SECONDS = 120.0


def hold(flow: Flow, check: bool) -> dict[str, Any]:
    """Stop and disable the service of a staging server, proved and recorded. The task's own server only.

    Raises:
        Stop: it is not a quiet staging server, or the hold is wrong, or turns out to be (``adsync_staging enabled=true`` mends that).
    """
    read = flow.read_one(full=True)
    state = hold_state(read)
    before = {"role": role_of(read).name, "hold": state}
    if state == "unbroken":
        return {"outcome": "already", "role": "held", "hold": state, "before": before, "after": before}
    if state == "wrong":
        raise Stop("refused", "hold_wrong", flow.server)
    if to_mend(read):
        return mend(flow, read, None, check)
    if state == "none" and role_of(read).name != "staging":
        raise Stop("refused", "hold_needs_staging", flow.server, detail=role_of(read).reason)
    after = {"role": "held", "hold": "unbroken"}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "role": "staging", "hold": state, "before": before, "after": after}
    with claims.own_server(flow):
        if state == "none":
            wait_quiet(flow)
        enter(flow, facts(read))
    return {"outcome": "done", "role": "held", "hold": "unbroken", "before": before, "after": after}


def enter(flow: Flow, noted: str) -> None:
    """Call the one function that holds, and prove it by a read; repeated once after an unknown result, since it is idempotent (S4)."""
    for attempt in (1, 2):
        try:
            flow.topology.call(flow.server, "Enter-EntraSyncHold", seconds=START_SECONDS, Facts=noted)
            break
        except ResultUnknown:
            if attempt == 2:
                raise
    state = hold_state(flow.read_one())
    if state != "unbroken":
        raise Stop("unknown", "hold_unproved", flow.server, state=state)


def release(flow: Flow, check: bool) -> dict[str, Any]:
    """Start a held server again behind an outbound block, and lift that once it reads staging and quiet.

    All members are read before it is started (S3); where nothing is to release the others need not be asked.

    Raises:
        Stop: a member is silent, or the server is not what its hold says.
    """
    read = flow.topology.read([flow.server])[flow.server]
    state = hold_state(read)
    before = {"role": role_of(read).name, "hold": state}
    if state == "none" and read.quarantine is None and read.answered:
        return {"outcome": "already", "role": before["role"], "hold": state, "before": before, "after": before}
    reads = dict(sorted({**flow.topology.read(flow.topology.others(flow.server)), flow.server: read}.items()))
    refuse_silent(reads)
    fenced = [each for each in returned(reads) if each.server == flow.server]
    if fenced:
        raise Stop("refused", refusals=fenced)
    if state == "wrong":
        raise Stop("refused", "hold_wrong", flow.server)
    after = {"role": "staging", "hold": "none"}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "role": "held", "hold": state, "before": before, "after": after}
    with claims.own_server(flow):
        start_in_quarantine(flow, mend_it=False)
        _lift(flow)
        role = role_of(flow.read_one())
        if role.name != "staging":
            raise Stop("unknown", "release_unproved", flow.server, detail=role.reason)
    return {"outcome": "done", "role": "staging", "hold": "none", "before": before, "after": after}


def _lift(flow: Flow) -> None:
    """Lift the block where the server reads staging and is quiet; where it does not, the server stops it again and refuses."""
    try:
        flow.topology.call(flow.server, "Complete-EntraSyncRelease", seconds=START_SECONDS)
    except Refused as refused:
        raise Stop("incomplete", refused.code, flow.server, detail=refused.detail) from None


def mend(flow: Flow, read: ServerRead, method: str | None, check: bool) -> dict[str, Any]:
    """Bring a wrong or broken hold back to an unbroken one: block outbound traffic, start, demote, wait until quiet, hold again.

    Args:
        method: how to demote where staging mode turns out to be off; None: do not, but stop it again as a wrong hold.
    """
    before = {"role": role_of(read).name, "hold": hold_state(read)}
    after = {"role": "held", "hold": "unbroken"}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "role": before["role"], "before": before, "after": after}
    with claims.own_server(flow):
        behind = start_in_quarantine(flow, mend_it=True)
        if behind.staging_settings != "True":
            if method is None:
                _lift(flow)
            elif method == "settings":
                set_staging_by_settings(flow)
            else:
                ask_for_wizard(flow, "demote")
        wait_quiet(flow)
        enter(flow, facts(flow.read_one(full=True)))
    return {"outcome": "done", "role": "held", "before": before, "after": after}


def start_in_quarantine(flow: Flow, mend_it: bool) -> ServerRead:
    """Start the service behind the block and wait until its global settings can be read and nothing runs."""
    try:
        flow.topology.call(flow.server, "Start-EntraSyncRelease", seconds=START_SECONDS, Mend=mend_it)
    except Refused as refused:
        raise Stop("incomplete" if flow.topology.changed else "refused", refused.code, flow.server, detail=refused.detail) from None

    def readable(reads: dict[str, ServerRead]) -> bool:
        read = reads[flow.server]
        if read.service_status != "Running" or read.staging_settings is None:
            return False
        return read.staging_settings != "True" or (idle(read) is True and read.wizard_running is False)

    waited = flow.wait(
        f"{flow.server}: waiting until the service answers behind the block",
        [flow.server],
        readable,
        flow.waits.idle_timeout,
        "idle_timeout",
    )
    return waited[flow.server]


def facts(read: ServerRead) -> str:
    """What gates need to know of a server while it is held and cannot be asked, as JSON text for its record."""
    return json.dumps(read.facts(), separators=(",", ":"), sort_keys=True)


def refuse_silent(reads: dict[str, ServerRead]) -> None:
    """Raises `Stop` when a declared server gave no answer: unknown refuses (S3)."""
    refusals = silent(reads)
    if refusals:
        raise Stop("refused", refusals=refusals)
