# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the actions and the model: sessions that call the functions' twins, number every request, and let one go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._answers import given, one_object, server_error
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ConnectError

from tests.lab.engine import PipelineError
from tests.lab.fleet import TwinEngine

from .playbook import Crash

if TYPE_CHECKING:
    from .virtual_time import VirtualTime

Objects = list[Any]


@dataclass
class Request:
    """One call of a function on a server, before it is sent.

    Attributes:
        number: counts all requests of all runs of a stage, from 1.
        effect: runs it on the server; returns the objects that the pipeline puts out, or raises the session's error.
    """

    number: int
    server: str
    function: str
    parameters: dict[str, Any]
    effect: Callable[[], Objects] = field(repr=False)

    @property
    def place(self) -> tuple[str, str]:
        """Whom it asks what."""
        return self.server, self.function

    @property
    def reads(self) -> bool:
        """Whether it leaves the server as it is."""
        return self.function.startswith(("Get-", "Read-"))


# what stands between a request and its answer
Way = Callable[[Request], Objects]


def straight(request: Request) -> Objects:
    """Nothing goes wrong."""
    return request.effect()


class Wire:
    """All requests of a stage, of every run on it.

    Attributes:
        way: what happens to each request.
        log: the requests so far.
        away: servers that are cut off from the controller for good.
        crashed: the controller at work is gone: every further request of its run ends it.
    """

    def __init__(self, engines: dict[str, TwinEngine], time: VirtualTime) -> None:
        self.engines, self.time = engines, time
        self.way: Way = straight
        self.log: list[Request] = []
        self.away: set[str] = set()
        self.crashed = False

    def session(self, name: str) -> InProcessSession:
        """A session to a server."""
        return InProcessSession(name, self)

    def request(self, server: str, function: str, parameters: dict[str, Any]) -> Objects:
        """Send one, and give what comes back.

        Raises:
            SessionError: as the real session would.
            Crash: the controller is gone.
        """
        return self._send(server, function, parameters, lambda: self.run(server, function, parameters))

    def asked(self, server: str, what: str, effect: Callable[[], Objects]) -> Objects:
        """What a user's own tasks ask somebody else about a server: it goes wrong as a request to the server itself does.

        Raises:
            SessionError: as `request`, for a fault.
            Crash: the controller is gone.
        """
        return self._send(server, what, {}, effect)

    def _send(self, server: str, function: str, parameters: dict[str, Any], effect: Callable[[], Objects]) -> Objects:
        if self.crashed:
            raise Crash
        request = Request(len(self.log) + 1, server, function, parameters, effect)
        self.log.append(request)
        objects = self.way(request)
        if self.crashed:
            raise Crash
        return objects

    def run(self, server: str, function: str, parameters: dict[str, Any]) -> Objects:
        """The function's effect on the server, and its objects.

        Raises:
            SessionError: what an error of the function means; nobody answers where the machine is off or cut off.
        """
        if server in self.away or not self.engines[server].server.up:
            raise ConnectError("unreachable", server, "no route")
        try:
            answer = self.engines[server].invoke(function, parameters)
        except PipelineError as error:
            raise server_error(server, function, error.identifier, error.message) from None
        return answer if isinstance(answer, list) else [] if answer is None else [answer]

    def crash(self) -> None:
        """Kill the controller."""
        self.crashed = True


class InProcessSession:
    """As `PsrpSession`, without a connection."""

    side_by_side = True

    def __init__(self, name: str, wire: Wire) -> None:
        self.name, self._wire = name, wire

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """See `Session.call`."""
        sent = given(self.name, parameters)
        return one_object(self.name, function, self._wire.request(self.name, function, sent))

    def close(self) -> None:
        """Nothing to end."""

    def send_text(self) -> None:
        """The twins answer always."""
