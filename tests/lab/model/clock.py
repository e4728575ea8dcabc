# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's clock: drives cycles, the operator and the installer. Leases, tickets and journal stay on real time."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

Work = Callable[[], None]
PULSE = 0.02


@dataclass(frozen=True)
class _Mark:
    """What this clock, the wall's and the monotonic one said at one instant."""

    moment: float
    wall: float
    ticks: float


class Clock:
    """Time of the simulated world, in seconds since the epoch.

    Args:
        speed: lab seconds per real second for a clock that runs by itself; 0 for one that only `advance` moves.
    """

    def __init__(self, speed: float = 0.0) -> None:
        self.lock = threading.RLock()
        self._speed = speed
        self._base = time.time()
        self._marks = [_Mark(self._base, self._base, time.monotonic())]  # where this clock was set going, or moved by hand
        self._due: list[tuple[float, int, Work]] = []
        self._count = itertools.count()
        self._running = False

    @property
    def now(self) -> float:
        """The present time."""
        return self._base

    @property
    def runs(self) -> bool:
        """Whether it runs by itself."""
        return self._running

    def real(self, moment: float) -> float:
        """When a moment of this clock is, or was, by the real one; before the clock ran both are the same."""
        with self.lock:
            before = next((mark for mark in reversed(self._marks) if mark.moment <= moment), self._marks[0])
            past = moment - before.moment
            after = next((mark.wall for mark in self._marks if mark.moment >= moment), None)  # reached by then
        real = before.wall + (past if past <= 0 or self._speed <= 0 else past / self._speed)
        return real if after is None else min(real, after)

    def after(self, seconds: float, work: Work) -> None:
        """Do something later; work of the same instant is done in the order it was asked for."""
        with self.lock:
            heapq.heappush(self._due, (self._base + seconds, next(self._count), work))

    def advance(self, seconds: float) -> None:
        """Let time pass, and do what falls due on the way."""
        with self.lock:
            self._mark()
            self._go_to(self._base + seconds)
            self._mark()

    def run(self) -> None:
        """Let the clock run by itself until `stop`."""
        if self._speed <= 0:
            raise ValueError("a clock with speed 0 is moved by advance()")
        self._running = True
        self._marks = [_Mark(self._base, time.time(), time.monotonic())]
        threading.Thread(target=self._pulse, daemon=True, name="lab-clock").start()

    def stop(self) -> None:
        """Stop a running clock."""
        self._running = False

    def _pulse(self) -> None:
        while self._running:
            time.sleep(PULSE)
            with self.lock:
                last = self._marks[-1]
                self._go_to(max(self._base, last.moment + (time.monotonic() - last.ticks) * self._speed))

    def _mark(self) -> None:
        self._marks.append(_Mark(self._base, time.time(), time.monotonic()))

    def _go_to(self, moment: float) -> None:
        while self._due and self._due[0][0] <= moment:
            due, _number, work = heapq.heappop(self._due)
            self._base = max(self._base, due)
            work()
        self._base = moment


def iso(moment: float) -> str:
    """A time as the functions give it: UTC, ISO 8601."""
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
