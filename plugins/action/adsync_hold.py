# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold a server down, or release it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows import hold
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_hold``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "state": {"type": "str", "default": "held", "choices": ["held", "released"]},
        "idle_timeout": {"type": "int", "default": 1800},
        "poll_interval": {"type": "float", "default": 10.0},
    }

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """A hold asks its own server only; a release reads all members first."""
        check = self._task.check_mode
        return hold.hold(flow, check) if options["state"] == "held" else hold.release(flow, check)

    def needs_all(self, options: Mapping[str, Any]) -> bool:
        """A demotion or hold needs its own server only, and must work while others are lost."""
        return bool(options["state"] == "released")
