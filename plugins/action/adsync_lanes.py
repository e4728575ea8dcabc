# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find the topologies of the inventory and one lane for each; connects to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ..plugin_utils._flows.lanes import lanes
from ..plugin_utils._members import MemberError
from ..plugin_utils._values import plain


class ActionModule(ActionBase):  # type: ignore[misc]
    """``adsync_lanes``; see its documentation."""

    ARGUMENT_SPEC = {
        "changing": {"type": "bool", "default": True},
        "verb": {"type": "str", "default": "", "choices": ["", "failover", "rejoin"]},
    }

    TRANSFERS_FILES = False
    _supports_check_mode = True
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """See `ActionBase.run`."""
        task_vars = task_vars or {}
        result: dict[str, Any] = super().run(tmp, task_vars)
        _validation, options = self.validate_argument_spec(self.ARGUMENT_SPEC)
        limited = plain(task_vars.get("ansible_play_hosts_all") or [])
        try:
            result.update(changed=False, lanes=lanes(task_vars, limited, options["changing"], options["verb"]))
        except MemberError as error:
            raise AnsibleActionFail(str(error)) from None
        return result
