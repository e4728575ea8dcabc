# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Demote or promote a server."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, WAIT_OPTIONS, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.promote import promote
from ..plugin_utils._flows.staging import demote


class ActionModule(EntraConnectAction):
    """``adsync_staging``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        **WAIT_OPTIONS,
        "enabled": {"type": "bool", "required": True},
        "method": {"type": "str", "default": "wizard", "choices": ["wizard", "settings"]},
        "expected_active": {"type": "str"},
        "evidence_max_age": {"type": "int", "default": 30},
        "max_pending": {"type": "dict", "default": {"deletes": 0}},
        "take_over": {"type": "bool", "default": False},
    }
    SPEC_RULES = {"required_if": [("enabled", False, ("expected_active",))]}

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Demotion asks its own server only; promotion reads all members in this task."""
        check, start = self._task.check_mode, time.monotonic()
        values = demote(flow, options["method"], check) if options["enabled"] else promote(flow, options, check)
        return {**values, "claim": options["claim"] or "", "waited": round(time.monotonic() - start, 1)}

    def needs_all(self, options: Mapping[str, Any]) -> bool:
        """A demotion or hold needs its own server only, and must work while others are lost."""
        return not bool(options["enabled"])
