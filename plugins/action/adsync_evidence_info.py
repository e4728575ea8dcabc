# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what the gates judge of every server over one session each: health, prerequisites, pending exports, settings."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.evidence import KINDS, gather
from ..plugin_utils._flows.flow import Flow


class ActionModule(EntraConnectAction):
    """``adsync_evidence_info``; see its documentation."""

    ARGUMENT_SPEC = {
        **SERVER_OPTION,
        "kinds": {"type": "list", "elements": "str", "choices": list(KINDS), "default": list(KINDS)},
        "max_pending": {"type": "dict", "default": {"deletes": 0}},
        "pending_samples": {"type": "int", "default": 0},
        "report_dir": {"type": "path", "default": "./entra-connect-reports"},
        "health_timeout": {"type": "int", "default": 60},
        "prerequisites_timeout": {"type": "int", "default": 120},
        "pending_timeout": {"type": "int", "default": 180},
        "settings_timeout": {"type": "int", "default": 120},
    }
    WHOLE_TOPOLOGY = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Read; in check mode too, since the export of settings is evidence and no state of a server changes."""
        return gather(flow, options)
