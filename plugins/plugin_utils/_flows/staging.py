# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Demote a server and prove it quiet.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from typing import Any

from .._rules.roles import hold_state, role_of, to_mend
from . import claims
from .flag import ask_for_wizard, set_staging_by_settings
from .flow import Flow, Stop
from .hold import mend
from .waits import wait_idle, wait_quiet


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
    if to_mend(read):
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
