# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a flow sees of a topology of one simulated server, without a connection, and calls that get lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import Refused
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from tests.lab.engine import PipelineError
from tests.lab.fleet import TwinEngine
from tests.lab.model.clock import Clock
from tests.lab.model.world import World

CHUNK = 262144
WRITE, READ, GET = "Write-EntraSyncFile", "Read-EntraSyncFile", "Get-EntraSyncFile"
Fault = Callable[[str, int, Callable[[], dict[str, Any]]], dict[str, Any]]


def no_fault(_function: str, _number: int, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    return call()


class Servers:
    """What a flow sees of a topology of one server; ``fault`` stands before each call, with the number of calls of that function."""

    names = ["srv1"]
    lease_seconds = 120

    def __init__(self) -> None:
        self.model = World(Clock(1.0), {"srv1": "2.5.79.0"}).servers["srv1"]
        self.fault: Fault = no_fault
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.renewed: dict[str, ServerRead] = {}
        self._engine = TwinEngine(self.model)

    def call(self, name: str, function: str, **parameters: Any) -> dict[str, Any]:
        """One call, as `Topology.call`."""
        self.calls.append((function, parameters))
        number = sum(each == function for each, _parameters in self.calls)

        def run() -> dict[str, Any]:
            try:
                return dict(self._engine.invoke(function, parameters))
            except PipelineError as error:
                raise Refused(error.identifier.removeprefix("EntraConnect.").split(",")[0], name, str(error)) from None

        return self.fault(function, number, run)

    def renew(self, _names: list[str]) -> dict[str, ServerRead]:
        """As `Topology.renew`."""
        return self.renewed

    def count(self, function: str) -> int:
        """How often a function was called."""
        return sum(each == function for each, _parameters in self.calls)


def lost(error: Exception, function: str, *numbers: int, after: bool = False) -> Fault:
    """These calls of a function give no answer; with ``after`` they took effect."""

    def fault(called: str, number: int, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if called != function or number not in numbers:
            return call()
        if after:
            call()
        raise error

    return fault
