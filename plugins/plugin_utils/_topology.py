# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions to every server of a topology: read all at once (those over winrm one after another), call one, close always.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from ._controller import Controller
from ._errors import Refused, ResultUnknown, SessionError
from ._parallel import run_all
from ._rules.reads import ServerRead, Token
from ._session import Session

LEASE_SECONDS = 120
CLOSE_SECONDS = 5.0
READER = "reader"
READING = ("Get-", "Read-")  # verbs of functions that change nothing and need no token
PROBE_SECONDS = 5.0
RENEWAL = "Update-EntraSyncLease"
TICKET = "Get-EntraSyncTicket"  # the only reading function that wants the token


def is_reading(function: str) -> bool:
    """Whether a function leaves product, record and journal as they are; a renewed lease is no change that a user would count."""
    return function.startswith(READING) or function == RENEWAL


class Topology:
    """All declared servers of one tenant, by inventory name.

    Args:
        sessions: one session per declared server.
        seconds: how long one call may take before its result counts as unknown; servers that are asked one after another have it each.
        lease_seconds: how long a claim stays live after each request.
        check_mode: refuse every call that writes; a flow that plans must not reach one.
        out: one session per server that is declared out; nothing but `probe_out` uses them.
    """

    def __init__(
        self,
        sessions: Mapping[str, Session],
        seconds: float = 60.0,
        check_mode: bool = False,
        lease_seconds: int = LEASE_SECONDS,
        out: Mapping[str, Session] | None = None,
    ) -> None:
        self.sessions = dict(sorted(sessions.items()))
        self._out = dict(sorted((out or {}).items()))
        self.seconds = seconds
        self.lease_seconds = lease_seconds
        self.check_mode = check_mode
        self.changed = False
        self.token: Token | None = None
        self.claimed: Collection[str] = self.sessions  # the servers on which the token is that of a claim
        self._controller = Controller()
        self._endpoints: dict[str, str] = {}  # by server, through which endpoint of ours its last answer came
        self._in_turn = frozenset(name for name, session in self.sessions.items() if not session.side_by_side)

    @property
    def names(self) -> list[str]:
        """Names of all declared servers, sorted."""
        return list(self.sessions)

    def others(self, name: str) -> list[str]:
        """Names of all declared servers but one."""
        return [each for each in self.sessions if each != name]

    def idle_names(self, busy: Iterable[str]) -> list[str]:
        """Names of the servers that may be asked something while these are busy: none of those that are asked one after another."""
        return [name for name in self.sessions if name not in {*busy, *self._in_turn}]

    def read(self, names: Iterable[str] | None = None, full: bool = False) -> dict[str, ServerRead]:
        """A fresh read of each server (all by default). A server that gives none is in the answer too, as silent."""
        return self._read(names, lambda session: session.call("Get-EntraSyncServer", Full=full))

    def probe_out(self, seconds: float = PROBE_SECONDS) -> dict[str, ServerRead]:
        """A look at each server that is declared out, side by side and short: what it answers, or why it does not."""
        self._controller.check()
        answers, errors = run_all(self._out, lambda name: self._out[name].call("Get-EntraSyncServer", Full=False), seconds)
        reads = {name: ServerRead.from_answer(name, answer) for name, answer in answers.items()}
        for name, raised in errors.items():
            error = self._as_session_error(name, raised, "Get-EntraSyncServer")
            reads[name] = ServerRead.silent(name, error.code, error.detail)
        return dict(sorted(reads.items()))

    def poll(self, names: Iterable[str] | None = None) -> dict[str, ServerRead]:
        """As `read`, and where a claim is held it is renewed on each of its servers, so that a long wait does not lose it."""
        token = self.token
        if token is None:
            return self.read(names)

        def ask(session: Session) -> dict[str, Any]:
            if session.name not in self.claimed:
                return session.call("Get-EntraSyncServer", Full=False)
            return session.call(RENEWAL, Epoch=token.epoch, RunId=token.run_id, LeaseSeconds=self.lease_seconds)

        return self._read(names, ask)

    def renew(self, names: Iterable[str]) -> dict[str, ServerRead]:
        """Renew the claim on servers that are not polled just now; those that do not answer are silent in the answer."""
        return self.poll([name for name in names if name in self.claimed]) if self.token is not None else {}

    def call(self, name: str, function: str, seconds: float | None = None, **parameters: Any) -> dict[str, Any]:
        """Run one function on one server, with the token of the claim where one is held.

        Raises:
            SessionError: see `Session.call`; no answer in time is `ResultUnknown`.
        """
        answers, errors = self.call_each([name], function, seconds, **parameters)
        if errors:
            raise errors[name]
        return answers[name]

    def call_each(
        self,
        names: Iterable[str],
        function: str,
        seconds: float | None = None,
        own: Mapping[str, Mapping[str, Any]] | None = None,
        meanwhile: Callable[[], object] | None = None,
        **parameters: Any,
    ) -> tuple[dict[str, dict[str, Any]], dict[str, SessionError]]:
        """Run one function on several servers, with the same parameters or with some of their ``own``; answers and errors by name.

        ``meanwhile`` is done here three times in each lease, as long as they are waited for.
        """
        if self.token is not None and (function == TICKET or not function.startswith(READING)):
            parameters = {"Epoch": self.token.epoch, "RunId": self.token.run_id, **parameters}
        return self._run(
            names, lambda session: session.call(function, **parameters, **(own or {}).get(session.name, {})), function, seconds, meanwhile
        )

    def check_endpoints(self, names: Iterable[str]) -> None:
        """Before a change that goes to several servers one after another: none of them may be one that answered over the reading endpoint.

        Raises:
            Refused: ``endpoint_reads_only``; nobody was asked.
        """
        for name in names:
            if self._endpoints.get(name) == READER:
                raise Refused("endpoint_reads_only", name, "it is the one for reading")

    def is_restricted(self, name: str) -> bool:
        """Whether this server's last read came over a restricted endpoint of ours."""
        return bool(self._endpoints.get(name))

    def controller_gone(self) -> bool:
        """Whether the process that started this task has ended, so that no change may be sent any more."""
        return self._controller.gone()

    def close(self) -> None:
        """End all sessions; never raises."""
        every = {**self.sessions, **self._out}
        _done, errors = run_all(every, lambda name: every[name].close(), CLOSE_SECONDS, self._in_turn)
        for name, error in errors.items():
            if isinstance(error, TimeoutError):
                getattr(every[name], "abandon", lambda: None)()

    def _read(self, names: Iterable[str] | None, ask: Callable[[Session], dict[str, Any]]) -> dict[str, ServerRead]:
        answers, errors = self._run(self.names if names is None else names, ask, "Get-EntraSyncServer", None)
        reads = {name: ServerRead.from_answer(name, answer) for name, answer in answers.items()}
        reads.update({name: ServerRead.silent(name, error.code, error.detail) for name, error in errors.items()})
        return dict(sorted(reads.items()))

    def _run(
        self,
        names: Iterable[str],
        ask: Callable[[Session], dict[str, Any]],
        what: str,
        seconds: float | None,
        meanwhile: Callable[[], object] | None = None,
    ) -> tuple[dict[str, dict[str, Any]], dict[str, SessionError]]:
        self._controller.check()
        if self.check_mode and not is_reading(what):
            raise AssertionError(f"{what} must not be called in check mode")
        names = list(names)
        if not is_reading(what):
            try:
                self.check_endpoints(names)  # for all of them or none, so that no part is done
            except Refused as refused:
                return {}, dict.fromkeys(names, refused)
        limit = seconds or self.seconds
        now_and_then = (self.lease_seconds / 3, meanwhile) if meanwhile else None
        answers, errors = run_all(names, lambda name: ask(self.sessions[name]), limit, self._in_turn, now_and_then)
        if not is_reading(what) and any(answer.get("changed", True) for answer in answers.values()):
            self.changed = True
        self._endpoints.update((name, str(answer["endpoint"])) for name, answer in answers.items() if "endpoint" in answer)
        return answers, {name: self._as_session_error(name, error, what) for name, error in errors.items()}

    def _as_session_error(self, name: str, error: Exception, what: str) -> SessionError:
        if isinstance(error, SessionError):
            return error
        if isinstance(error, TimeoutError):
            getattr({**self.sessions, **self._out}[name], "abandon", lambda: None)()
            return ResultUnknown("timed_out", name, f"{what}: {error}")
        raise error  # a defect of ours must be seen as one
