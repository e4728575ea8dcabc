# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run every gate and derive the steps that lead to the wanted end state."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.planning import plan


class ActionModule(EntraConnectAction):
    """``adsync_plan``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        "active": {"type": "str"},
        "dead": {"type": "str"},
        "version": {"type": "str"},
        "upgrade": {"type": "bool", "default": True},
        "rollback": {"type": "bool", "default": False},
        "verb": {"type": "str"},
        "msi": {"type": "str"},
        "msi_sha256": {"type": "str"},
        "order": {"type": "str", "choices": ["staging_first", "switch_first"]},
        "method": {"type": "str", "choices": ["wizard", "settings"]},
        "operator_ready": {"type": "bool", "default": False},
        "max_pending": {"type": "dict", "default": {"deletes": 0}},
        "overrides": {"type": "dict", "default": {}},
        "thresholds": {"type": "dict", "default": {}},
        "custom_gates": {"type": "list", "elements": "dict", "default": []},
        "evidence": {"type": "dict", "default": {}},
        "take_over": {"type": "bool", "default": False},
        "timeout": {"type": "int", "default": 60},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read only; the same in check mode and in a run."""
        return plan(flow, options)
