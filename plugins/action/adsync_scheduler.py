# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change the documented settings of the sync scheduler on one server."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.scheduler import configure


class ActionModule(EntraConnectAction):
    """``adsync_scheduler``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "sync_cycle_enabled": {"type": "bool"},
        "maintenance_enabled": {"type": "bool"},
        "customized_sync_cycle_interval": {"type": "str"},
        "next_sync_cycle_policy_type": {"type": "str", "choices": ["delta", "initial"]},
        "purge_run_history_interval": {"type": "str"},
        "keep_found": {"type": "bool", "default": False},
        "restore_found": {"type": "bool", "default": False},
        "sign_in_timeout": {"type": "int", "default": 60},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Set only what is given and differs, and read back what is in force."""
        return configure(flow, options, self._task.check_mode)
