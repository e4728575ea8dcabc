# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the installed versions of one server and assert what is wanted."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._action import SERVER_OPTION, EntraConnectAction
from ..plugin_utils._flows.flow import Flow, Stop
from ..plugin_utils._rules.versions import assert_version, facts_of


class ActionModule(EntraConnectAction):
    """``adsync_version``; see its documentation."""

    ARGUMENT_SPEC = {**SERVER_OPTION, "minimum": {"type": "str"}, "exact": {"type": "str"}, "timeout": {"type": "int", "default": 60}}
    SPEC_RULES = {"mutually_exclusive": [("minimum", "exact")]}

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """One read; fails where the engine's version is not what was asked for."""
        facts = facts_of(flow.read_one(full=True))
        refusals = assert_version(facts, flow.server, options["minimum"], options["exact"])
        if refusals:
            raise Stop("refused", refusals=refusals, values={"versions": facts.as_dict()})
        return {"outcome": "done", "versions": facts.as_dict()}
