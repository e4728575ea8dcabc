# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the result file of a run on the controller, and its last copy on the servers."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.reporting import report


class ActionModule(EntraConnectAction):
    """``adsync_report``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "report_dir": {"type": "path", "required": True},
        "playbook": {"type": "str", "required": True},
        "phase": {"type": "str", "required": True},
        "outcome": {"type": "str", "default": "unknown"},
        "details": {"type": "dict", "default": {}},
        "failed": {"type": "dict"},
        "timeline": {"type": "bool", "default": False},
        "to_servers": {"type": "bool", "default": False},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Replace the file whole; in check mode too, since it is the plan's record and no state of a server."""
        return report(flow, options, self._task.check_mode)
