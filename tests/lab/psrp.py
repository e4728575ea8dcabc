# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PSRP shell: psrpcore's server side between WSMan operations and what runs a command (psrp-lab.md 2.3, 8)."""

from __future__ import annotations

import base64
import re
import threading
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import psrpcore
from psrpcore import types as ps
from psrpcore.types import PSInvocationState

from . import clixml, wsman
from .engine import PipelineCommand, PipelineError, begin_pipeline, not_implemented

__all__ = ["PipelineCommand", "PipelineError", "PsrpShell", "Shell", "function_in"]

FRAGMENT = 32768  # Windows cuts its messages into fragments of 32 KiB
SCRIPT = "script"  # what a script's requests are called in the record and in fault rules
_RUNNING = (PSInvocationState.NotStarted, PSInvocationState.Running)
_NAME = re.compile(rb'N="Cmd">([^<]{1,200})</S>(<B N="IsScript">true)?')
# What runs a pipeline: names of the functions that this shell was given, and the command -> output objects
Run = Callable[[set[str], PipelineCommand], list[Any]]


class Shell(Protocol):
    """One remote shell; an engine that is a real PowerShell has its own kind. Operations give the body of the answer."""

    id: str
    user: str

    def command(self, request: wsman.Request) -> str:
        """Start a pipeline."""

    def send(self, request: wsman.Request) -> str:
        """More input."""

    def receive(self, request: wsman.Request) -> str:
        """Output; waits for it as long as the request says."""

    def signal(self, request: wsman.Request) -> str:
        """Stop a pipeline."""

    def wait_ended(self, command: str, timeout: float) -> bool:
        """Until the pipeline of this CommandId has ended, or ``timeout`` seconds are over; false then."""

    def close(self) -> None:
        """End the shell."""


def function_in(request: wsman.Request) -> str | None:
    """Name of the function that a Command calls, read without taking it in; `SCRIPT` for a script."""
    found = _NAME.search(_decoded(request.body.iterfind("rsp:CommandLine/rsp:Arguments", wsman.NS)))
    return SCRIPT if found is None or found[2] else found[1].decode("utf-8", "replace")


