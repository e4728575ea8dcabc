# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run one piece of work per server side by side, with a deadline for all of them.

Internal to the collection: no promise of stability between releases.

Daemon threads, not an executor: a connection that hangs must not keep the task, or the process at its end, waiting for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

Result = TypeVar("Result")


def run_all(names: Iterable[str], work: Callable[[str], Result], seconds: float) -> tuple[dict[str, Result], dict[str, Exception]]:
    """Do ``work(name)`` for each name at the same time.

    Returns:
        Results by name, and errors by name; `TimeoutError` for what was not ready after ``seconds``.
    """
    results: dict[str, Result] = {}
    errors: dict[str, Exception] = {}
    lock = threading.Lock()

    def one(name: str) -> None:
        try:
            result = work(name)
        except Exception as error:  # pylint: disable=broad-except
            with lock:
                errors.setdefault(name, error)
        else:
            with lock:
                if name not in errors:
                    results[name] = result

    threads = {name: threading.Thread(target=one, args=(name,), daemon=True, name=f"entra-{name}") for name in names}
    for thread in threads.values():
        thread.start()
    end = time.monotonic() + seconds
    for name, thread in threads.items():
        thread.join(max(0.0, end - time.monotonic()))
        with lock:
            if name not in results:
                errors.setdefault(name, TimeoutError(f"no answer within {seconds:g} s"))
    return results, errors
