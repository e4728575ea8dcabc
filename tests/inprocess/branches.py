# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forks: at one point of a run the process goes on in several ways, each in a child with all of the world and of the controller in its state."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

Answer = dict[str, Any]
# a task that goes on in a child has another parent than it began with, which for the product means that its controller is gone; a controller
# that is gone is a fault of its own here (`Wire.crash`)
STAND_INS = {("_controller", "os"): SimpleNamespace(getppid=lambda: 1)}


def branch() -> tuple[int, int]:
    """Fork. In the child: 0 and the descriptor for `finish`; in the parent: the child's id and the descriptor for `collect`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        return 0, writing
    os.close(writing)
    return child, reading


def collect(child: int, reading: int) -> Answer:
    """Wait for the child's end, and give what it told."""
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if not told:
        raise RuntimeError(f"a branch ended with status {status} and told nothing")
    answer: Answer = pickle.loads(told)  # noqa: S301 - from a child of our own
    if "traceback" in answer:
        raise RuntimeError(f"a branch failed:\n{answer['traceback']}")
    return answer


def finish(writing: int, work: Callable[[], Answer]) -> None:
    """In a child: tell what the work gives, and end this process without any clearing up."""
    try:
        told = work()
    except BaseException:  # noqa: BLE001 - the parent raises it
        told = {"traceback": traceback.format_exc()}
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(pickle.dumps(told))
    sys.stdout.flush()
    os._exit(0)


def prepare() -> None:
    """Before many branches: what is there already is not looked at by the collector any more, so that children share it."""
    gc.collect()
    gc.freeze()
