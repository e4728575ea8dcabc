# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare exports of settings on the controller."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import EntraConnectAction
from ..plugin_utils._flows.config_diff import compare
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_config_diff``; see its documentation."""

    ARGUMENT_SPEC = {
        "reference": {"type": "str"},
        "others": {"type": "list", "elements": "str", "default": []},
        "exports": {"type": "dict", "default": {}},
        "report_dir": {"type": "path", "required": True},
        "same_server": {"type": "bool", "default": False},
        "allow_unread": {"type": "bool", "default": False},
        "show": {"type": "bool", "default": False},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Compare files of the controller; no server is asked."""
        return compare(flow, options)
