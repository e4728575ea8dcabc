# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Demote a server and prove it quiet.

Internal to the collection: no promise of stability between releases.

A cycle that has begun keeps exporting after the flag changes, so quiet waits for the cycle, not for the flag (design, section 3).
"""

from __future__ import annotations

from typing import Any

from .._errors import ResultUnknown
from .._rules.quiet import idle, quiet
from .._rules.reads import ServerRead
from .._rules.roles import hold_state, role_of
from . import claims
from .flow import Flow, Stop
from .hold import mend


def demote(flow: Flow, method: str, check: bool) -> dict[str, Any]:
    """Turn staging mode on, on the task's own server only, and wait until it is quiet.

    Returns:
        ``outcome``, ``role``, ``before``, ``after``.

    Raises:
        Stop: the role cannot be read, the wizard was not used in time, or the server did not become quiet.
    """
    read = flow.read_one(full=True)
    role = role_of(read)
    before = {"role": role.name}
    if hold_state(read) == "unbroken":
        return {"outcome": "already", "role": "held", "before": before, "after": before}
    if hold_state(read) in ("wrong", "broken"):
        return mend(flow, read, method, check)
    if role.name == "unknown":
        raise Stop("refused", "role_unknown", flow.server, detail=role.reason)
    if role.name == "staging":
        if not check:
            wait_quiet(flow)
        return {"outcome": "already", "role": "staging", "before": before, "after": before}
    after = {"role": "staging"}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "role": "active", "before": before, "after": after}
    with claims.own_server(flow):
        wait_idle(flow)
        if method == "settings":
            set_staging_by_settings(flow)
        else:
            ask_for_wizard(flow, "demote")
        zero = flow.nobody_exports()
        wait_quiet(flow)
    return {"outcome": "done", "role": "staging", "before": before, "after": after, "ansible_facts": zero}


def wait_idle(flow: Flow, option: str = "idle_timeout") -> ServerRead:
    """Until no cycle and no connector runs over two polls; ``option`` names the wait that limits it."""
    seen = 0

    def done(reads: dict[str, ServerRead]) -> bool:
        nonlocal seen
        seen = seen + 1 if idle(reads[flow.server]) is True else 0
        return seen >= 2

    return _wait(flow, "waiting until no cycle runs", done, option)


def wait_quiet(flow: Flow) -> ServerRead:
    """Until staging is read back on, nothing runs over two polls, and no export began in between."""
    last: list[ServerRead] = []

    def done(reads: dict[str, ServerRead]) -> bool:
        read = reads[flow.server]
        proved = bool(last) and quiet(read, last[-1].exports)[0] is True
        if idle(read) is True:
            last.append(read)
        else:
            last.clear()
        return proved and len(last) >= 2

    return _wait(flow, "waiting until the server is quiet", done, "idle_timeout")


def set_staging_by_settings(flow: Flow) -> None:
    """One call that reads, changes and writes the global settings; an unknown result is followed by reads only (S4)."""
    try:
        flow.topology.call(flow.server, "Enable-EntraSyncStaging", seconds=120.0)
    except ResultUnknown as error:
        if settled(flow) != "staging":
            raise error from None


def settled(flow: Flow) -> str:
    """The role of the task's server once two reads in a row agree; ``unknown`` when five reads did not."""
    last = ""
    for _each in range(5):
        name = role_of(flow.topology.read([flow.server])[flow.server]).name
        if name == last and name != "unknown":
            return name
        last = name
    return "unknown"


def ask_for_wizard(flow: Flow, what: str) -> None:
    """Tell the operator what to click, and wait until the flag reads back and the wizard is gone."""
    tick = "tick" if what == "demote" else "untick"
    wanted = "staging" if what == "demote" else "active"
    flow.tell(
        f"OPERATOR: on {flow.server} open AzureADConnect.exe, Configure staging mode, sign in, {tick} 'Enable staging mode', "
        "leave 'Start the synchronization process' ticked, Configure, Exit"
    )
    flow.wait(
        f"waiting for the wizard on {flow.server} to {what}",
        [flow.server],
        lambda reads: role_of(reads[flow.server]).name == wanted and reads[flow.server].wizard_running is False,
        flow.waits.wizard_timeout,
        "wizard_timeout",
    )
    flow.topology.changed = True  # by a person, at our request


def _wait(flow: Flow, what: str, done: Any, option: str) -> ServerRead:
    def describe(reads: dict[str, ServerRead]) -> str:
        read = reads[flow.server]
        return f"{role_of(read).name}, running: {', '.join(read.busy_connectors or []) or 'a cycle' if read.sync_cycle_in_progress else 'nothing'}"

    return flow.wait(f"{flow.server}: {what}", [flow.server], done, getattr(flow.waits, option), option, describe)[flow.server]
