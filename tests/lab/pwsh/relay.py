# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A remote shell whose engine is a real PowerShell: WSMan operations on one side, the process's streams on the other."""

from __future__ import annotations

import base64
import time
import uuid
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from .. import wsman
from ..psrp import function_in
from .outofproc import POOL, Gone, OutOfProc

# Called when a function starts; gives what is called when it ends, with whether it failed
Watch = Callable[[str], Callable[[bool], None]]


def creation_of(request: wsman.Request) -> bytes:
    """The first fragments of a session, which a Create carries."""
    return base64.b64decode(request.element("rsp:Shell").findtext("pwsh:creationXml", "", wsman.NS))


class PwshShell:
    """See `Shell` of psrp.py.

    Args:
        request: the Create that asks for it.
        user: who asked.
        pipe: a process that was told the creation.
        watch: is told which functions start and end.
        end: ends the process, or has it serve another session where this one was closed with nothing left to do.
    """

    def __init__(self, request: wsman.Request, user: str, pipe: OutOfProc, watch: Watch, end: Callable[[OutOfProc, bool], None]) -> None:
        self.id, self.user = (request.element("rsp:Shell").get("ShellId") or str(uuid.uuid4())).upper(), user
        self._pipe, self._watch, self._end = pipe, watch, end
        self._closed = False  # from then on the process is not ours
        self._stopped = False  # a pipeline was stopped in the middle: nobody knows what of it is left in the process

    def command(self, request: wsman.Request) -> str:
        """Start a pipeline."""
        line = request.element("rsp:CommandLine")
        guid = uuid.UUID(line.get("CommandId") or str(uuid.uuid4()))
        name = function_in(request)
        self._check_open()
        try:
            self._pipe.begin(guid, self._watch(name) if name is not None else None)
        except Gone:
            raise wsman.unknown_shell(self.id) from None
        self._tell(guid, "".join(each.text or "" for each in line.iterfind("rsp:Arguments", wsman.NS)))
        return f"<rsp:CommandResponse><rsp:CommandId>{str(guid).upper()}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, request: wsman.Request) -> str:
        """More fragments of a pipeline, or messages to the pool."""
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", wsman.NS):
            self._tell(_guid(stream.get("CommandId")), stream.text or "", "PromptResponse" if stream.get("Name") == "pr" else "Default")
        return "<rsp:SendResponse/>"

    def receive(self, request: wsman.Request) -> str:
        """Output; waits for it as long as the request says."""
        text = request.element("rsp:Receive/rsp:DesiredStream").get("CommandId")
        guid, pipe = _guid(text), self._pipe
        with pipe.changed:
            self._check_open()
            waiting = pipe.out.setdefault(guid, deque())
            if not pipe.changed.wait_for(lambda: waiting or pipe.dead or self._closed, request.timeout):
                raise wsman.operation_timeout()
            if not waiting:
                raise wsman.unknown_shell(self.id)
            if text:  # the state often follows at once: one answer instead of two
                pipe.changed.wait_for(lambda: guid in pipe.done, 0.02)
            return self._streams(guid, text, waiting, request.max_envelope)

    def _streams(self, guid: uuid.UUID, text: str | None, waiting: deque[bytes], max_envelope: int) -> str:
        named = f' CommandId="{text}"' if text else ""
        room, parts = max_envelope - 4096, list[str]()
        while waiting and (not parts or room > len(waiting[0]) * 4 // 3 + 200):
            parts.append(f'<rsp:Stream Name="stdout"{named}>{base64.b64encode(waiting.popleft()).decode()}</rsp:Stream>')
            room -= len(parts[-1])
        if text:
            state = "Done" if guid in self._pipe.done and not waiting else "Running"
            parts.append(f'<rsp:CommandState{named} State="{wsman.SHELL}/CommandState/{state}"/>')
        return f"<rsp:ReceiveResponse>{''.join(parts)}</rsp:ReceiveResponse>"

    def signal(self, request: wsman.Request) -> str:
        """Stop a pipeline that runs, and forget it."""
        guid = _guid(request.element("rsp:Signal").get("CommandId"))
        self._check_open()
        try:
            if guid not in self._pipe.done:
                self._stopped = True
                self._pipe.tell("Signal", guid)
            self._pipe.tell("Close", guid)
        except Gone:
            raise wsman.unknown_shell(self.id) from None
        with self._pipe.changed:
            self._pipe.out.pop(guid, None)
        return "<rsp:SignalResponse/>"

    def wait_ended(self, command: str, timeout: float) -> bool:
        """Until the pipeline has ended, or ``timeout`` seconds are over; false then."""
        with self._pipe.changed:
            return self._pipe.changed.wait_for(lambda: _guid(command) in self._pipe.done or self._pipe.dead or self._closed, timeout)

    def close(self) -> None:
        """End the shell; what it still runs ends with it, and so does its process then."""
        end, pipe = time.monotonic() + 2.0, self._pipe
        with pipe.changed:
            if self._closed:
                return
            self._closed = True
            pipe.changed.notify_all()
            commands = [each for each in pipe.out if each != POOL]
            idle = not self._stopped and all(each in pipe.done for each in commands)
        acked = False
        with suppress(Gone):
            for guid in [*commands, POOL]:  # the pool's ack waits for every command's
                pipe.tell("Close", guid, seconds=max(0.1, end - time.monotonic()))
            acked = True
        self._end(pipe, acked and idle)

    def _check_open(self) -> None:
        if self._closed:
            raise wsman.unknown_shell(self.id)

    def _tell(self, guid: uuid.UUID, text: str, stream: str = "Default") -> None:
        self._check_open()
        try:
            self._pipe.tell("Data", guid, base64.b64decode(text), stream)
        except Gone:
            raise wsman.unknown_shell(self.id) from None


def _guid(text: str | None) -> uuid.UUID:
    return uuid.UUID(text) if text else POOL
