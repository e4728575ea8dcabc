# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look-alike Windows server: a port, its users, its shells, and an engine that answers the functions."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from . import wsman
from .faults import Faults, Rule
from .http import Abort, HttpRequest, HttpResponse, Listener
from .psrp import PipelineError, PsrpShell
from .recorder import Recorder, RequestRecord

_DEFINES = re.compile(r"^function\s+(?:global:)?([A-Za-z]+-[A-Za-z0-9]+)", re.M | re.I)
_NO_LANGUAGE = "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
_COMMAND = re.compile(r'N="Cmd">([A-Za-z]+-[A-Za-z0-9]+)<')
CONTROL = "/__lab__/"
Hook = Callable[[str, str, dict[str, Any]], None]


class Engine(Protocol):
    """What answers commands: the Python twins of our functions, on the model."""

    def knows(self, name: str) -> bool:
        """Whether there is a function of this name."""

    def invoke(self, name: str, parameters: dict[str, Any]) -> Any:
        """Run one; its answer is plain Python. Raises `PipelineError`."""


class LabHost:
    """A server on loopback.

    Args:
        name: its name in messages.
        engine: answers commands.
        users: passwords by user name, for basic authentication.

    Attributes:
        installed: our PowerShell module is installed, so that commands work without their text being sent.
        language_mode: ``FullLanguage``, ``ConstrainedLanguage`` or ``NoLanguage``.
        down: the machine does not answer.
        hooks: called with ``before`` or ``after``, the function and its parameters, at every call.
        controls: further control paths, each a function from a JSON value to a JSON value.
    """

    def __init__(self, name: str, engine: Engine, users: dict[str, str]) -> None:
        self.name, self.engine, self.users = name, engine, dict(users)
        self.installed, self.language_mode, self.down = False, "FullLanguage", False
        self.faults, self.recorder = Faults(), Recorder()
        self.hooks: list[Hook] = []
        self.controls: dict[str, Callable[[Any], Any]] = {"log": lambda _value: self.recorder.as_dict(), "faults": self._set_faults}
        self._shells: dict[str, PsrpShell] = {}
        self._listener: Listener | None = None

    def listen(self, port: int = 0) -> int:
        """Start to listen; returns the port."""
        self._listener = Listener(self._answer, port)
        return self._listener.port

    def stop(self) -> None:
        """Stop listening and end all shells."""
        if self._listener is not None:
            self._listener.stop()
        for shell in list(self._shells.values()):
            shell.close()

    @property
    def open_shells(self) -> int:
        """Shells that no client has closed yet."""
        return len(self._shells)

    def _set_faults(self, rules: Any) -> None:
        self.faults.set(*rules)

    # -- one request ------------------------------------------------------------------------------------------------
    def _answer(self, request: HttpRequest) -> HttpResponse:
        if self.down:
            raise Abort
        if request.path.startswith(CONTROL):
            return self._control(request)
        if not self._allowed(request.headers.get("authorization", "")):
            return HttpResponse(401, b"", ('WWW-Authenticate: Basic realm="WSMAN"',))
        if not request.body:
            return HttpResponse(200)
        try:
            parsed = wsman.parse(request.body)
        except ValueError:
            return HttpResponse(400)
        return self._record(request, parsed)

    def _record(self, request: HttpRequest, parsed: wsman.Request) -> HttpResponse:
        function = self._function_of(parsed)
        note = RequestRecord(parsed.verb, function, request.size, 0, 0, None, request.connection)
        try:
            response = self._with_faults(parsed, function, note)
            note.sent, note.status = len(response.encode()), response.status
            return response
        finally:
            self.recorder.request(note)

    def _with_faults(self, request: wsman.Request, function: str | None, note: RequestRecord) -> HttpResponse:
        rule = self.faults.pick(request.verb, function, "before")
        if rule is not None:
            note.fault = rule.do
            if rule.do == "late":
                threading.Thread(target=self._late, args=(request, rule.secs), daemon=True).start()
                raise Abort
            if (broken := _break(rule)) is not None:
                return broken
        response = self._dispatch(request)
        rule = self.faults.pick(request.verb, function, "after")
        if rule is not None:
            note.fault = rule.do
            if rule.do == "badid":
                return HttpResponse(response.status, response.body.replace(request.message_id.encode(), b"uuid:0"), response.headers)
            return _break(rule) or response
        return response

    def _late(self, request: wsman.Request, secs: float) -> None:
        time.sleep(secs)
        self._dispatch(request)

    def _dispatch(self, request: wsman.Request) -> HttpResponse:
        kind = ("Content-Type: application/soap+xml;charset=UTF-8",)
        try:
            return HttpResponse(200, wsman.response(request, self._operate(request)), kind)
        except wsman.Fault as fault:
            return HttpResponse(500, wsman.fault(fault, request.message_id, self.name), kind)

    def _operate(self, request: wsman.Request) -> str:
        if request.verb == "Create":
            if not request.resource.startswith(wsman.PSRP):
                raise wsman.not_supported(request.resource)
            shell = PsrpShell(request, self._run)
            self._shells[shell.id] = shell
            return (
                f"<x:ResourceCreated><a:Address>{request.to}</a:Address><a:ReferenceParameters><w:ResourceURI>{request.resource}</w:ResourceURI>"
                f'<w:SelectorSet><w:Selector Name="ShellId">{shell.id}</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>'
                f"<rsp:Shell><rsp:ShellId>{shell.id}</rsp:ShellId><rsp:ResourceUri>{request.resource}</rsp:ResourceUri></rsp:Shell>"
            )
        found = self._shells.get(request.shell_id)
        if found is None:
            raise wsman.unknown_shell(request.shell_id)
        if request.verb == "Delete":
            del self._shells[request.shell_id]
            found.close()
            return ""
        operations = {"Command": found.command, "Send": found.send, "Receive": found.receive, "Signal": found.signal}
        if request.verb not in operations:
            raise wsman.not_supported(request.action)
        return operations[request.verb](request)

    def _function_of(self, request: wsman.Request) -> str | None:
        if request.verb == "Command":  # its pipeline is not there yet, but its name stands in the text
            data = base64.b64decode("".join(each.text or "" for each in request.body.iterfind("rsp:CommandLine/rsp:Arguments", wsman.NS)))
            named_in = _COMMAND.search(data.decode("utf-8", "replace"))
            return named_in[1] if named_in else "script"
        shell = self._shells.get(request.shell_id)
        named = [each for each in request.body.iter() if each.get("CommandId")]
        if shell is None or not named:
            return None
        return shell.functions.get(str(named[0].get("CommandId")).upper())

    # -- one call ---------------------------------------------------------------------------------------------------
    def _run(self, shell: PsrpShell, text: str, is_script: bool, parameters: dict[str, Any]) -> list[Any]:
        if is_script:
            return [self._script(shell, text)]
        if not self.engine.knows(text) or not (self.installed or text in shell.defined):
            message = f"The term '{text}' is not recognized as the name of a cmdlet, function, script file, or operable program."
            raise PipelineError("CommandNotFoundException", message, "ObjectNotFound")
        call = self.recorder.begin(text, parameters)
        try:
            for hook in list(self.hooks):
                hook("before", text, parameters)
            answer = self.engine.invoke(text, parameters)
        except PipelineError as error:
            self.recorder.end(call, error.identifier)
            raise
        except Exception:
            self.recorder.end(call, "LabDefect")
            raise
        self.recorder.end(call)
        for hook in list(self.hooks):
            hook("after", text, parameters)
        return [] if answer is None else [answer]

    def _script(self, shell: PsrpShell, text: str) -> str:
        if self.language_mode == "NoLanguage":
            raise PipelineError("ScriptsNotAllowed", _NO_LANGUAGE)
        defined = set(_DEFINES.findall(text))
        if not defined:
            raise PipelineError("NotImplemented", "this lab runs no script text, it only takes definitions of functions")
        shell.defined |= defined
        return self.language_mode

    # -- access -----------------------------------------------------------------------------------------------------
    def _allowed(self, header: str) -> bool:
        scheme, _space, token = header.partition(" ")
        if scheme.lower() != "basic":
            return False
        user, _colon, password = base64.b64decode(token).decode().partition(":")
        return user in self.users and self.users[user] == password

    def _control(self, request: HttpRequest) -> HttpResponse:
        work = self.controls.get(request.path[len(CONTROL) :])
        if work is None:
            return HttpResponse(404)
        value = work(json.loads(request.body) if request.body else None)
        return HttpResponse(200, json.dumps(value).encode(), ("Content-Type: application/json",))


def _break(rule: Rule) -> HttpResponse | None:
    if rule.do in ("drop", "rst", "hang"):
        if rule.do == "hang":
            time.sleep(rule.secs)
        raise Abort(reset=rule.do == "rst")
    if rule.do == "delay":
        time.sleep(rule.secs)
    answers = {"status": HttpResponse(rule.status), "deny": HttpResponse(401), "garbage": HttpResponse(200, b"<html>no WSMan</html>")}
    return answers.get(rule.do)
