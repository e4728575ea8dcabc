# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""PowerShell processes for remote shells: one each at a time, opened before they are wanted, so many at once and no more, always ended."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from .outofproc import POOL, Gone, OutOfProc, Process, pool_id, with_pool_id

WAIT_SECONDS = 120.0
NO_ID = bytes(16)
MOST_SESSIONS, MOST_IDLE = 25, 2  # a process keeps some megabytes of each session that it has served


class Processes:
    """A keeper of processes.

    A session needs a quarter of a second to open. So one stands by for each endpoint, opened with the words of the last client there; a client that
    opens with the same words, as Ansible's plugin always does, gets that one under its own id. Others get one of their own.

    A process whose session was closed with nothing left to do serves the next session of its kind: another runspace, which reads everything anew,
    in a process that has PowerShell itself warm. That is half the work of a new one. What ended in any other way is killed.

    Args:
        start: starts one of a kind.
        most: how many may serve at once, shells and command lines together; a further one waits for an end, as on a server that is busy. What
            stands by comes on top, one of a kind.
        wait: seconds that a further one waits.

    Attributes:
        stand_by: whether one stands by; a fleet that serves a single session does without.
        cold: how many sessions found none that stood by for them.
    """

    def __init__(self, start: Callable[[str], Process], most: int, wait: float = WAIT_SECONDS) -> None:
        self._start, self._free, self._wait = start, threading.Semaphore(most), wait
        self._lock = threading.Lock()
        self._spare: dict[str, tuple[bytes, OutOfProc]] = {}
        self._serving: dict[OutOfProc, str] = {}
        self._idle: dict[str, list[OutOfProc]] = {}
        self._lines: set[Process] = set()
        self._stopped = False
        self.stand_by, self.cold = True, 0

    def prepare(self, kind: str, creation: bytes) -> None:
        """Have one of a kind ready, opened with these words."""
        with self._lock:
            if self.stand_by and not self._stopped and kind not in self._spare:
                pipe = self._process(kind)
                self._spare[kind] = (creation, pipe)
                threading.Thread(target=_open_spare, args=(pipe, creation), daemon=True).start()

    def take(self, kind: str, creation: bytes) -> OutOfProc:
        """One of a kind that was told the creation; the next is prepared meanwhile.

        Raises:
            TimeoutError: too many serve for too long.
            Gone: it ended before it was open, or all are to end.
        """
        with self._place():
            pipe = self._spare_for(kind, creation) or self._opened(kind, creation)
            with self._lock:
                stopped = self._stopped
                if not stopped:
                    self._serving[pipe] = kind
            if stopped:
                kill(pipe.process)
                raise Gone("the engine is stopped")
        # not at once: the first call of this one wants the processor
        later = threading.Timer(0.3, self.prepare, (kind, creation))
        later.daemon = True
        later.start()
        return pipe

    def run(self, start: Callable[[], Process]) -> Process:
        """Start a process that serves no shell, a command line, within the same limit; its place is free once it has ended.

        Raises:
            TimeoutError: too many serve for too long.
        """
        with self._place():
            process = start()
            with self._lock:
                self._lines.add(process)
            threading.Thread(target=self._await_end, args=(process,), daemon=True).start()
        return process

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Within the block a place is taken; it is given back where the block fails."""
        if not self._free.acquire(timeout=self._wait):
            raise TimeoutError("too many processes serve on the simulated servers")
        try:
            yield
        except BaseException:
            self._free.release()
            raise

    def _spare_for(self, kind: str, creation: bytes) -> OutOfProc | None:
        """What stands by, where it lives and was opened with the same words."""
        with self._lock:
            opened_with, pipe = self._spare.pop(kind, (b"", None))
        if pipe is None:
            return None
        if pipe.dead or with_pool_id(opened_with, NO_ID) != with_pool_id(creation, NO_ID):
            kill(pipe.process)
            return None
        pipe.rename_pool(pool_id(opened_with), pool_id(creation))
        return pipe

    def _opened(self, kind: str, creation: bytes) -> OutOfProc:
        self.cold += 1
        with self._lock:
            pipe = self._process(kind)
        try:
            _open(pipe, creation)
        except BaseException:
            kill(pipe.process)
            raise
        return pipe

    def _process(self, kind: str) -> OutOfProc:
        """One without a session; the lock is held."""
        idle = self._idle.get(kind, [])
        while idle:
            if not (pipe := idle.pop()).dead:
                return pipe
            kill(pipe.process)
        return OutOfProc(self._start(kind))

    def _await_end(self, process: Process) -> None:
        process.wait()
        with self._lock:
            self._lines.discard(process)
        self._free.release()

    def forget(self, kind: str) -> None:
        """End what stands by of a kind that is not the same any more; what still serves a session of it serves no other."""
        with self._lock:
            _creation, pipe = self._spare.pop(kind, (b"", None))
            idle = self._idle.pop(kind, [])
            self._serving.update({each: "" for each, of in self._serving.items() if of == kind})
        for each in [*idle, *([pipe] if pipe is not None else [])]:
            kill(each.process)

    def end(self, pipe: OutOfProc, closed: bool = False) -> None:
        """End a process and all that it started, or keep it for another session where this one was ``closed`` with nothing left to do."""
        with self._lock:
            kind = self._serving.pop(pipe, None)
            if kind is None:
                return
            idle = self._idle.setdefault(kind, [])
            keep = closed and kind and not self._stopped and len(idle) < MOST_IDLE and pipe.sessions < MOST_SESSIONS and pipe.forget_session()
            if keep:
                idle.append(pipe)
        self._free.release()
        if not keep:
            kill(pipe.process)

    def stop(self) -> None:
        """End all, for good."""
        with self._lock:
            self._stopped = True
            spare, serving, lines = list(self._spare.values()), list(self._serving), list(self._lines)
            idle = [each for of_a_kind in self._idle.values() for each in of_a_kind]
            self._spare.clear()
            self._idle.clear()
        for pipe in serving:
            self.end(pipe)
        for process in lines:
            kill(process)
        for pipe in [*idle, *(pipe for _creation, pipe in spare)]:
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
