# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install the collection's PowerShell module on one server, or remove it."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.server_module import install


class ActionModule(EntraConnectAction):
    """``adsync_server_module``; see its documentation."""

    ARGUMENT_SPEC = {**SERVER_OPTION, "state": {"type": "str", "default": "present", "choices": ["present", "absent"]}}

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """The same version with the same content is left alone."""
        return install(flow, options["state"], self._task.check_mode)
