# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session over psrp that its task gave up: what still waits in it must not reach the server any more."""

from __future__ import annotations

import threading

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ResultUnknown, SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession

from ..lab.host import LabHost
from .lab.client import USERS, EchoEngine, connect


class SlowConnection:
    """A connection plugin whose login takes until it is let go."""

    def __init__(self, port: int) -> None:
        self.port, self.waiting, self.go = port, threading.Event(), threading.Event()
        self.runspace, self._connected = None, False

    def _connect(self) -> None:
        self.waiting.set()
        self.go.wait(60)
        self.runspace = connect(self.port)
        self.runspace.open()

    def close(self) -> None:
        """End it."""


@pytest.mark.parametrize("again", [False, True])
def test_a_call_that_was_given_up_while_it_connected_is_never_made(again: bool) -> None:
    """The task has said that the time is over; the login ends later, and the function is not called, not even over a session opened since."""
    host = LabHost("srv1", EchoEngine(), USERS)
    host.installed = True
    connection = SlowConnection(host.listen())
    session = PsrpSession("srv1", connection)
    raised: list[SessionError] = []

    def late() -> None:
        try:
            session.call("Get-Echo", Value="late")
        except SessionError as error:
            raised.append(error)

    thread = threading.Thread(target=late)
    thread.start()
    assert connection.waiting.wait(60)
    session.abandon()  # as the topology does at its deadline
    connection.go.set()
    if again:
        assert session.call("Get-Echo", Value="later") == {"got": {"Value": "later"}}
    thread.join(60)
    assert [type(each) for each in raised] == [ResultUnknown] and raised[0].code == "timed_out"
    assert [call.parameters["Value"] for call in host.recorder.calls] == (["later"] if again else [])
    host.stop()
