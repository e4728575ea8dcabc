# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Record the fence of a server that is declared out, show all fences, or take one away."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.fence import announce, clear, put, query
from ..plugin_utils._flows.flow import Flow, Stop


class ActionModule(EntraConnectAction):
    """``adsync_fence``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "state": {"type": "str", "default": "query", "choices": ["present", "announced", "absent", "query"]},
        "fenced": {"type": "str"},
        "identity": {"type": "str"},
        "identity_enabled": {"type": "bool"},
        "exported": {"type": "str"},
        "timeout": {"type": "int", "default": 60},
    }
    SPEC_RULES = {"required_if": [("state", each, ("fenced",)) for each in ("present", "announced", "absent")]}
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Reads all servers but those that are declared out, which are only asked whether they answer."""
        if options["state"] != "query" and flow.topology.token is None and not self._task.check_mode:
            raise Stop("refused", "claim_missing", flow.server)
        work = {"present": put, "announced": announce, "absent": clear, "query": query}[options["state"]]
        return work(flow, options, self._task.check_mode)
