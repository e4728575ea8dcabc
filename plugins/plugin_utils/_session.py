# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection to one server, many calls of our functions over it.

Internal to the collection: no promise of stability between releases.

A call is a structured pipeline (a command and typed parameters, never script text made of values), so that it works where
the endpoint allows commands only. Where the server lacks our functions, their constant text is sent once.
"""

from __future__ import annotations

from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from . import _functions
from ._errors import BadValue, CallFailed, ConnectError, FunctionsMissing, Refused, ResultUnknown, SessionError, one_line
from ._values import Unsendable, from_psrp, sendable

REFUSAL_PREFIX = "EntraConnect."
NOT_FOUND = "CommandNotFoundException"
NO_SCRIPTS = "ScriptsNotAllowed"
# with blanks, so that no host name, port or path in the text of another error can look like one of them
_LOGIN_WORDS = ("failed to authenticate", "code: 401", "credentials were rejected", "logon failure", "logon attempt failed", "access is denied")


class Session(Protocol):
    """What the layers above know of a connection; each backend gives the same Python values and errors."""

    name: str

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """Run one function and return its flat object. A parameter that is None is left out.

        Raises:
            SessionError: one of its subclasses, by what is known of the effect.
        """

    def close(self) -> None:
        """End the connection; never raises."""


class PsrpSession:
    """A session over Ansible's ``psrp`` connection plugin.

    Args:
        name: the server's inventory name, for messages.
        connection: the connection plugin, not necessarily connected yet.
    """

    def __init__(self, name: str, connection: Any) -> None:
        self.name = name
        self._connection = connection
        self._defined: set[str] = set()
        self._installed = True  # assumed until the server says that it does not know a function

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """Run one function and return its flat object; see `Session.call`."""
        try:
            given = {key: sendable(key, value) for key, value in parameters.items() if value is not None}
        except Unsendable as error:
            raise BadValue("bad_value", self.name, str(error)) from None
        self._open()
        if self._installed:
            try:
                return self._run(function, given)
            except FunctionsMissing:
                self._installed = False
        self._define(function)
        return self._run(function, given)

    def close(self) -> None:
        """End the connection; errors while closing say nothing about what was done, so they are dropped."""
        try:
            self._connection.close()
        except Exception:  # pylint: disable=broad-except
            self.abandon()

    def abandon(self) -> None:
        """Forget a connection that hangs, without asking the server for a proper end, which would hang as well."""
        self._connection.runspace = None
        self._connection._connected = False  # pylint: disable=protected-access

    def _open(self) -> None:
        if getattr(self._connection, "runspace", None) is not None:
            return
        self._defined.clear()
        from ansible.errors import AnsibleError

        try:
            self._connection._connect()  # pylint: disable=protected-access
        except AnsibleError as error:
            self.abandon()  # the plugin keeps the runspace that it could not open
            raise ConnectError(_connect_code(error), self.name, one_line(error)) from None
        except ValueError as error:  # a combination of connection options that pypsrp refuses
            raise ConnectError("unreachable", self.name, one_line(error)) from None
        except _lost_errors() as error:
            self.abandon()
            raise ConnectError(_connect_code(error), self.name, one_line(error)) from None

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
            raise self._error(function, *problem)
        if len(output) != 1:
            raise ResultUnknown("no_answer", self.name, f"{function} gave {len(output)} objects where one was expected")
        answer = from_psrp(output[0])
        if not isinstance(answer, dict):
            raise ResultUnknown("no_answer", self.name, f"{function} gave a {type(answer).__name__} where an object was expected")
        return answer

    def _error(self, function: str, code: str, message: str) -> SessionError:
        if code.startswith(REFUSAL_PREFIX):
            word = code[len(REFUSAL_PREFIX) :].split(",")[0]
            return (ResultUnknown if word == "unknown_result" else Refused)(word, self.name, message)
        if code.split(",")[0] == NOT_FOUND and function in message:
            return FunctionsMissing("functions_missing", self.name, message)
        return CallFailed("server_error", self.name, f"{function}: {message}")

    def _pipeline(self) -> Any:
        from pypsrp.powershell import PowerShell

        return PowerShell(self._connection.runspace)

    def _invoke(self, pipeline: Any, what: str) -> list[Any]:
        try:
            return list(pipeline.invoke())
        except _lost_errors() as error:
            self.abandon()
            timed_out = "timeout" in type(error).__name__.lower() or "timed out" in str(error).lower()
            raise ResultUnknown("timed_out" if timed_out else "connection_lost", self.name, f"{what}: {one_line(error, 160)}") from None


def _lost_errors() -> tuple[type[Exception], ...]:
    """What pypsrp lets through when a connection breaks (psrp-lab.md 6.2); looked up late, since it is no part of ansible-core."""
    from pypsrp.exceptions import WinRMError
    from requests.exceptions import RequestException

    return (RequestException, WinRMError, ParseError, OSError)


def _connect_code(error: Exception) -> str:
    text = str(error).lower()
    return "login_refused" if any(word in text for word in _LOGIN_WORDS) else "unreachable"


def _first_error(pipeline: Any) -> tuple[str, str] | None:
    """Id and text of the first error record. ``had_errors`` alone misses the non-terminating ones (ansible.md 2.2, rule 6)."""
    for record in pipeline.streams.error:
        return str(getattr(record, "fq_error", "") or ""), one_line(record)
    return ("", "the pipeline failed without an error record") if pipeline.had_errors else None
