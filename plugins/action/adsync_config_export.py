# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export the settings of servers into a private folder on the controller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.config_export import export
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_config_export``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "report_dir": {"type": "path", "required": True},
        "allow_unread": {"type": "bool", "default": False},
        "timeout": {"type": "int", "default": 300},
    }

    def needs_all(self, options: Mapping[str, Any]) -> bool:
        """All servers, unless one is named."""
        return not options.get("server")

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Export; in check mode too, since it is evidence and no state of a server changes."""
        names = [flow.server] if options["server"] else flow.topology.names
        return export(flow, names, options["report_dir"], float(options["timeout"]), options["allow_unread"])
