# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notice that the controller of a task is gone, or wants the task to end.

Internal to the collection: no promise of stability between releases.

A worker process outlives a killed ``ansible-playbook`` to the end of its task (design, section 3), so every change and every
poll asks here first.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Interrupted(BaseException):
    """The user, or the system, asked the task to stop, or its controller is gone; not an Exception, so that nobody swallows it."""


class Controller:
    """The process that started this task."""

    def __init__(self) -> None:
        self._parent = os.getppid()

    def gone(self) -> bool:
        """Whether the process that started this task has ended."""
        return os.getppid() != self._parent

    def check(self) -> None:
        """Raises `Interrupted` when the process that started this task has ended."""
        if self.gone():
            raise Interrupted("the controller process has ended")


@contextmanager
def interruptible() -> Iterator[None]:
    """Within the block SIGINT and SIGTERM raise `Interrupted`, once: what then ends claims and writes results is left to finish."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: Any) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted(f"stopped by {signal.Signals(number).name}")

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
