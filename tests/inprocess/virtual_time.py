# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time that only the lab's clock moves: what the product and the twins see as `time`, `uuid` and `datetime` while a run in process lasts."""

from __future__ import annotations

import importlib
import itertools
import json
import pkgutil
import sys
import time
import types
import uuid
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone, tzinfo
from pathlib import Path
from typing import Any, TypeVar

from tests.lab.model.clock import Clock

from . import branches, disk

STAND_INS: dict[tuple[str, str], Any] = {**disk.STAND_INS, **branches.STAND_INS}
Result = TypeVar("Result")
COLLECTION = "ansible_collections.hybrid_identity.entra_connect.plugins"
START = 1_790_000_000.0
LATENCY = 0.1  # virtual seconds that requests which go out side by side take


class VirtualTime:
    """Stands in for the modules ``time`` and ``uuid``, for `run_all`, and for the result file: one world's clock, ids in the same order each time."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._count = itertools.count(1)
        self.reports: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.limit = 0.0  # of the requests that are out now
        self._delays: list[float] = []

    def time(self) -> float:
        """As `time.time`."""
        return self.clock.now

    def monotonic(self) -> float:
        """As `time.monotonic`."""
        return self.clock.now - START + 1_000.0

    def sleep(self, seconds: float) -> None:
        """As `time.sleep`: whatever falls due meanwhile in the world happens."""
        self.clock.advance(seconds)

    def uuid4(self) -> uuid.UUID:
        """As `uuid.uuid4`, in a fixed order."""
        return uuid.UUID(bytes=uuid.uuid5(uuid.NAMESPACE_DNS, f"run {next(self._count)}").bytes, version=4)

    def delay(self, seconds: float) -> None:
        """The answer to the request at hand takes that much longer; others that are out beside it do not wait for it."""
        self._delays.append(seconds)

    def run_all(
        self, names: Iterable[str], work: Callable[[str], Result], seconds: float, in_turn: Container[str] = (), meanwhile: object = None
    ) -> tuple[dict[str, Result], dict[str, Exception]]:
        """As `_parallel.run_all`, one after another in the order of names, in the time of the slowest; nothing is done meanwhile."""
        results: dict[str, Result] = {}
        errors: dict[str, Exception] = {}
        outer, self._delays, self.limit = (self._delays, self.limit), [LATENCY], seconds
        try:
            for name in names:
                try:
                    results[name] = work(name)
                except Exception as error:  # noqa: BLE001 - as the real one
                    errors[name] = error
            self.clock.advance(max(self._delays))
        finally:
            self._delays, self.limit = outer
        return results, errors

    # -- the controller's disk ---------------------------------------------------------------------------------------
    def write_report(self, path: Path, values: dict[str, Any]) -> None:
        """As `_report.write`, into memory, so that a run that is forked has a disk of its own."""
        self.reports[str(path)] = json.dumps(values)

    def replace_file(self, path: Path, text: str) -> None:
        """As `_report._replace`, for the page that people read."""
        self.pages[str(path)] = text

    def read_report(self, path: Path) -> dict[str, Any]:
        """As `_report.read`."""
        return dict(json.loads(self.reports.get(str(path), "{}")))

    def datetime_class(self) -> type[datetime]:
        """A `datetime` whose ``now`` is the clock's."""
        clock = self.clock

        class Now(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.fromtimestamp(clock.now, tz or timezone.utc)

        return Now


def new_clock() -> Clock:
    """A clock that stands at a fixed moment."""
    clock = Clock(0.0)
    clock._base = START  # noqa: SLF001 - the lab's clock begins now, this one always at the same moment
    clock._marks.clear()
    clock._mark()
    return clock


def _uuid_like(virtual: VirtualTime) -> types.SimpleNamespace:
    return types.SimpleNamespace(uuid4=virtual.uuid4, uuid5=uuid.uuid5, NAMESPACE_DNS=uuid.NAMESPACE_DNS, UUID=uuid.UUID)


def load_all() -> None:
    """Import every module of the product and of the twins, so that all of them are known before time is replaced."""
    for package in (f"{COLLECTION}.action", f"{COLLECTION}.plugin_utils", "tests.lab.twins", "tests.lab.model"):
        for each in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(each.name)


_places: list[tuple[Any, str, str]] = []


def _find_places() -> list[tuple[Any, str, str]]:
    if not _places:
        load_all()
        real: dict[int, str] = {id(time): "time", id(uuid): "uuid", id(datetime): "datetime"}
        for name, module in list(sys.modules.items()):
            if not name.startswith((COLLECTION, "tests.lab.")) or module is None:
                continue
            _places.extend((module, attribute, real[id(value)]) for attribute, value in vars(module).items() if id(value) in real)
            if name.endswith("plugin_utils._topology"):
                _places.append((module, "run_all", "run_all"))
            if name.endswith("plugin_utils._report"):
                _places.extend([(module, "write", "write_report"), (module, "read", "read_report"), (module, "_replace", "replace_file")])
            _places.extend((module, attribute, attribute) for where, attribute in STAND_INS if name.endswith(f"plugin_utils.{where}"))
    return _places


@contextmanager
def virtual(clock: Clock) -> Iterator[VirtualTime]:
    """Within the block the product, the twins and the model see this clock's time only."""
    now = VirtualTime(clock)
    stand_ins: dict[str, Any] = {"time": now, "uuid": _uuid_like(now), "datetime": now.datetime_class(), "run_all": now.run_all}
    stand_ins |= {
        "write_report": now.write_report,
        "read_report": now.read_report,
        "replace_file": now.replace_file,
        **{attribute: each for (_where, attribute), each in STAND_INS.items()},
    }
    kept = [(module, attribute, getattr(module, attribute)) for module, attribute, _kind in _find_places()]
    for module, attribute, kind in _find_places():
        setattr(module, attribute, stand_ins[kind])
    try:
        yield now
    finally:
        for module, attribute, value in kept:
            setattr(module, attribute, value)
