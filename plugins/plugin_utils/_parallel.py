# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run one piece of work per server, side by side where that is safe, with a deadline for each.

Internal to the collection: no promise of stability between releases.

Daemon threads, not an executor: a connection that hangs must not keep the task, or the process at its end, waiting for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Iterable
from typing import TypeVar

Result = TypeVar("Result")


def run_all(
    names: Iterable[str],
    work: Callable[[str], Result],
    seconds: float,
    in_turn: Container[str] = (),
    meanwhile: tuple[float, Callable[[], object]] | None = None,
) -> tuple[dict[str, Result], dict[str, Exception]]:
    """Do ``work(name)`` for each name at the same time; for those ``in_turn`` one after another, beside the rest, in the order of names.

    Each has ``seconds`` from its own start. One in turn that is not ready by then is left behind, and the next one starts.
    ``meanwhile`` is something that is done here every so many seconds while any of them is waited for.

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

    def settle(name: str, end: float) -> None:
        while threads[name].is_alive() and (left := end - time.monotonic()) > 0:
            threads[name].join(min(left, meanwhile[0]) if meanwhile else left)
            if meanwhile and threads[name].is_alive():
                meanwhile[1]()
        with lock:
            if name not in results:
                errors.setdefault(name, TimeoutError(f"no answer within {seconds:g} s"))

    together = [name for name in threads if name not in in_turn]
    for name in together:
        threads[name].start()
    end = time.monotonic() + seconds
    for name in threads:
        if name in in_turn:
            threads[name].start()
            settle(name, time.monotonic() + seconds)
    for name in together:
        settle(name, end)
    return results, errors
