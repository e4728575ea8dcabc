# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take, show, or end the claim on all servers of a topology."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.claiming import end_claim, prove_switch, query_claim, take_claim
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_claim``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "state": {"type": "str", "default": "query", "choices": ["present", "proved", "absent", "query"]},
        "active": {"type": "str"},
        "version": {"type": "str"},
        "order": {"type": "str", "choices": ["staging_first", "switch_first"]},
        "method": {"type": "str", "choices": ["wizard", "settings"]},
        "verb": {"type": "str"},
        "overrides": {"type": "dict", "default": {}},
        "take_over": {"type": "bool", "default": False},
        "restored": {"type": "list", "elements": "str", "default": []},
        "lease": {"type": "int", "default": 120},
        "final_outcome": {"type": "str", "default": ""},
        "timeout": {"type": "int", "default": 60},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Compare-and-set on each server, in the order of machine ids."""
        work = {"present": take_claim, "proved": prove_switch, "absent": end_claim, "query": query_claim}[options["state"]]
        return work(flow, options, self._task.check_mode)
