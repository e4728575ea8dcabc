# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A WinRS shell, as Ansible's ``winrm`` plugin and pywinrm use it: command lines become processes on this machine (psrp-lab.md 5.1).

Simulated is Windows' side of the protocol: there is no cmd.exe, the command line goes as it is to the one who starts the process.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import subprocess
import threading
import uuid
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from . import wsman

RESOURCE = f"{wsman.SHELL}/cmd"
COMMAND_LINE = "command line"  # what a request is called in the record and in fault rules while its function is not known
CHUNK = 16384
# Starts a command line with pipes for all three streams, in a process group of its own
Spawn = Callable[[str], "subprocess.Popen[bytes]"]
# Called with the functions' names when they are asked for; gives what is called when the process ended, with whether it failed
Watch = Callable[[str], Callable[[bool], None]]


def function_in(request: wsman.Request) -> str | None:
    """Names of the functions that a Send asks for, joined by a comma; `COMMAND_LINE` for a Command, None for what tells nothing.

    A document that does not fit into one Send has no name: its requests keep that of the Command.
    """
    if request.verb == "Command":
        return COMMAND_LINE
    with suppress(ValueError, KeyError, TypeError):
        return ",".join(str(each["function"]) for each in json.loads(_stdin(request)[1])["calls"])
    return COMMAND_LINE if request.verb == "Send" else None


def _stdin(request: wsman.Request) -> tuple[str, bytes, bool]:
    """CommandId, data and whether that is all, of a Send."""
    streams = list(request.body.iterfind("rsp:Send/rsp:Stream", wsman.NS))
    data = b"".join(base64.b64decode(each.text or "") for each in streams)
    return request.command_id, data, any(each.get("End", "").lower() in ("true", "1") for each in streams)


class _Process:
    """One command: what it wrote and nobody fetched yet."""

    def __init__(self, process: subprocess.Popen[bytes], changed: threading.Condition) -> None:
        self.process, self.changed = process, changed
        self.out: deque[tuple[str, bytes]] = deque()
        self.code: int | None = None  # after all output was taken in
        self.begun = False  # the last of its input came
        self.ended: Callable[[bool], None] | None = None
        self._input: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        assert process.stdin and process.stdout and process.stderr
        readers = [threading.Thread(target=self._read, args=each, daemon=True) for each in (("stdout", process.stdout), ("stderr", process.stderr))]
        for each in readers:
            each.start()
        threading.Thread(target=self._write, args=(process.stdin,), daemon=True).start()
        threading.Thread(target=self._wait, args=(readers,), daemon=True).start()

    def feed(self, data: bytes, last: bool) -> None:
        """Give input; a thread of its own writes it, since a process may not read."""
        self._input.put(data)
        if last:
            self.begun = True
            self._input.put(None)

    def kill(self) -> None:
        """End it and what it started."""
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(self.process.pid) == self.process.pid:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self._input.put(None)

    def _read(self, name: str, stream: IO[bytes]) -> None:
        while data := os.read(stream.fileno(), CHUNK):
            with self.changed:
                self.out.append((name, data))
                self.changed.notify_all()
        stream.close()

    def _write(self, stream: IO[bytes]) -> None:
        with suppress(OSError, ValueError):
            while (data := self._input.get()) is not None:
                stream.write(data)
                stream.flush()
        with suppress(OSError):
            stream.close()

    def _wait(self, readers: list[threading.Thread]) -> None:
        code = self.process.wait()
        for each in readers:
            each.join()
        self._input.put(None)
        with self.changed:
            self.code = code if code >= 0 else 128 - code
            self.changed.notify_all()
        if self.ended is not None:
            self.ended(code != 0)


class WinRsShell:
    """See `Shell` of psrp.py.

    Args:
        request: the Create that asks for it.
        user: who asked.
        spawn: starts a command line.
        watch: is told which functions are asked for, and when their process ended.
    """

    def __init__(self, request: wsman.Request, user: str, spawn: Spawn, watch: Watch | None = None) -> None:
        if request.resource != RESOURCE:
            raise wsman.not_supported(request.resource)
        self.id, self.user = (request.element("rsp:Shell").get("ShellId") or str(uuid.uuid4())).upper(), user
        self._spawn, self._watch = spawn, watch
        self._changed = threading.Condition()
        self._processes: dict[str, _Process] = {}
        self._closed = False

    def command(self, request: wsman.Request) -> str:
        """Start a process."""
        line = request.element("rsp:CommandLine")
        words = [line.findtext("rsp:Command", "", wsman.NS), *(each.text or "" for each in line.iterfind("rsp:Arguments", wsman.NS))]
        identifier = (line.get("CommandId") or str(uuid.uuid4())).upper()
        with self._changed:
            if self._closed:
                raise wsman.unknown_shell(self.id)
            self._processes[identifier] = _Process(self._spawn(" ".join(word for word in words if word)), self._changed)
        return f"<rsp:CommandResponse><rsp:CommandId>{identifier}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, request: wsman.Request) -> str:
        """Standard input; the attribute End closes it."""
        identifier, data, last = _stdin(request)
        found = self._found(identifier)
        if self._watch is not None and found.ended is None and (name := function_in(request)) not in (None, COMMAND_LINE):
            found.ended = self._watch(str(name))
        found.feed(data, last)
        return "<rsp:SendResponse/>"

    def receive(self, request: wsman.Request) -> str:
        """Output of both streams, and the exit code with the last of it; waits as long as the request says."""
        identifier = request.command_id
        found = self._found(identifier)
        with self._changed:
            if not self._changed.wait_for(lambda: found.out or found.code is not None or self._closed, request.timeout):
                raise wsman.operation_timeout()
            if self._closed:
                raise wsman.unknown_shell(self.id)
            named, room, parts = f' CommandId="{identifier}"', request.max_envelope - 4096, list[str]()
            while found.out and (not parts or room > CHUNK * 4 // 3 + 200):
                name, data = found.out.popleft()
                parts.append(f'<rsp:Stream Name="{name}"{named}>{base64.b64encode(data).decode()}</rsp:Stream>')
                room -= len(parts[-1])
            done = not found.out and found.code is not None
            state = f"<rsp:ExitCode>{found.code}</rsp:ExitCode>" if done else ""
            parts.append(f'<rsp:CommandState{named} State="{wsman.SHELL}/CommandState/{"Done" if done else "Running"}">{state}</rsp:CommandState>')
        return f"<rsp:ReceiveResponse>{''.join(parts)}</rsp:ReceiveResponse>"

    def signal(self, request: wsman.Request) -> str:
        """End a process, and forget it."""
        identifier = request.command_id
        self._found(identifier).kill()
        with self._changed:
            self._processes.pop(identifier, None)
        return "<rsp:SignalResponse/>"

    def wait_ended(self, command: str, timeout: float) -> bool:
        """See `Shell.wait_ended`; true at once for a process that still waits for its input, which is still to come."""
        found = self._processes.get(command)
        with self._changed:
            return found is None or not found.begun or self._changed.wait_for(lambda: found.code is not None, timeout)

    def close(self) -> None:
        """End the shell and its processes."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            processes = list(self._processes.values())
        for each in processes:
            each.kill()

    def _found(self, identifier: str) -> _Process:
        with self._changed:
            if identifier not in self._processes:
                raise wsman.unknown_command(identifier)
            return self._processes[identifier]
