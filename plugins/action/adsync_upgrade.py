# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrade one staging server with its operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, WAIT_OPTIONS, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.upgrade import upgrade


class ActionModule(EntraConnectAction):
    """``adsync_upgrade``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        **WAIT_OPTIONS,
        "version": {"type": "str", "required": True},
        "msi": {"type": "str"},
        "msi_sha256": {"type": "str"},
        "operator_ready": {"type": "bool", "default": False},
        "only_server": {"type": "bool", "default": False},
        "accept_known_bad": {"type": "str"},
        "take_over": {"type": "bool", "default": False},
    }

    def needs_all(self, options: Mapping[str, Any]) -> bool:
        """Whether there is no other server is seen from all of them."""
        return bool(options["only_server"])

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Lay down, ask, watch, prove."""
        return upgrade(flow, options, self._task.check_mode)
