# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judge what came of a task file of the user's own; connects only to a server whose snapshot was brought back."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.hooks import judge


class ActionModule(EntraConnectAction):
    """``adsync_hook``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        "name": {"type": "str", "required": True, "choices": ["before_demote", "snapshot", "after_promote", "on_stop", "revert_snapshot"]},
        "failed": {"type": "dict"},
        "result": {"type": "dict"},
        "required": {"type": "bool", "default": False},
        "idle_timeout": {"type": "int", "default": 1800},
        "poll_interval": {"type": "float", "default": 10.0},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """The same in check mode, since it changes nothing."""
        return judge(flow, options)
