# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection to one server, many calls of our functions over it.

Internal to the collection: no promise of stability between releases.

A call is a structured pipeline (a command and typed parameters, never script text made of values), so that it works where
the endpoint allows commands only. Where the server lacks our functions, their constant text is sent once.
"""

from __future__ import annotations

import copy
import threading
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from . import _functions, _server_module
from ._answers import connect_code, connect_detail, given, lost_code, one_object, server_error
from ._errors import CallFailed, ConnectError, FunctionsMissing, Refused, ResultUnknown, one_line
from ._values import from_psrp

NO_SCRIPTS = "ScriptsNotAllowed"
# Functions whose answer tells the version of the installed module -> the key that tells it
TELLS_VERSION = {"Get-EntraSyncServer": "module_version", "Update-EntraSyncLease": "module_version", "Get-EntraSyncModule": "version"}


class Session(Protocol):
    """What the layers above know of a connection; each backend gives the same Python values and errors."""

    name: str
    side_by_side: bool  # whether it may be used while others are in use in other threads
    has_endpoints: bool  # whether a server can have several of its kind, restricted ones too

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """Run one function and return its flat object. A parameter that is None is left out.

        Raises:
            SessionError: one of its subclasses, by what is known of the effect.
        """

    def send_text(self) -> None:
        """From now on send the functions' text, whatever version is installed there."""

    def close(self) -> None:
        """End the connection; never raises."""


class PsrpSession:
    """A session over Ansible's ``psrp`` connection plugin.

    Args:
        name: the server's inventory name, for messages.
        connection: the connection plugin, not necessarily connected yet.
    """

    side_by_side = True
    has_endpoints = True

    def __init__(self, name: str, connection: Any) -> None:
        self.name = name
        self._connection = connection
        self._defined: set[str] = set()
        self._installed = True  # assumed until the server says that it does not know a function
        self._fits = False  # whether the installed module is known to be of our major version
        self._answered = False  # whether an installed function of ours has answered on this connection
        self._own = threading.local()

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """Run one function and return its flat object; see `Session.call`."""
        sent = given(self.name, parameters)
        self._own.connection = self._connection
        self._open()
        if self._installed:
            try:
                return self._run_installed(function, sent)
            except FunctionsMissing as error:
                if error.code != "functions_missing":
                    raise
                return self._run_not_installed(function, sent)
        self._define(function)
        return self._run(function, sent)

    def _run_not_installed(self, function: str, sent: dict[str, Any]) -> dict[str, Any]:
        """The function by its text; where others of ours answer and no text is taken, the endpoint does not offer this one.

        Raises:
            Refused: ``endpoint_reads_only``; nothing was called.
        """
        self._installed = False
        try:
            self._define(function)
        except FunctionsMissing:
            self._installed = True  # where no text is taken only what is installed can answer, whatever is asked for next
            if self._answered:
                raise Refused("endpoint_reads_only", self.name, f"it does not offer {function}") from None
            raise
        return self._run(function, sent)

    def send_text(self) -> None:
        """From now on send the functions' text, whatever is installed there."""
        self._installed = False

    def close(self) -> None:
        """End the connection; errors while closing say nothing about what was done, so they are dropped."""
        try:
            self._connection.close()
        except Exception:  # pylint: disable=broad-except
            self.abandon()

    def abandon(self) -> None:
        """Forget a connection that hangs, without asking the server for a proper end, which would hang as well.

        A thread that still waits on it keeps the old object to itself, and asks nothing more when it comes back.
        """
        fresh = copy.copy(self._connection)
        for each in (self._connection, fresh):
            each.runspace = None
            each._connected = False  # pylint: disable=protected-access
        self._connection = fresh

    def _open(self) -> None:
        if getattr(self._connection, "runspace", None) is not None:
            return
        self._defined.clear()
        self._fits = self._answered = False  # somebody may have installed another one since
        from ansible.errors import AnsibleError

        try:
            self._connection._connect()  # pylint: disable=protected-access
        except AnsibleError as error:
            self.abandon()  # the plugin keeps the runspace that it could not open
            raise ConnectError(connect_code(error), self.name, connect_detail(error)) from None
        except ValueError as error:  # a combination of connection options that pypsrp refuses
            raise ConnectError("unreachable", self.name, one_line(error)) from None
        except _lost_errors() as error:
            self.abandon()
            raise ConnectError(connect_code(error), self.name, connect_detail(error)) from None

    def _run_installed(self, function: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """The installed function's answer; a module of another major version is refused before one of its functions changes anything."""
        if not self._fits and not function.startswith("Get-") and function not in TELLS_VERSION:
            self._run_installed("Get-EntraSyncModule", {})
        answer = self._run(function, parameters)
        self._answered = True
        if not self._fits and function in TELLS_VERSION:
            if wrong := _server_module.misfit(str(answer.get(TELLS_VERSION[function]) or "")):
                raise FunctionsMissing("module_version", self.name, wrong)
            self._fits = True
        return answer

    def _define(self, function: str) -> None:
        missing = _functions.needed_by(function) - self._defined
        if not missing:
            return
        pipeline = self._pipeline()
        pipeline.add_script(_functions.script_for(missing), use_local_scope=False)
        output = self._invoke(pipeline, "the functions' text")
        problem = _first_error(pipeline)
        if problem and NO_SCRIPTS.lower() not in problem[0].lower() and "language mode" not in problem[1] and "no-language" not in problem[1]:
            raise CallFailed("server_error", self.name, problem[1])
        mode = str(output[-1]) if output else "NoLanguage"
        if problem or mode != "FullLanguage":
            raise FunctionsMissing("constrained_language", self.name, mode)
        self._defined |= missing

    def _run(self, function: str, parameters: dict[str, Any]) -> dict[str, Any]:
        pipeline = self._pipeline()
        pipeline.add_cmdlet(function)
        pipeline.add_parameters(parameters)
        output = self._invoke(pipeline, function)
        problem = _first_error(pipeline)
        if problem:
            raise server_error(self.name, function, *problem)
        return one_object(self.name, function, [from_psrp(each) for each in output])

    def _pipeline(self) -> Any:
        from pypsrp.powershell import PowerShell

        if self._own.connection is not self._connection:
            raise ResultUnknown("timed_out", self.name, "the answer to an earlier request came too late, nothing more was asked")
        return PowerShell(self._connection.runspace)

    def _invoke(self, pipeline: Any, what: str) -> list[Any]:
        try:
            return list(pipeline.invoke())
        except _lost_errors() as error:
            self.abandon()
            raise ResultUnknown(lost_code(error), self.name, f"{what}: {one_line(error, 160)}") from None


def _lost_errors() -> tuple[type[Exception], ...]:
    """What pypsrp lets through when a connection breaks (psrp-lab.md 6.2); looked up late, since it is no part of ansible-core."""
    from pypsrp.exceptions import WinRMError
    from requests.exceptions import RequestException

    return (RequestException, WinRMError, ParseError, OSError)


def _first_error(pipeline: Any) -> tuple[str, str] | None:
    """Id and text of the first error record. ``had_errors`` alone misses the non-terminating ones (ansible.md 2.2, rule 6)."""
    for record in pipeline.streams.error:
        return str(getattr(record, "fq_error", "") or ""), one_line(record)
    return ("", "the pipeline failed without an error record") if pipeline.had_errors else None
