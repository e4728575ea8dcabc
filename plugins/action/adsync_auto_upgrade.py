# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read, freeze, set, or restore automatic upgrade on one server."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.auto_upgrade import configure
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_auto_upgrade``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "state": {"type": "str", "default": "query", "choices": ["query", "frozen", "restored", "enabled", "disabled"]},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Freezing keeps what was found, restoring puts it back where nobody has changed it since."""
        return configure(flow, options["state"], self._task.check_mode)
