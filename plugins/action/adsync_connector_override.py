# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""See and set the full runs that are queued for the connectors of one server."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.override import configure


class ActionModule(EntraConnectAction):
    """``adsync_connector_override``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "connector": {"type": "str"},
        "full_import": {"type": "bool"},
        "full_sync": {"type": "bool"},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Set only what is given and differs, and read back what is queued."""
        return configure(flow, options, self._task.check_mode)
