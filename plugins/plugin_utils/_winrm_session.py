# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session over Ansible's ``winrm`` connection plugin: one process per call, the same Python values and errors as over PSRP.

Internal to the collection: no promise of stability between releases.

The command line is a constant script. Values travel on standard input only, so that none is ever script text or stands in a
list of processes.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Sequence
from typing import Any

from . import _documents, _functions, _server_module
from ._answers import connect_code, connect_detail, given, lost_code, one_object, server_error
from ._errors import CallFailed, ConnectError, FunctionsMissing, ResultUnknown, SessionError, one_line

_CACHE = "KRB5CCNAME"


class WinrmSession:
    """A session over Ansible's ``winrm`` connection plugin; see `Session`.

    Args:
        name: the server's inventory name, for messages.
        connection: the connection plugin, not necessarily connected yet.
    """

    # The plugin puts each connection's Kerberos tickets into the environment of the whole process
    side_by_side = False
    has_endpoints = False

    def __init__(self, name: str, connection: Any) -> None:
        self.name = name
        self._connection = connection
        self._tickets: str | None = None
        self._major = _server_module.major()

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """Run one function and return its flat object; see `Session.call`."""
        answer = self.calls([(function, parameters)])[0]
        if isinstance(answer, SessionError):
            raise answer
        return answer

    def calls(self, wanted: Sequence[_documents.Call]) -> list[dict[str, Any] | SessionError]:
        """Run functions one after another in one process, up to the first that fails.

        Returns:
            The answers in order. The last is an error where that call failed; calls that are missing after it were not run.

        Raises:
            SessionError: no call was run, or nobody knows which were.
        """
        asked = [(function, given(self.name, parameters)) for function, parameters in wanted]
        names = {each for function, _parameters in asked for each in _functions.needed_by(function)}
        document = _documents.question(_functions.code_for(names), asked, self._major)
        connection = self._connection
        self._open()
        if connection is not self._connection:  # given up while it was being opened: it must not ask for anything any more
            raise ResultUnknown("timed_out", self.name, "the connection was opened too late")
        functions = [function for function, _parameters in asked]
        return self._understood(self._answers(connection, document, ", ".join(functions)), functions)

    def send_text(self) -> None:
        """From now on do not look what is installed there; the text is sent in any case."""
        self._major = ""

    def close(self) -> None:
        """End the connection; errors while closing say nothing about what was done, so they are dropped."""
        try:
            self._use_tickets()
            self._connection.close()
        except Exception:  # pylint: disable=broad-except
            self.abandon()

    def abandon(self) -> None:
        """Forget a connection that hangs; a thread that still waits on it keeps the old object to itself."""
        fresh = copy.copy(self._connection)
        for each in (self._connection, fresh):
            each.protocol = each.shell_id = None
            each._connected = False  # pylint: disable=protected-access
        self._connection = fresh

    def _open(self) -> None:
        if self._connection.protocol is not None:
            self._use_tickets()
            return
        from ansible.errors import AnsibleError

        try:
            self._connection._connect()  # pylint: disable=protected-access
        except (AnsibleError, ValueError, OSError) as error:
            self.abandon()
            raise ConnectError(connect_code(error), self.name, connect_detail(error)) from None
        self._tickets = os.environ.get(_CACHE)

    def _use_tickets(self) -> None:
        """A connection logs in again where the server ended its socket: with its own tickets, not those of the server opened last."""
        if self._tickets is not None:
            os.environ[_CACHE] = self._tickets

    def _answers(self, connection: Any, document: bytes, what: str) -> _documents.Answers:
        try:
            # The plugin of each core encodes a plain script once, and nothing else about it
            code, output, errors = connection.exec_command(_functions.bootstrap(), in_data=document, sudoable=False)
        except Exception as error:  # pylint: disable=broad-except
            # Whatever comes out of the plugin here (its own errors, those of requests and pywinrm, StopIteration of an odd answer), the
            # process may be running
            if connection is self._connection:
                self.abandon()
            raise ResultUnknown(lost_code(error), self.name, f"{what}: {one_line(error, 160)}") from None
        try:
            return _documents.read(output)
        except _documents.NoDocument as error:
            told = one_line(errors.decode("utf-8", "replace"), 160)
            raise ResultUnknown("no_answer", self.name, f"{what}: the process ended with {code} and {error}: {told}".rstrip(": ")) from None

    def _understood(self, told: _documents.Answers, asked: Sequence[str]) -> list[dict[str, Any] | SessionError]:
        if told.mode:
            raise FunctionsMissing("constrained_language", self.name, told.mode)
        if told.module:
            raise FunctionsMissing("module_version", self.name, _server_module.misfit(told.module))
        if told.problem:
            raise CallFailed("server_error", self.name, told.problem)
        if not told.answers or len(told.answers) + len(told.left) != len(asked):
            raise ResultUnknown("no_answer", self.name, f"{len(told.answers)} answers and {len(told.left)} calls left of {len(asked)}")
        return list(self._each(asked, told.answers))

    def _each(self, asked: Sequence[str], answers: Sequence[_documents.Answer]) -> Iterable[dict[str, Any] | SessionError]:
        for function, answer in zip(asked, answers, strict=False):  # those left have none
            if answer.error is not None:
                yield server_error(self.name, function, answer.error[0], one_line(answer.error[1]))
                continue
            try:
                yield one_object(self.name, function, answer.output)
            except ResultUnknown as error:
                yield error
