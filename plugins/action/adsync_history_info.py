# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell from the run histories of all servers whether two ever exported at once, and how long nobody did."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows import history
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_history_info``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        "since": {"type": "str"},
        "last_exporter": {"type": "dict"},
        "show": {"type": "bool", "default": False},
        "timeout": {"type": "int", "default": 60},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read all members and give the verdict; a history that cannot be read is never taken for a clean one."""
        return history.verify(flow, options["since"], options["last_exporter"], options["show"])
