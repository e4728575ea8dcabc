# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the gates of one moment on fresh reads of all servers."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.gating import judge_now


class ActionModule(EntraConnectAction):
    """``adsync_gates``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "moment": {"type": "str", "required": True, "choices": ["between", "after", "rejoin"]},
        "target": {"type": "str", "required": True},
        "former": {"type": "str", "default": ""},
        "version": {"type": "str", "default": ""},
        "method": {"type": "str", "default": "wizard", "choices": ["wizard", "settings"]},
        "max_pending": {"type": "dict", "default": {"deletes": 0}},
        "overrides": {"type": "dict", "default": {}},
        "thresholds": {"type": "dict", "default": {}},
        "custom_gates": {"type": "list", "elements": "dict", "default": []},
        "evidence": {"type": "dict", "default": {}},
        "read_health": {"type": "bool", "default": False},
        "close_timeout": {"type": "int", "default": 300},
        "poll_interval": {"type": "float", "default": 10.0},
        "timeout": {"type": "int", "default": 60},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read only; the same in check mode and in a run."""
        return judge_now(flow, options)