class PsrpShell:
    """One remote runspace pool, see `Shell`.

    Args:
        request: the Create that asks for it.
        user: who asked.
        run: runs each pipeline, in a thread of its own.
    """

    def __init__(self, request: wsman.Request, user: str, run: Run) -> None:
        shell = request.element("rsp:Shell")
        self.id = (shell.get("ShellId") or str(uuid.uuid4())).upper()
        self.user = user
        self.defined: set[str] = set()
        self._run = run
        self._changed = threading.Condition(threading.RLock())
        self._out: dict[uuid.UUID | None, deque[bytes]] = {None: deque()}
        self._pipes: dict[uuid.UUID, psrpcore.ServerPipeline] = {}
        self._stops: dict[uuid.UUID, threading.Event] = {}
        self._closed = False
        version = {"PSVersion": ps.PSVersion("5.1.20348.2849"), "PSEdition": "Desktop", "PSRemotingProtocolVersion": ps.PSVersion("2.3")}
        self._pool = clixml.Pool(application_private_data={"PSVersionTable": version})
        self._feed(base64.b64decode(shell.findtext("pwsh:creationXml", "", wsman.NS)), None)

    # -- PSRP in and out --------------------------------------------------------------------------------------------
    def _feed(self, data: bytes, pipeline: uuid.UUID | None) -> None:
        with self._changed:
            self._pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, pipeline))
            while (event := self._pool.next_event()) is not None:
                self._take(event)
            self._flush()

    def _take(self, event: Any) -> None:
        if isinstance(event, psrpcore.CreatePipelineEvent):
            self._start(event.pipeline_id, event.pipeline)
        elif isinstance(event, psrpcore.GetCommandMetadataEvent):  # Get-Command over the wire: the lab has nothing to tell
            self._pipes[event.pipeline_id]._change_state(PSInvocationState.Running, emit=False)
            self._pipes[event.pipeline_id].complete()
        elif isinstance(event, (psrpcore.SetMaxRunspacesEvent, psrpcore.SetMinRunspacesEvent, psrpcore.ResetRunspaceStateEvent)):
            self._pool.runspace_availability_response(event.ci, True)
        elif isinstance(event, psrpcore.GetAvailableRunspacesEvent):
            self._pool.runspace_availability_response(event.ci, self._pool.max_runspaces)

    def _flush(self) -> None:
        while (payload := self._pool.data_to_send(FRAGMENT)) is not None:
            self._out.setdefault(payload.pipeline_id, deque()).append(payload.data)
        self._changed.notify_all()

    # -- pipelines --------------------------------------------------------------------------------------------------
    def _start(self, identifier: uuid.UUID, metadata: Any) -> None:
        pipe, stop = self._pipes[identifier], threading.Event()
        self._stops[identifier] = stop
        pipe._change_state(PSInvocationState.Running, emit=False)  # Windows sends no "Running"; psrpcore's start() would
        threading.Thread(target=self._work, args=(pipe, metadata, stop), daemon=True).start()

    def _work(self, pipe: psrpcore.ServerPipeline, metadata: Any, stop: threading.Event) -> None:
        begin_pipeline(stop)
        record, output = None, []
        try:
            output = [clixml.to_ps(each) for each in self._run(self.defined, _command(metadata))]
        except PipelineError as error:
            record = clixml.error_record(error.message, error.identifier, error.category, error.kind, error.target)
        except Exception as error:  # noqa: BLE001 - a defect of the engine must reach the test as the pipeline's error
            record = clixml.error_record(f"{type(error).__name__}: {error}", "LabDefect", "InvalidResult", "System.Exception")
        with self._changed:
            if pipe.state == PSInvocationState.Running:  # else the client stopped it: nobody wants the output any more
                for each in output:
                    pipe.write_output(each)
                if record is None:
                    pipe.complete()
                else:
                    pipe._change_state(PSInvocationState.Failed, record)  # psrpcore has no fail()
            self._flush()

    def _is_running(self, identifier: uuid.UUID) -> bool:
        return identifier in self._pipes and self._pipes[identifier].state in _RUNNING

    # -- WSMan operations -------------------------------------------------------------------------------------------
    def command(self, request: wsman.Request) -> str:
        """Start a pipeline, or wait for the rest of it where it does not fit into one request."""
        line = request.element("rsp:CommandLine")
        identifier = uuid.UUID(line.get("CommandId") or str(uuid.uuid4()))
        with self._changed:
            self._out[identifier] = deque()
            self._pipes[identifier] = psrpcore.ServerPipeline(self._pool, identifier)
        self._feed(_decoded(line.iterfind("rsp:Arguments", wsman.NS)), identifier)
        return f"<rsp:CommandResponse><rsp:CommandId>{str(identifier).upper()}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, request: wsman.Request) -> str:
        """The rest of a pipeline that did not fit into its Command, or messages to the pool."""
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", wsman.NS):
            self._feed(_decoded([stream]), self._identifier(stream.get("CommandId")))
        return "<rsp:SendResponse/>"

    def receive(self, request: wsman.Request) -> str:
        """Output of the pool or of one pipeline; waits for it as long as the request says."""
        identifier = self._identifier(request.element("rsp:Receive/rsp:DesiredStream").get("CommandId"))
        with self._changed:
            waiting = self._out[identifier]
            if not waiting and identifier is not None and not self._is_running(identifier):
                raise wsman.unknown_command(str(identifier))  # all of it was sent before: a client must not wait for ever
            if not self._changed.wait_for(lambda: waiting or self._closed, request.timeout):
                raise wsman.operation_timeout()
            if self._closed:
                raise wsman.unknown_shell(self.id)
            return self._streams(identifier, waiting, request.max_envelope)

    def _streams(self, identifier: uuid.UUID | None, waiting: deque[bytes], max_envelope: int) -> str:
        named = f' CommandId="{str(identifier).upper()}"' if identifier else ""
        room = max_envelope - 4096
        parts: list[str] = []
        while waiting and (not parts or room > len(waiting[0]) * 4 // 3 + 200):
            data = base64.b64encode(waiting.popleft()).decode()
            room -= len(data) + 200
            parts.append(f'<rsp:Stream Name="stdout"{named}>{data}</rsp:Stream>')
        if identifier is not None:
            state = "Done" if not waiting and not self._is_running(identifier) else "Running"
            parts.append(f'<rsp:CommandState{named} State="{wsman.SHELL}/CommandState/{state}"/>')
        return f"<rsp:ReceiveResponse>{''.join(parts)}</rsp:ReceiveResponse>"

    def signal(self, request: wsman.Request) -> str:
        """Stop a pipeline at once; what its function does goes on until it looks at `stop_asked`, as it may on Windows."""
        identifier = self._identifier(request.element("rsp:Signal").get("CommandId"))
        with self._changed:
            pipe = self._pipes.get(identifier) if identifier else None
            if pipe is not None and pipe.state == PSInvocationState.Running:
                self._stops[pipe.pipeline_id].set()
                pipe.stop()
                self._flush()
        return "<rsp:SignalResponse/>"

    def wait_ended(self, command: str, timeout: float) -> bool:
        """See `Shell.wait_ended`; true at once for a pipeline that has not begun, its last part is still to come."""
        with self._changed:
            pipe = self._pipes.get(uuid.UUID(command))
            return pipe is None or self._changed.wait_for(lambda: pipe.state != PSInvocationState.Running, timeout)

    def close(self) -> None:
        """End the shell and stop its pipelines; a pipeline that begins later (fault ``late``) still runs."""
        with self._changed:
            for identifier, stop in self._stops.items():
                stop.set()
                if self._is_running(identifier):
                    self._pipes[identifier].state = PSInvocationState.Stopped
            self._closed = True
            self._changed.notify_all()

    def _identifier(self, text: str | None) -> uuid.UUID | None:
        if not text:
            return None
        identifier = uuid.UUID(text)
        if identifier not in self._out:
            raise wsman.unknown_command(text)
        return identifier


def _decoded(elements: Any) -> bytes:
    return b"".join(base64.b64decode(each.text or "") for each in elements)


def _command(metadata: Any) -> PipelineCommand:
    if len(metadata.commands) != 1:
        raise not_implemented("the lab runs one command at a time, no pipeline of several")
    command = metadata.commands[0]
    if not command.is_script and any(name is None for name, _value in command.parameters):
        raise not_implemented(f"the lab takes named parameters only, {command.command_text} was given one without a name")
    # A parameter with no value is a switch (psrp-lab.md 3.4)
    named = {str(name).lstrip("-").rstrip(":"): True if value is None else clixml.from_ps(value) for name, value in command.parameters if name}
    return PipelineCommand("".join(command.command_text), named, bool(command.is_script), command.use_local_scope is True)
