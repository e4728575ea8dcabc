# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A remote shell whose engine is a real PowerShell, ``pwsh -s``: PSRP fragments pass through unread, in out-of-process framing (psrp-lab.md 5).

One XML element a line; PSGuid is all zeros for the runspace pool. The next element may go out only after the last one's ack.
"""

from __future__ import annotations

import base64
import re
import subprocess
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress

from .. import wsman
from ..psrp import function_in

POOL = uuid.UUID(int=0)
PIPELINE_STATE = 0x00041006
FAILED = b'N="PipelineState">5<'
ACK_SECONDS = 60.0
_LINE = re.compile(r"<(\w+)((?:\s+\w+\s*=\s*'[^']*')*)\s*(?:/>|>([^<]*)</\w+>)")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*'([^']*)'")
# Called when a function starts; gives what is called when it ends, with whether it failed
Watch = Callable[[str], Callable[[bool], None]]


class PwshShell:
    """See `Shell` of psrp.py.

    Args:
        request: the Create that asks for it.
        user: who asked.
        process: a PowerShell that serves PSRP on its standard streams.
        watch: is told which functions start and end.
    """

    def __init__(self, request: wsman.Request, user: str, process: subprocess.Popen[bytes], watch: Watch) -> None:
        shell = request.element("rsp:Shell")
        self.id, self.user = (shell.get("ShellId") or str(uuid.uuid4())).upper(), user
        self._process, self._watch = process, watch
        self._changed, self._writing = threading.Condition(), threading.Lock()
        self._acks: deque[tuple[str, uuid.UUID]] = deque()
        self._out: dict[uuid.UUID, deque[bytes]] = {POOL: deque()}
        self._ends: dict[uuid.UUID, Callable[[bool], None]] = {}
        self._done: set[uuid.UUID] = set()
        self._dead = False
        threading.Thread(target=self._pump, daemon=True).start()
        self._tell("Data", POOL, base64.b64decode(shell.findtext("pwsh:creationXml", "", wsman.NS)))

    # -- the engine's streams ----------------------------------------------------------------------------------------
    def _pump(self) -> None:
        for raw in self._process.stdout or ():
            found = _LINE.match(raw.decode("utf-8", "replace").strip())
            if found is None:
                continue
            attributes = dict(_ATTRIBUTE.findall(found[2]))
            self._take(found[1], uuid.UUID(attributes["PSGuid"]), base64.b64decode(found[3] or ""))
        with self._changed:
            self._dead = True
            self._changed.notify_all()

    def _take(self, tag: str, guid: uuid.UUID, data: bytes) -> None:
        ended = None
        with self._changed:
            if tag == "Data":
                self._out.setdefault(guid, deque()).append(data)
                if PIPELINE_STATE in _message_types(data):
                    self._done.add(guid)
                    ended = self._ends.pop(guid, None)
            else:
                self._acks.append((tag, guid))
            self._changed.notify_all()
        if ended is not None:
            ended(FAILED in data)

    def _tell(self, tag: str, guid: uuid.UUID, data: bytes | None = None, stream: str = "Default", seconds: float = ACK_SECONDS) -> None:
        element = f"<{tag} PSGuid='{guid}' />\n"
        if data is not None:
            element = f"<{tag} Stream='{stream}' PSGuid='{guid}'>{base64.b64encode(data).decode()}</{tag}>\n"
        with self._writing:
            if self._process.stdin is None or self._dead:
                raise wsman.unknown_shell(self.id)
            self._process.stdin.write(element.encode())
            self._process.stdin.flush()
            with self._changed:
                there = self._changed.wait_for(lambda: (tag + "Ack", guid) in self._acks or self._dead, seconds)
                if not there or self._dead:
                    raise wsman.internal("the PowerShell process is gone")
                self._acks.remove((tag + "Ack", guid))

    # -- WSMan operations --------------------------------------------------------------------------------------------
    def command(self, request: wsman.Request) -> str:
        """Start a pipeline."""
        line = request.element("rsp:CommandLine")
        guid = uuid.UUID(line.get("CommandId") or str(uuid.uuid4()))
        name = function_in(request)
        with self._changed:
            self._out[guid] = deque()
            if name is not None:
                self._ends[guid] = self._watch(name)
        self._tell("Command", guid)
        self._tell("Data", guid, base64.b64decode("".join(each.text or "" for each in line.iterfind("rsp:Arguments", wsman.NS))))
        return f"<rsp:CommandResponse><rsp:CommandId>{str(guid).upper()}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, request: wsman.Request) -> str:
        """More fragments of a pipeline, or messages to the pool."""
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", wsman.NS):
            kind = "PromptResponse" if stream.get("Name") == "pr" else "Default"
            self._tell("Data", _guid(stream.get("CommandId")), base64.b64decode(stream.text or ""), kind)
        return "<rsp:SendResponse/>"

    def receive(self, request: wsman.Request) -> str:
        """Output; waits for it as long as the request says."""
        text = request.element("rsp:Receive/rsp:DesiredStream").get("CommandId")
        guid = _guid(text)
        with self._changed:
            waiting = self._out.setdefault(guid, deque())
            if not self._changed.wait_for(lambda: waiting or self._dead, request.timeout):
                raise wsman.operation_timeout()
            if not waiting:
                raise wsman.unknown_shell(self.id)
            if text:  # the state often follows at once: one answer instead of two
                self._changed.wait_for(lambda: guid in self._done, 0.02)
            return self._streams(guid, text, waiting, request.max_envelope)

    def _streams(self, guid: uuid.UUID, text: str | None, waiting: deque[bytes], max_envelope: int) -> str:
        named = f' CommandId="{text}"' if text else ""
        room, parts = max_envelope - 4096, list[str]()
        while waiting and (not parts or room > len(waiting[0]) * 4 // 3 + 200):
            parts.append(f'<rsp:Stream Name="stdout"{named}>{base64.b64encode(waiting.popleft()).decode()}</rsp:Stream>')
            room -= len(parts[-1])
        if text:
            state = "Done" if guid in self._done and not waiting else "Running"
            parts.append(f'<rsp:CommandState{named} State="{wsman.SHELL}/CommandState/{state}"/>')
        return f"<rsp:ReceiveResponse>{''.join(parts)}</rsp:ReceiveResponse>"

    def signal(self, request: wsman.Request) -> str:
        """Stop a pipeline that runs, and forget it."""
        guid = _guid(request.element("rsp:Signal").get("CommandId"))
        if guid not in self._done:
            self._tell("Signal", guid)
        self._tell("Close", guid)
        with self._changed:
            self._out.pop(guid, None)
        return "<rsp:SignalResponse/>"

    def wait_ended(self, command: str, timeout: float) -> bool:
        """Until the pipeline has ended, or ``timeout`` seconds are over; false then."""
        with self._changed:
            return self._changed.wait_for(lambda: _guid(command) in self._done or self._dead, timeout)

    def close(self) -> None:
        """End the shell and its process; what it still runs ends with it."""
        with suppress(wsman.Fault, OSError, ValueError):
            end = time.monotonic() + 2.0
            for guid in [*(each for each in self._out if each != POOL), POOL]:  # the pool's ack waits for every command's
                self._tell("Close", guid, seconds=max(0.1, end - time.monotonic()))
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._process.kill()
        self._process.wait()


def _guid(text: str | None) -> uuid.UUID:
    return uuid.UUID(text) if text else POOL


def _message_types(data: bytes) -> Iterator[int]:
    """The PSRP message types that start in these fragments."""
    while len(data) >= 21:
        size = int.from_bytes(data[17:21], "big")
        if data[16] & 1 and size >= 8:
            yield int.from_bytes(data[25:29], "little")
        data = data[21 + size :]
