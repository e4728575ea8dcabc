# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""PowerShell processes for remote shells: one each, opened before they are wanted, so many at once and no more, always ended."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

from .outofproc import POOL, Gone, OutOfProc, Process, pool_id, with_pool_id

WAIT_SECONDS = 30.0
NO_ID = bytes(16)


class Processes:
    """A keeper of processes.

    A session needs a quarter of a second to open. So one stands by for each endpoint, opened with the words of the last client there; a client that
    opens with the same words, as Ansible's plugin always does, gets that one under its own id. Others get one of their own.

    Args:
        start: starts one of a kind.
        most: how many may serve at once; a further one waits for an end, as on a server that is busy.

    Attributes:
        stand_by: whether one stands by; a fleet that serves a single session does without.
    """

    def __init__(self, start: Callable[[str], Process], most: int) -> None:
        self._start, self._free = start, threading.Semaphore(most)
        self._lock = threading.Lock()
        self._spare: dict[str, tuple[bytes, OutOfProc]] = {}
        self._serving: set[OutOfProc] = set()
        self._stopped = False
        self.stand_by = True

    def prepare(self, kind: str, creation: bytes) -> None:
        """Have one of a kind ready, opened with these words."""
        with self._lock:
            if self.stand_by and not self._stopped and kind not in self._spare:
                pipe = OutOfProc(self._start(kind))
                self._spare[kind] = (creation, pipe)
                threading.Thread(target=_open_spare, args=(pipe, creation), daemon=True).start()

    def take(self, kind: str, creation: bytes) -> OutOfProc:
        """One of a kind that was told the creation; the next is prepared meanwhile.

        Raises:
            TimeoutError: too many serve for too long.
        """
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise TimeoutError("too many remote shells are open on the simulated servers")
        with self._lock:
            opened_with, pipe = self._spare.pop(kind, (b"", None))
        if pipe is not None and (pipe.dead or with_pool_id(opened_with, NO_ID) != with_pool_id(creation, NO_ID)):
            kill(pipe.process)
            pipe = None
        if pipe is None:
            pipe = OutOfProc(self._start(kind))
            _open(pipe, creation)
        else:
            pipe.rename_pool(pool_id(opened_with), pool_id(creation))
        with self._lock:
            self._serving.add(pipe)
        # not at once: the first call of this one wants the processor
        later = threading.Timer(0.3, self.prepare, (kind, creation))
        later.daemon = True
        later.start()
        return pipe

    def forget(self, kind: str) -> None:
        """End what stands by of a kind that is not the same any more."""
        with self._lock:
            _creation, pipe = self._spare.pop(kind, (b"", None))
        if pipe is not None:
            kill(pipe.process)

    def end(self, pipe: OutOfProc) -> None:
        """End a process and all that it started."""
        with self._lock:
            if pipe not in self._serving:
                return
            self._serving.discard(pipe)
        self._free.release()
        kill(pipe.process)

    def stop(self) -> None:
        """End all, for good."""
        with self._lock:
            self._stopped = True
            spare, serving = list(self._spare.values()), list(self._serving)
            self._spare.clear()
        for pipe in serving:
            self.end(pipe)
        for _creation, pipe in spare:
            kill(pipe.process)


def _open_spare(pipe: OutOfProc, creation: bytes) -> None:
    with suppress(Gone):  # ended before it was wanted; who takes it sees that it is dead
        _open(pipe, creation)


def _open(pipe: OutOfProc, creation: bytes) -> None:
    pipe.tell("Data", POOL, creation)


def kill(process: Process) -> None:
    """End a process that leads a group, and the group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    for stream in (process.stdin, process.stdout, process.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.close()
    process.wait()
