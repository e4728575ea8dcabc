# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what servers would export, by connector, object and attribute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plugin_utils._action import CLAIM_OPTION, SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow
from ..plugin_utils._flows.pending import pending_exports


class ActionModule(EntraConnectAction):
    """``adsync_pending_export_info``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        **CLAIM_OPTION,
        "servers": {"type": "list", "elements": "str"},
        "detail": {"type": "bool", "default": False},
        "samples": {"type": "int", "default": 0},
        "max_pending": {"type": "dict", "default": {"deletes": 0}},
        "enforce": {"type": "bool", "default": False},
        "timeout": {"type": "int", "default": 180},
    }
    SPEC_RULES = {"mutually_exclusive": [("server", "servers")]}

    def needs_all(self, options: Mapping[str, Any]) -> bool:
        """All members are known where several servers are named."""
        return bool(options["servers"])

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read only; the same in check mode and in a run."""
        return pending_exports(flow, options)
