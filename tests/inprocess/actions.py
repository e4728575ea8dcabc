# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real action plugins: their own `run`, with sessions that need no connection."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ansible.errors import AnsibleActionFail
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import SessionError

from .virtual_time import COLLECTION

if TYPE_CHECKING:
    from .stage import Stage

_CONNECTION = SimpleNamespace(transport="ansible.builtin.psrp", _shell=SimpleNamespace(tmpdir="unused"))


class Actions:
    """The action plugins of one run.

    Attributes:
        told: lines that were shown.
        defects: exceptions that left an action and are no failure which Ansible knows.
    """

    def __init__(self, stage: Stage, check: bool) -> None:
        self.stage, self.check = stage, check
        self.told: list[str] = []
        self.defects: list[str] = []

    def act(self, module: str, options: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        """Run one; what Ansible would make of an exception is the result of a failed task."""
        if module == "uri":
            return self._asked(options)
        plugin = importlib.import_module(f"{COLLECTION}.action.{module}")
        base: Any = importlib.import_module(f"{COLLECTION}.plugin_utils._action")
        task = SimpleNamespace(
            args=options,
            check_mode=self.check,
            diff=False,
            action=module,
            async_val=0,
            delegate_to=None,
            connection="psrp",
            get_play=lambda: SimpleNamespace(serial=[]),
        )
        action = plugin.ActionModule(task, _CONNECTION, None, None, None)
        action._sessions = lambda names, _host, _vars: {name: self.stage.wire.session(name) for name in names}
        shown, base.Display = base.Display, lambda: SimpleNamespace(display=self.told.append)
        try:
            return dict(action.run(None, task_vars))
        except AnsibleActionFail as error:
            return {"failed": True, "msg": str(error)}
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not pass as an ordinary failure
            self.defects.append(f"{module}: {type(error).__name__}: {error}")
            return {"failed": True, "msg": f"{type(error).__name__}: {error}"}
        finally:
            base.Display = shown

    def _asked(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a user's own tasks ask of others than the servers; that may go wrong as each request may."""
        whom, body = options["url"].rpartition("/")[2], options["body"]
        if whom == "identity":
            return {"changed": False, "json": self.stage.world.identity(body)}
        effect = {"hypervisor": self.stage.hypervisor.ask, "desk": self.stage.desk.append}[whom]
        try:
            told = self.stage.wire.asked(body["server"], f"{whom} {body['action']}", lambda: [effect(body) or {}])
        except (SessionError, TimeoutError, ValueError) as error:
            return {"failed": True, "msg": str(error)}
        return {"changed": True, "json": told[0] if len(told) == 1 else told}

    def lanes(self, changing: bool, verb: str, task_vars: dict[str, Any]) -> list[dict[str, Any]]:
        """The lanes that the product chooses."""
        flows = importlib.import_module(f"{COLLECTION}.plugin_utils._flows.lanes")
        return list(flows.lanes(task_vars, self.stage.names, changing, verb))

    def hostvars(self, extra: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The variables of every server, as they are in the inventory."""
        common = {**extra, "ansible_connection": "psrp", "ansible_port": 5986, "ansible_playbook_python": "python"}
        return {name: {**common, "ansible_host": name, "inventory_hostname": name} for name in self.stage.names}
