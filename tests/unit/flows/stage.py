# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flows on a simulated fleet without a connection: real topology, sessions that call the functions' twins, and what happens in between.

The lab's clock moves a little with every look at a server, so that no wait takes real time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._answers import given, one_object, server_error
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ConnectError, ResultUnknown, SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow, Stop, Waits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.hold import hold
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.staging import demote
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology

from tests.lab.engine import PipelineError
from tests.lab.fleet import TwinEngine
from tests.lab.model.clock import Clock
from tests.lab.model.installer import Installer
from tests.lab.model.server import ModelServer
from tests.lab.model.world import World

LOOK_SECONDS = 30.0
MOST_CALLS = 500  # a wait that nothing ends
PROMOTE = {"method": "settings", "expected_active": "", "max_pending": {"deletes": 0}, "evidence_max_age": 30, "take_over": False}
CLAIM: dict[str, Any] = {
    "active": None,
    "version": None,
    "order": None,
    "method": None,
    "verb": "",
    "overrides": {},
    "take_over": False,
    "restored": [],
    "claim": None,
    "final_outcome": "",
}
PLAN: dict[str, Any] = {
    "active": "srv2",
    "version": "2.6.92.0",
    "upgrade": False,
    "verb": "switch_roles",
    "rollback": False,
    "dead": None,
    "msi": None,
    "msi_sha256": None,
    "order": None,
    "method": "settings",
    "operator_ready": False,
    "max_pending": {"deletes": 0},
    "overrides": {},
    "take_over": False,
}
MSI = "C:\\a.msi"
INSTALLER = Installer("2.6.92.0")
UPGRADE: dict[str, Any] = {"version": "2.6.92.0", "msi": MSI, "msi_sha256": INSTALLER.sha256, "operator_ready": True}
UPGRADE |= {"take_over": False, "accept_known_bad": None, "only_server": False}
Told = tuple[str, list[tuple[str, str]]]


class Stage:
    """Two servers, srv1 active and srv2 staging, and flows on them.

    Attributes:
        said: what the user was told.
        after: by function, what happens on a server right after a call of it.
        answers: by server and function, what comes back instead of calling it; an exception is raised.
        while_silent: what happens whenever an exception is raised instead.
    """

    has_endpoints = True

    def __init__(self, **profiles: str) -> None:
        self.world = World(Clock(0.0), profiles or {"srv1": "2.5.79.0", "srv2": "2.5.79.0"})
        self.said: list[str] = []
        self.after: dict[str, Callable[[], object]] = {}
        self.answers: dict[tuple[str, str], Any] = {}
        self.called: list[tuple[str, str]] = []
        self.while_silent: Callable[[], object] = lambda: None

    def __getitem__(self, name: str) -> ModelServer:
        return self.world.servers[name]

    def flow(self, server: str = "srv1", topology: Topology | None = None, **waits: Any) -> Flow:
        """One task's work, with sessions of its own."""
        topology = topology or Topology({name: _Session(name, self) for name in self.world.servers})
        return Flow(topology, server, Waits(**{"poll_interval": 0.0, **waits}), self.said.append)

    def held(self) -> Stage:
        """The same, once srv1 was demoted and held."""
        demote(self.flow(), "settings", False)
        hold(self.flow(), False)
        return self

    def silent(self, name: str) -> None:
        """From now on the server does not answer."""
        for function in ("Get-EntraSyncServer", "Update-EntraSyncLease"):
            self.answers[name, function] = ConnectError("unreachable", name, "no route")

    def lost(self, name: str, function: str) -> None:
        """A call of this function has neither effect nor answer."""
        self.answers[name, function] = ResultUnknown("timed_out", name, "gone")

    def start(self, name: str) -> None:
        """Somebody starts the service, whatever its start type was."""
        self[name].start_type = "Automatic"
        self[name].start_service()
        self.world.clock.advance(5)

    def turn(self, name: str, staging: bool) -> None:
        """Somebody changes the flag."""
        self[name].set_staging(staging)

    def writing(self) -> list[tuple[str, str]]:
        """What was called but readings and renewals."""
        return [each for each in self.called if not each[1].startswith(("Get-", "Read-", "Update-"))]


class _Session:
    side_by_side = True

    def __init__(self, name: str, stage: Stage) -> None:
        self.has_endpoints = stage.has_endpoints
        self.name, self._stage, self._engine = name, stage, TwinEngine(stage[name])

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """As `Session.call`."""
        stage = self._stage
        stage.called.append((self.name, function))
        assert len(stage.called) < MOST_CALLS, "it does not end"
        answer = stage.answers.get((self.name, function))
        if isinstance(answer, Exception):
            stage.while_silent()
            raise answer
        if answer is None:
            try:
                answer = self._engine.invoke(function, given(self.name, parameters))
            except PipelineError as error:
                raise server_error(self.name, function, error.identifier, error.message) from None
        if function.startswith(("Get-", "Update-")):
            stage.world.clock.advance(LOOK_SECONDS)
        if event := stage.after.pop(function, None):
            event()
        return one_object(self.name, function, [answer])

    def send_text(self) -> None:
        """There is no text to send."""

    def close(self) -> None:
        """Nothing to end."""


def ended(work: Callable[..., Any], *arguments: Any) -> Told:
    """How it ended: the outcome, and codes and servers of what stood against it; what a server refused has the outcome ``error``."""
    try:
        return str(work(*arguments)["outcome"]), []
    except Stop as stop:
        return stop.outcome, [(each.code, each.server) for each in stop.refusals]
    except SessionError as error:
        return "error", [(error.code, error.server)]
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:  # told beside what was expected
        return "defect", [(type(error).__name__, str(error))]


def details(work: Callable[..., Any], *arguments: Any) -> list[tuple[str, str]]:
    """Code and detail of what stood against it."""
    try:
        work(*arguments)
    except Stop as stop:
        return [(each.code, str(each.params.get("detail", ""))) for each in stop.refusals]
    return []
