# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look-alike Windows server: a port, its users, its shells, and an engine that answers the functions."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable
from typing import Any

from . import control, winrs, wsman
from .engine import Engine, Hook, PipelineCommand, PipelineError, command_not_found, not_implemented, scripts_not_allowed, stop_asked
from .faults import Faults, Rule
from .http import CHALLENGE, Abort, BasicLogin, HttpRequest, HttpResponse, Listener, Login, cut_in_half
from .psrp import PsrpShell, Shell, function_in
from .recorder import Recorder, RequestRecord

__all__ = ["Engine", "Hook", "LabHost", "PipelineError", "stop_asked"]

EFFECT_WAIT = 5.0  # seconds that a fault after a Command waits for the function to end
_DEFINES = re.compile(r"^[ \t]*function\s+(global:)?([A-Za-z]+-[A-Za-z0-9]+)\s*\{", re.M | re.I)
_SOAP = ("Content-Type: application/soap+xml;charset=UTF-8",)


class LabHost:
    """A server on loopback.

    Args:
        name: its name in messages and records.
        engine: answers functions.
        users: passwords by user name.
        faults: its fault rules, none by default.
        recorder: several hosts may share one.

    Attributes:
        installed: our PowerShell module is installed, so that functions run without their text being sent.
        language_mode: ``FullLanguage``, ``ConstrainedLanguage`` or ``NoLanguage``.
        hooks: called with ``before`` or ``after``, the function and its parameters, at every call, in its thread.
        controls: the control URL's names, each a function from a JSON value to a JSON value; may be extended.
        new_login: makes the `Login` of a connection, for other ways to authenticate.
        new_shell: makes a shell from a Create and the user's name, for other engines; new_command_shell: the same for WinRS, none refuses it.
    """

    def __init__(self, name: str, engine: Engine, users: dict[str, str], faults: Faults | None = None, recorder: Recorder | None = None) -> None:
        self.name, self.engine, self.users = name, engine, dict(users)
        self.faults, self.recorder = faults or Faults(), recorder or Recorder()
        self.installed, self.language_mode = False, "FullLanguage"
        self.hooks: list[Hook] = []
        self.controls = control.standard(self)
        self.new_login: Callable[[], Login] = lambda: BasicLogin(self.users)
        self.new_shell: Callable[[wsman.Request, str], Shell] = lambda request, user: PsrpShell(request, user, self._run)
        self.new_command_shell: Callable[[wsman.Request, str], Shell] | None = None
        self._down = False
        self._shells: dict[str, Shell] = {}
        self._functions: dict[str, str | None] = {}  # by CommandId
        self._listeners: list[Listener] = []
        self._stopping = threading.Event()

    @property
    def down(self) -> bool:
        """The machine cannot be reached: open connections end, new ones get no answer. What runs on it goes on."""
        return self._down

    @down.setter
    def down(self, value: bool) -> None:
        self._down = value
        for listener in self._listeners if value else ():
            listener.drop_connections()

    @property
    def open_shells(self) -> int:
        """Shells that no client has closed yet."""
        return len(self._shells)

    def listen(self, port: int = 0, tls: ssl.SSLContext | None = None) -> int:
        """Start to listen on loopback, 0 for any free port; returns the port. May be called again for more ports."""
        self._stopping.clear()
        self._listeners.append(Listener(self._answer, self._login, port, tls))
        return self._listeners[-1].port

    def _login(self) -> Login:
        return self.new_login()  # as it is when the connection comes

    def stop(self) -> None:
        """Stop listening and end all shells, connections, and waiting faults."""
        self._stopping.set()
        self.drop_shells()
        for listener in self._listeners:
            listener.stop()
        self._listeners.clear()

    def drop_shells(self) -> None:
        """End all shells, as a restart of the server does; their clients are told that there is no such shell."""
        while self._shells:
            self._shells.popitem()[1].close()

    # -- one request ------------------------------------------------------------------------------------------------
    def _answer(self, request: HttpRequest, login: Login) -> HttpResponse:
        if request.path.startswith(control.PREFIX):
            return control.answer(self.controls, request)
        note = RequestRecord(self.name, request.connection, request.size)
        try:
            response = self._known(request, login, note)
        finally:
            if not note.number:
                self.recorder.request(note)
        note.status, note.sent = response.status, len(response.encode())
        return response

    def _known(self, request: HttpRequest, login: Login, note: RequestRecord) -> HttpResponse:
        if self.down:
            raise Abort
        if (refused := login.check(request)) is not None:
            return refused
        if not request.body:
            return login.seal(HttpResponse(200))
        try:
            parsed = wsman.parse(login.unseal(request))
        except ValueError:
            return HttpResponse(400)
        note.verb, note.function = parsed.verb, self._function_of(parsed)
        self.recorder.request(note)
        return login.seal(self._with_faults(parsed, login.user, note))

    def _function_of(self, request: wsman.Request) -> str | None:
        named = winrs.function_in(request) if request.resource == winrs.RESOURCE else function_in(request) if request.verb == "Command" else None
        if named and request.command_id:
            self._functions[request.command_id] = named
        return named or self._functions.get(request.command_id)

    def _with_faults(self, request: wsman.Request, user: str, note: RequestRecord) -> HttpResponse:
        rule = self.faults.pick(request.verb, note.function, "before")
        if rule is not None:
            note.fault = rule.do
            if rule.do == "late":
                threading.Thread(target=self._late, args=(self._shells.get(request.shell_id), request, rule.secs), daemon=True).start()
                raise Abort
            if (broken := self._break(rule, request)) is not None:
                return broken
        response = self._dispatch(request, user)
        rule = self.faults.pick(request.verb, note.function, "after")
        if rule is None:
            return response
        note.fault = rule.do
        if request.verb == "Command" and (shell_of := self._shells.get(request.shell_id)) is not None:
            shell_of.wait_ended(request.command_id, EFFECT_WAIT)
        return self._break(rule, request, response) or response

    def _late(self, shell: Shell | None, request: wsman.Request, secs: float) -> None:
        if shell is not None and not self._stopping.wait(secs):
            shell.command(request)

    def _break(self, rule: Rule, request: wsman.Request, response: HttpResponse | None = None) -> HttpResponse | None:
        """What a rule makes of a request; None: go on."""
        if rule.do == "hang":
            self._stopping.wait(rule.secs or None)
        if rule.do in ("drop", "rst", "hang"):
            raise Abort(reset=rule.do == "rst")
        if rule.do == "delay":
            self._stopping.wait(rule.secs)
        if response is not None and rule.do == "truncate":
            return cut_in_half(response)
        if response is not None and rule.do == "close":
            return HttpResponse(response.status, response.body, response.headers, close=True)
        if response is not None and rule.do == "badid":
            return HttpResponse(response.status, response.body.replace(request.message_id.encode(), b"uuid:0"), response.headers)
        if rule.do == "fault":
            return self._fault(wsman.Fault(rule.code, "s:Receiver", "w:InternalError", rule.text), request)
        answers = {"status": HttpResponse(rule.status), "deny": CHALLENGE, "garbage": HttpResponse(200, b"<html>no WSMan</html>", _SOAP)}
        return answers.get(rule.do)

    def _fault(self, fault: wsman.Fault, request: wsman.Request) -> HttpResponse:
        return HttpResponse(500, wsman.fault(fault, request.message_id, self.name), _SOAP)

    # -- one operation ----------------------------------------------------------------------------------------------
    def _dispatch(self, request: wsman.Request, user: str) -> HttpResponse:
        try:
            return HttpResponse(200, wsman.response(request, self._operate(request, user)), _SOAP)
        except wsman.Fault as fault:
            return self._fault(fault, request)
        except Exception as error:  # noqa: BLE001 - what the lab cannot read is a fault to the client and a note for the test
            self.recorder.note(f"{self.name}: {request.verb}: {type(error).__name__}: {error}")
            return self._fault(wsman.internal(f"{type(error).__name__}: {error}"), request)

    def _operate(self, request: wsman.Request, user: str) -> str:
        if request.verb == "Create":
            new_shell = self.new_shell if request.resource.startswith(wsman.PSRP) else self.new_command_shell
            if new_shell is None:
                raise wsman.not_supported(request.resource)
            shell = new_shell(request, user)
            self._shells[shell.id] = shell
            return wsman.created(request, shell.id)
        shell = self._shell(request, user)
        if request.verb == "Delete":
            self._shells.pop(request.shell_id, None)
            shell.close()
            return ""
        operations = {"Command": shell.command, "Send": shell.send, "Receive": shell.receive, "Signal": shell.signal}
        if request.verb not in operations:
            raise wsman.not_supported(request.action)
        return operations[request.verb](request)

    def _shell(self, request: wsman.Request, user: str) -> Shell:
        shell = self._shells.get(request.shell_id)
        if shell is None or shell.user != user:
            raise wsman.unknown_shell(request.shell_id)
        return shell

    # -- one pipeline -----------------------------------------------------------------------------------------------
    def _run(self, defined: set[str], command: PipelineCommand) -> list[Any]:
        if command.is_script:
            return [self._script(defined, command)]
        name = command.text
        if not self.engine.knows(name) or not (self.installed or name.lower() in defined):
            raise command_not_found(name)
        answer = self.call(name, command.parameters)
        return answer if isinstance(answer, list) else [] if answer is None else [answer]

    def _script(self, defined: set[str], command: PipelineCommand) -> str:
        """What our client's script does: define functions, put out the language mode (constrained or not, it is defined)."""
        if self.language_mode == "NoLanguage":
            raise scripts_not_allowed()
        found = _DEFINES.findall(command.text)
        if not found:
            raise not_implemented("the lab runs no script text, it only takes definitions of functions")
        defined |= {name.lower() for scope, name in found if scope or not command.local}
        return self.language_mode

    def call(self, name: str, parameters: dict[str, Any]) -> Any:
        """Run a function of the engine, with hooks and record. Raises what the engine raises."""
        call = self.recorder.begin(name, parameters, self.name)
        try:
            for hook in list(self.hooks):
                hook("before", name, parameters)
            answer = self.engine.invoke(name, parameters)
            for hook in list(self.hooks):
                hook("after", name, parameters)
        except PipelineError as error:
            self.recorder.end(call, error.identifier, error.message)
            raise
        except Exception as error:
            self.recorder.end(call, "LabDefect", f"{type(error).__name__}: {error}")
            self.recorder.note(f"{self.name}: {name}: {type(error).__name__}: {error}")
            raise
        self.recorder.end(call, result=answer)
        return answer
