# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep the claim while a task file of the user's own runs, and judge what came of it."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.hooks import begin, judge


class ActionModule(EntraConnectAction):
    """``adsync_hook``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "name": {"type": "str", "required": True, "choices": ["before_demote", "snapshot", "after_promote", "on_stop", "revert_snapshot"]},
        "lasts": {"type": "int"},
        "failed": {"type": "dict"},
        "result": {"type": "dict"},
        "required": {"type": "bool", "default": False},
        "idle_timeout": {"type": "int", "default": 1800},
        "poll_interval": {"type": "float", "default": 10.0},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """No user's tasks run in check mode, so that no claim is renewed for them."""
        if self._task.check_mode:
            flow.topology.token = None
        return judge(flow, options) if options["lasts"] is None else begin(flow, options["lasts"])
