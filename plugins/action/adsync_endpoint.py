# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Register a restricted PowerShell endpoint on one server, or remove it."""

from __future__ import annotations

from typing import Any, ClassVar

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.endpoint import endpoint
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_endpoint``; see its documentation."""

    ARGUMENT_SPEC: ClassVar[dict[str, Any]] = {
        **SERVER_OPTION,
        "name": {"type": "str", "required": True},
        "capability": {"type": "str", "choices": ["reader", "operator"]},
        "groups": {"type": "list", "elements": "str", "default": []},
        "account_groups": {"type": "list", "elements": "str", "default": []},
        "managed_account": {"type": "str", "default": ""},
        "state": {"type": "str", "default": "present", "choices": ["present", "absent"]},
        "timeout": {"type": "int", "default": 120},
    }
    SPEC_RULES: ClassVar[dict[str, Any]] = {"required_if": [("state", "present", ("capability",))]}

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """The same endpoint of the same module version is left alone."""
        return endpoint(flow, options, self._task.check_mode)
