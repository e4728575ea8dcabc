# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read everything about one server in one call."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow, Stop
from ..plugin_utils._rules.describe import describe
from ..plugin_utils._rules.roles import role_of


class ActionModule(EntraConnectAction):
    """``adsync_info``; see its documentation."""

    ARGUMENT_SPEC = {**SERVER_OPTION, "timeout": {"type": "int", "default": 60}}

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """One read; a role that the two readings disagree on, or that cannot be read at all, is an error."""
        read = flow.read_one(full=True)
        role = role_of(read)
        if role.name == "unknown":
            raise Stop("unknown", role.code, flow.server, values={"info": describe(read)}, detail=role.reason)
        return {"outcome": "done", "role": role.name, "info": describe(read)}
