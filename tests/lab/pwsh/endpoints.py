# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Session configurations of the simulated servers, and processes that outlive a session: what the stub cmdlets of endpoints.ps1 ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.server import ModelServer
from .outofproc import Process
from .verb import CmdletError

if TYPE_CHECKING:
    from .engine import PwshEngine

MODULE = "EntraConnectOps"
LANGUAGE = "RestrictedRemoteServer NoLanguage"
Verb = Callable[[ModelServer, dict[str, Any]], Any]


class Endpoints:
    """Answers for an engine.

    Args:
        engine: has the processes and the sessions.
        default: name of the endpoint that every server has.
    """

    def __init__(self, engine: PwshEngine, default: str) -> None:
        self._engine, self._default = engine, default
        self.verbs: dict[str, Verb] = {
            "endpoints": self._list,
            "register_endpoint": self._register,
            "unregister_endpoint": self._unregister,
            "create_process": self._create_process,
        }
        self.processes: list[Process] = []

    def register_shipped(self, server: ModelServer, name: str) -> None:
        """Let a server have the endpoint of a role capability file that is installed there, as if it had been registered long ago."""
        self._engine.register(server.name, name, self._capability(server.name, name))

    def _list(self, server: ModelServer, _given: dict[str, Any]) -> Any:
        ours = [{"name": name, "description": values["description"]} for name, values in server.endpoints.items()]
        return [{"name": self._default, "description": ""}, *ours]

    def _register(self, server: ModelServer, given: dict[str, Any]) -> None:
        if server.endpoint_fails:
            raise CmdletError(server.endpoint_fails)
        if given["name"] in server.endpoints:
            raise CmdletError(f"The session configuration '{given['name']}' exists already.")
        capabilities = {each["capability"] for each in given["roles"]}
        if len(capabilities) != 1 or given["type"] != LANGUAGE:
            raise CmdletError(f"the lab registers an endpoint with one role capability and {LANGUAGE}, not {given}")
        self._engine.register(server.name, given["name"], self._capability(server.name, capabilities.pop()))
        server.endpoints[given["name"]] = given
        if given["restart"]:
            server.restart_winrm()

    def _unregister(self, server: ModelServer, given: dict[str, Any]) -> None:
        if server.endpoints.pop(given["name"], None) is None:
            raise CmdletError(f"No session configuration matches criteria '{given['name']}'.")
        self._engine.remove_endpoint(server.name, given["name"])
        if given["restart"]:
            server.restart_winrm()

    def _capability(self, server: str, name: str) -> Path:
        """The file of that name in the newest installed module, as Windows finds it when somebody connects."""
        found = sorted((self._engine.disk(server).modules / MODULE).glob(f"*/RoleCapabilities/{name}.psrc"))
        if not found:
            raise CmdletError(f"Could not find the role capability, '{name}'.")
        return found[-1]

    def _create_process(self, server: ModelServer, given: dict[str, Any]) -> int:
        """Started by the lab, in a session of its own, as WMI's service does: it is no child of the shell that asked for it."""
        process = self._engine.spawn(server.name, given["command_line"])
        self.processes.append(process)
        threading.Thread(target=process.communicate, daemon=True, name=f"{server.name}-detached").start()
        return 0
