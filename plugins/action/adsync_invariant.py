# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Assert how many servers of a topology are active, and which."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow, Stop
from ..plugin_utils._rules.invariant import judge, table


class ActionModule(EntraConnectAction):
    """``adsync_invariant``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        "expect": {"type": "str", "default": "exactly_one", "choices": ["exactly_one", "at_most_one", "none"]},
        "active": {"type": "str"},
        "show": {"type": "bool", "default": False},
        "timeout": {"type": "int", "default": 30},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read all members side by side and give the verdict; a server that does not answer is never counted as staging."""
        out_reads = flow.topology.probe_out()
        verdict = judge(flow.topology.read(full=True), options["expect"], options["active"], flow.out, out_reads)
        values = {"ok": verdict.ok, "active": verdict.active, "servers": verdict.servers, "fences": verdict.fences, "text": table(verdict)}
        if options["show"]:
            flow.show(values["text"])
        if not verdict.ok:
            raise Stop(verdict.outcome, refusals=verdict.refusals, values=values)
        return {"outcome": "done", "refusals": [], **values}
