# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell how every server has been: event log, services, last imports, password hashes; new things apart from old."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.health import read_health


class ActionModule(EntraConnectAction):
    """``adsync_health_info``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        "since": {"type": "str"},
        "baseline": {"type": "dict"},
        "show": {"type": "bool", "default": False},
        "timeout": {"type": "int", "default": 60},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read all members side by side; one that cannot be read is told so and fails nothing."""
        return read_health(flow, options["since"], options["baseline"], options["show"])
