# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait until a server is idle, or quiet.

Internal to the collection: no promise of stability between releases.

A cycle that has begun keeps exporting after the flag changes, so quiet waits for the cycle, not for the flag (design, section 3).
"""

from __future__ import annotations

from typing import Any

from .._rules.quiet import idle, quiet
from .._rules.reads import ServerRead
from .._rules.roles import role_of
from .flow import Flow


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


def _wait(flow: Flow, what: str, done: Any, option: str) -> ServerRead:
    def describe(reads: dict[str, ServerRead]) -> str:
        read = reads[flow.server]
        return f"{role_of(read).name}, running: {', '.join(read.busy_connectors or []) or 'a cycle' if read.sync_cycle_in_progress else 'nothing'}"

    return flow.wait(f"{flow.server}: {what}", [flow.server], done, getattr(flow.waits, option), option, describe)[flow.server]
