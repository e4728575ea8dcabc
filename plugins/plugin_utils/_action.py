# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base class of all our action plugins: check the options, connect, act, report.

Internal to the collection: no promise of stability between releases.

A subclass names its options and says in `act` what to do; it never sees a connection. Whatever goes wrong leaves here as a
failed result with an outcome and the next step, never as *unreachable*: Ansible would drop that host and go on (design, section 3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ._controller import Interrupted, interruptible
from ._errors import SessionError
from ._flows.flow import Flow, Stop, Waits, wrapped
from ._flows.reporting import note_interruption
from ._members import MemberError, declared_out, members_of, peer_connection, play_variables
from ._results import failure, from_session_error, success, with_hint
from ._rules.reads import Token
from ._rules.settings import out_of_range
from ._session import PsrpSession, Session
from ._topology import LEASE_SECONDS, Topology
from ._values import Unsendable, plain, sendable
from ._winrm_session import WinrmSession

SERVER_OPTION: dict[str, Any] = {"server": {"type": "str"}}
CLAIM_OPTION: dict[str, Any] = {"claim": {"type": "str"}}
SESSIONS: dict[str, Callable[[str, Any], Session]] = {"psrp": PsrpSession, "winrm": WinrmSession}
WAITED = ("idle_timeout", "wizard_timeout", "cycle_timeout", "close_timeout", "poll_interval")
WAIT_OPTIONS: dict[str, Any] = {
    "idle_timeout": {"type": "int", "default": 1800},
    "wizard_timeout": {"type": "int", "default": 3600},
    "poll_interval": {"type": "float", "default": 10.0},
}


class EntraConnectAction(ActionBase):  # type: ignore[misc]
    """Template method: `run` is the flow, a subclass sets the constants and writes `act`.

    Attributes:
        ARGUMENT_SPEC: the module's options, equal to its documentation by test.
        SPEC_RULES: further arguments of `validate_argument_spec`, such as ``required_if``.
        WHOLE_TOPOLOGY: what `needs_all` answers unless a subclass overrides it.
    """

    ARGUMENT_SPEC: ClassVar[dict[str, Any]] = {}
    SPEC_RULES: ClassVar[dict[str, Any]] = {}
    WHOLE_TOPOLOGY: ClassVar[bool] = False

    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False
    _requires_connection = True

    def act(self, options: dict[str, Any], flow: Flow) -> dict[str, Any]:
        """Do the module's work and return its documented values.

        Raises:
            Stop: with an outcome and the refusals, where it is not done.
            SessionError: where a call gave no answer.
        """
        raise NotImplementedError

    def run(self, tmp: Any = None, task_vars: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """See `ActionBase.run`."""
        task_vars = task_vars or {}
        result: dict[str, Any] = super().run(tmp, task_vars)
        flow: Flow | None = None
        options: dict[str, Any] = {}
        try:
            options = self._options()
            flow = self._flow(options, task_vars)
            with interruptible():
                result.update(success(self.act(options, flow), flow, self._task.diff))
        except Interrupted as stop:
            note_interruption(flow, str(stop), plain(task_vars.get("entra_connect_run")))
            result.update(failure(Stop("unknown", "interrupted", flow.server if flow else "", detail=str(stop)), flow))
        except Stop as stop:
            result.update(failure(self._hinted(stop, task_vars), flow, self._task.diff))
        except MemberError as error:
            result.update(failure(Stop("refused", "bad_inventory", "", detail=str(error)), flow))
        except SessionError as error:
            result.update(failure(self._hinted(from_session_error(error, flow), task_vars), flow))
        finally:
            if flow is not None:
                flow.topology.close()
        return result

    def needs_all(self, options: Mapping[str, Any]) -> bool:
        """Whether these options need all members of the topology, or only the one server."""
        return self.WHOLE_TOPOLOGY

    def _options(self) -> dict[str, Any]:
        _validation, given = self.validate_argument_spec(self.ARGUMENT_SPEC, **self.SPEC_RULES)
        options: dict[str, Any] = plain(given)
        for name, value in options.items():
            if isinstance(value, int):
                try:
                    sendable(name, value)
                except Unsendable as error:
                    raise AnsibleActionFail(f"{self._task.action}: {error}") from None
        for sentence in out_of_range(options):
            raise AnsibleActionFail(f"{self._task.action}: {sentence}")
        return options

    def _flow(self, options: dict[str, Any], task_vars: Mapping[str, Any]) -> Flow:
        host = plain(task_vars["inventory_hostname"])
        self._refuse_detours(task_vars)
        server = options.get("server") or host
        # with a claim on all servers each wait renews it on all of them; a session connects with its first call only
        whole = self.needs_all(options) or bool(options.get("claim"))
        out = declared_out(host, task_vars) if whole else {}
        names = [name for name in members_of(host, task_vars) if name not in out] if whole else [server]
        if server in out:
            raise MemberError(f"server: {server} is declared out; write one of {', '.join(names)}")
        if server not in names:
            raise MemberError(f"server: {server} is not a member of this topology; write one of {', '.join(names)}")
        lease = int(options.get("lease") or plain(task_vars.get("entra_connect_lease")) or LEASE_SECONDS)
        sessions = self._sessions([*names, *out], host, task_vars)
        here = {name: session for name, session in sessions.items() if name not in out}
        outside = {name: sessions[name] for name in out}
        topology = Topology(here, float(options.get("timeout") or 60), self._task.check_mode, lease, outside)
        if options.get("claim"):
            try:
                topology.token = Token.parse(options["claim"])
            except ValueError as error:
                raise Stop("refused", "bad_claim", server, detail=str(error)) from None
        display = Display()
        waits = Waits(**{key: options[key] for key in WAITED if key in options})
        run, zero_since = plain(task_vars.get("entra_connect_run")), plain(task_vars.get("entra_connect_zero_since"))
        return Flow(topology, server, waits, lambda text: display.display("\n".join(wrapped(text))), run, zero_since or None, out)

    def _refuse_detours(self, task_vars: Mapping[str, Any]) -> None:
        """What would make a task act on another machine than it names, or hide a server from it."""
        if self._task.delegate_to:
            raise MemberError("delegate_to would connect to another machine than the task is about; use the option 'server' instead")
        play = self._task.get_play() if hasattr(self._task, "get_play") else getattr(self._task, "play", None)
        if play is not None and play.serial and self.WHOLE_TOPOLOGY:
            raise MemberError(f"the play has serial: {plain(play.serial)}, which hides servers from a task that needs all of them; take it out")

    def _sessions(self, names: list[str], host: str, task_vars: Mapping[str, Any]) -> dict[str, Session]:
        connections = {name: self._connection if name == host else peer_connection(self, name, task_vars) for name in names}
        kinds = {name: each.transport.rpartition(".")[2] for name, each in connections.items()}
        for name, kind in kinds.items():
            if kind not in SESSIONS:
                raise MemberError(f"{name}: this module needs ansible_connection: psrp or winrm, not {connections[name].transport}")
        return {name: SESSIONS[kinds[name]](name, connection) for name, connection in connections.items()}

    def _hinted(self, stop: Stop, task_vars: Mapping[str, Any]) -> Stop:
        host = plain(task_vars["inventory_hostname"])
        return with_hint(stop, host, play_variables(host, self._connection.transport, task_vars))
