# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start or stop a sync cycle on one server and judge its result."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows import cycle
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_sync_cycle``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "state": {"type": "str", "default": "started", "choices": ["started", "stopped"]},
        "policy_type": {"type": "str", "default": "delta", "choices": ["delta", "initial"]},
        "wait": {"type": "bool", "default": True},
        "when_running": {"type": "str", "default": "wait", "choices": ["wait", "join", "fail"]},
        "expect_export": {"type": "bool", "default": False},
        "max_exported": {"type": "dict"},
        "cycle_timeout": {"type": "int", "default": 14400},
        "idle_timeout": {"type": "int", "default": 1800},
        "poll_interval": {"type": "float", "default": 10.0},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Start or stop, and where asked wait for the end."""
        check = self._task.check_mode
        if options["state"] == "stopped":
            return cycle.stop(flow, options["wait"], check)
        return cycle.start(flow, options, check)
