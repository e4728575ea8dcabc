# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PSRP shell: psrpcore's server side between WSMan operations and an engine that answers commands (psrp-lab.md 2.3, 8)."""

from __future__ import annotations

import base64
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

import psrpcore
from psrpcore import types as ps
from psrpcore.types import PSInvocationState

from . import clixml, wsman

FRAGMENT = 32768  # Windows cuts its messages into fragments of 32 KiB
LINGER = 0.05  # a Receive that has data waits this long for the end, so that one answer carries both
RUNNING = (PSInvocationState.NotStarted, PSInvocationState.Running)
# What runs a pipeline: (shell, command or script text, whether it is a script, parameters) -> output objects
Run = Callable[["PsrpShell", str, bool, dict[str, Any]], list[Any]]


class PipelineError(Exception):
    """Ends a pipeline with a terminating error of this fully qualified id."""

    def __init__(self, identifier: str, message: str, category: str = "InvalidOperation") -> None:
        self.identifier, self.message, self.category = identifier, message, category
        super().__init__(f"{identifier}: {message}")



class PsrpShell:
    """One remote runspace pool."""

    def __init__(self, request: wsman.Request, run: Run) -> None:
        self.id = (request.element("rsp:Shell").get("ShellId") or str(uuid.uuid4())).upper()
        self.resource = request.resource
        self.defined: set[str] = set()
        self._run = run
        self._changed = threading.Condition(threading.RLock())
        self._out: dict[uuid.UUID | None, deque[bytes]] = {None: deque()}
        self._pipes: dict[uuid.UUID, Any] = {}
        self.functions: dict[str, str] = {}
        self._closed = False
        version = {"PSVersion": ps.PSVersion("5.1.20348.2849"), "PSEdition": "Desktop", "PSRemotingProtocolVersion": ps.PSVersion("2.3")}
        self._pool = psrpcore.ServerRunspacePool(application_private_data={"PSVersionTable": version})
        creation = request.element("rsp:Shell").findtext("pwsh:creationXml", "", wsman.NS)
        self._feed(base64.b64decode(creation), None)

    def _feed(self, data: bytes, pipeline: uuid.UUID | None) -> None:
        with self._changed:
            self._pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, pipeline))
            while (event := self._pool.next_event()) is not None:
                if isinstance(event, psrpcore.CreatePipelineEvent):
                    self._start(event.pipeline_id, event.pipeline)
            self._flush()

    def _flush(self) -> None:
        while (payload := self._pool.data_to_send(FRAGMENT)) is not None:
            self._out.setdefault(payload.pipeline_id, deque()).append(payload.data)
        self._changed.notify_all()

    def _start(self, identifier: uuid.UUID, metadata: Any) -> None:
        pipe = self._pipes[identifier]
        pipe.metadata = metadata
        pipe._change_state(PSInvocationState.Running, emit=False)  # Windows sends no "Running"; psrpcore's start() would
        command = metadata.commands[0]
        self.functions[str(identifier).upper()] = "script" if command.is_script else str(command.command_text)
        threading.Thread(target=self._work, args=(pipe, metadata), daemon=True).start()

    def _work(self, pipe: Any, metadata: Any) -> None:
        record, output = None, []
        try:
            command = metadata.commands[0]
            named = {str(name).lstrip("-").rstrip(":"): clixml.from_ps(value) for name, value in command.parameters if name is not None}
            output = self._run(self, str(command.command_text), bool(command.is_script), named)
        except PipelineError as error:
            record = clixml.error_record(error.message, error.identifier, error.category)
        except Exception as error:  # noqa: BLE001 - a defect of a twin must reach the test as the task's error
            record = clixml.error_record(f"{type(error).__name__}: {error}", "LabDefect")
        with self._changed:
            if pipe.state == PSInvocationState.Running:
                for each in output:
                    pipe.write_output(clixml.to_ps(each))
                if record is None:
                    pipe.complete()
                else:
                    pipe._change_state(PSInvocationState.Failed, record)  # psrpcore has no fail()
            self._flush()

    def command(self, request: wsman.Request) -> str:
        """Start a pipeline."""
        line = request.element("rsp:CommandLine")
        identifier = uuid.UUID(line.get("CommandId") or str(uuid.uuid4()))
        with self._changed:
            self._out[identifier] = deque()
            self._pipes[identifier] = psrpcore.ServerPipeline(self._pool, identifier)
        text = "".join(each.text or "" for each in line.iterfind("rsp:Arguments", wsman.NS))
        self._feed(base64.b64decode(text), identifier)
        return f"<rsp:CommandResponse><rsp:CommandId>{str(identifier).upper()}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, request: wsman.Request) -> str:
        """More fragments of a pipeline that did not fit into its Command."""
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", wsman.NS):
            self._feed(base64.b64decode(stream.text or ""), self._identifier(stream.get("CommandId")))
        return "<rsp:SendResponse/>"

    def receive(self, request: wsman.Request) -> str:
        """Output of the pool or of one pipeline; waits for it as long as the request says."""
        identifier = self._identifier(request.element("rsp:Receive/rsp:DesiredStream").get("CommandId"))
        end = time.monotonic() + request.timeout
        with self._changed:
            waiting = self._out[identifier]
            while not waiting and not self._closed:
                left = end - time.monotonic()
                if left <= 0:
                    raise wsman.operation_timeout()
                self._changed.wait(left)
            if self._closed:
                raise wsman.unknown_shell(self.id)
            if identifier is not None:
                self._changed.wait_for(lambda: self._closed or not self._is_running(identifier), LINGER)
            return self._streams(identifier, waiting, request.max_envelope)

    def _streams(self, identifier: uuid.UUID | None, waiting: deque[bytes], max_envelope: int) -> str:
        named = f' CommandId="{str(identifier).upper()}"' if identifier else ""
        room, parts = max_envelope - 4096, []
        while waiting and (not parts or room > len(waiting[0]) * 4 // 3 + 200):
            data = base64.b64encode(waiting.popleft()).decode()
            room -= len(data) + 200
            parts.append(f'<rsp:Stream Name="stdout"{named}>{data}</rsp:Stream>')
        if identifier is not None:
            state = "Done" if not waiting and not self._is_running(identifier) else "Running"
            parts.append(f'<rsp:CommandState{named} State="{wsman.SHELL}/CommandState/{state}"/>')
        return f"<rsp:ReceiveResponse>{''.join(parts)}</rsp:ReceiveResponse>"

    def signal(self, request: wsman.Request) -> str:
        """Stop a pipeline; what its function does goes on, as it may on Windows."""
        identifier = self._identifier(request.element("rsp:Signal").get("CommandId"))
        with self._changed:
            pipe = self._pipes.get(identifier) if identifier else None
            if pipe is not None and pipe.state == PSInvocationState.Running:
                pipe.stop()
                self._flush()
        return "<rsp:SignalResponse/>"

    def close(self) -> None:
        """End the shell."""
        with self._changed:
            for pipe in self._pipes.values():
                if pipe.state in RUNNING:
                    pipe.state = PSInvocationState.Stopped
            self._closed = True
            self._changed.notify_all()

    def _is_running(self, identifier: uuid.UUID) -> bool:
        return identifier in self._pipes and self._pipes[identifier].state in RUNNING

    def _identifier(self, text: str | None) -> uuid.UUID | None:
        if not text:
            return None
        identifier = uuid.UUID(text)
        if identifier not in self._out:
            raise wsman.unknown_command(text)
        return identifier
