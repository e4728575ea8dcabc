# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what a switch and an upgrade rest on, of every server of the topology in one task."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows import prerequisites
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_prerequisite_info``; see its documentation."""

    ARGUMENT_SPEC = {**SERVER_OPTION, "timeout": {"type": "int", "default": 120}}
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read only; a server that does not answer is told, not failed: the gates judge it."""
        return prerequisites.read_all(flow)
