# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""PSRP over the standard streams of a PowerShell process, ``pwsh -s``: one XML element a line (psrp-lab.md 5.3).

PSGuid is all zeros for the runspace pool. The next element may go out only after the last one's ack. What the elements carry is not read but for
the end of a pipeline and the pool's id.
"""

from __future__ import annotations

import base64
import re
import subprocess
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator

Process = subprocess.Popen[bytes]
POOL = uuid.UUID(int=0)
ACK_SECONDS = 300.0
_PIPELINE_STATE = 0x00041006
_FAILED = b'N="PipelineState">5<'
_HEAD, _POOL_AT = 21, slice(29, 45)  # of a fragment: its header, and in the first one of a message the id of the runspace pool
_LINE = re.compile(r"<(\w+)((?:\s+\w+\s*=\s*'[^']*')*)\s*(?:/>|>([^<]*)</\w+>)")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*'([^']*)'")


class Gone(Exception):
    """The process is no more, or does not answer."""


class OutOfProc:
    """The streams of one process.

    Args:
        process: serves PSRP on its standard streams.

    Attributes:
        changed: notified at whatever comes; guards the others.
        out: what has come for each pipeline, and for the pool.
        done: the pipelines that have ended.
        sessions: how many it has served, this one among them.
    """

    def __init__(self, process: Process) -> None:
        self.process = process
        self.changed = threading.Condition()
        self.out: dict[uuid.UUID, deque[bytes]] = {POOL: deque()}
        self.done: set[uuid.UUID] = set()
        self.dead, self.sessions = False, 1
        self._writing = threading.Lock()
        self._acks: deque[tuple[str, uuid.UUID]] = deque()
        self._ends: dict[uuid.UUID, Callable[[bool], None]] = {}
        self._ids: tuple[bytes, bytes] | None = None
        threading.Thread(target=self._pump, daemon=True).start()

    def rename_pool(self, opened_as: bytes, wanted: bytes) -> None:
        """From now on tell the process the id that it knows, and the client the one that it chose."""
        with self.changed:
            self._ids = (opened_as, wanted)
            for waiting in self.out.values():
                for index, data in enumerate(waiting):
                    waiting[index] = with_pool_id(data, wanted)

    def forget_session(self) -> bool:
        """The session is closed: nothing is known of it any more, and the next one may be opened. False where that cannot be."""
        with self.changed:
            if self.dead or self._ends:
                return False
            self.out, self.done, self._ids = {POOL: deque()}, set(), None
            self._acks.clear()
            self.sessions += 1
            return True

    def begin(self, guid: uuid.UUID, ended: Callable[[bool], None] | None) -> None:
        """Start a pipeline; ``ended`` is told whether it failed."""
        with self.changed:
            self.out[guid] = deque()
            if ended is not None:
                self._ends[guid] = ended
        self.tell("Command", guid)

    def tell(self, tag: str, guid: uuid.UUID, data: bytes | None = None, stream: str = "Default", seconds: float = ACK_SECONDS) -> None:
        """Send one element, and wait for its ack.

        Raises:
            Gone: it does not come.
        """
        element = f"<{tag} PSGuid='{guid}' />\n"
        if data is not None:
            if self._ids is not None:
                data = with_pool_id(data, self._ids[0])
            element = f"<{tag} Stream='{stream}' PSGuid='{guid}'>{base64.b64encode(data).decode()}</{tag}>\n"
        with self._writing:
            if self.process.stdin is None or self.dead:
                raise Gone
            try:
                self.process.stdin.write(element.encode())
                self.process.stdin.flush()
            except (OSError, ValueError):
                raise Gone from None
            with self.changed:
                there = self.changed.wait_for(lambda: (tag + "Ack", guid) in self._acks or self.dead, seconds)
                if not there or self.dead:
                    raise Gone
                self._acks.remove((tag + "Ack", guid))

    def _pump(self) -> None:
        try:
            for raw in self.process.stdout or ():
                found = _LINE.match(raw.decode("utf-8", "replace").strip())
                if found is not None:
                    self._take(found[1], uuid.UUID(dict(_ATTRIBUTE.findall(found[2]))["PSGuid"]), base64.b64decode(found[3] or ""))
        except ValueError:  # closed under us: the process is being ended
            pass
        with self.changed:
            self.dead = True
            self.changed.notify_all()

    def _take(self, tag: str, guid: uuid.UUID, data: bytes) -> None:
        ended = None
        with self.changed:
            if tag == "Data":
                if _PIPELINE_STATE in _message_types(data):
                    self.done.add(guid)
                    ended = self._ends.pop(guid, None)
                self.out.setdefault(guid, deque()).append(with_pool_id(data, self._ids[1]) if self._ids else data)
            else:
                self._acks.append((tag, guid))
            self.changed.notify_all()
        if ended is not None:
            ended(_FAILED in data)


def pool_id(data: bytes) -> bytes:
    """The id of the runspace pool in the first fragment."""
    return data[_POOL_AT]


def with_pool_id(data: bytes, wanted: bytes) -> bytes:
    """The same fragments with another id of the runspace pool; all zeros, where a message has none, stay."""
    made = bytearray(data)
    for start in _starts(data):
        where = slice(start + _POOL_AT.start, start + _POOL_AT.stop)
        if any(made[where]):
            made[where] = wanted
    return bytes(made)


def _message_types(data: bytes) -> Iterator[int]:
    for start in _starts(data):
        yield int.from_bytes(data[start + 25 : start + 29], "little")


def _starts(data: bytes) -> Iterator[int]:
    """Where in these fragments a message starts, with all of its head."""
    start = 0
    while len(data) - start >= _HEAD:
        size = int.from_bytes(data[start + 17 : start + 21], "big")
        if data[start + 16] & 1 and size >= 40:
            yield start
        start += _HEAD + size
