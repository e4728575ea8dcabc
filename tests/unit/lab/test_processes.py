# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keeper of engine processes: no more than so many, a place is free again whatever happened, none is left behind. The processes here only ack."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.lab.pwsh import creation
from tests.lab.pwsh.outofproc import Gone, Process
from tests.lab.pwsh.processes import Processes

ACKING = """
import re, sys
for line in sys.stdin:
    tag, guid = re.match(r"<(\\w+).*?PSGuid='([^']*)'", line).groups()
    print(f"<{tag}Ack PSGuid='{guid}' />", flush=True)
"""
MOST = 2
WORDS = creation.of_the_plugin()


class Started:
    """Starts processes, and knows them all; ``program`` is what the next ones run."""

    def __init__(self) -> None:
        self.all: list[Process] = []
        self.program = ACKING

    def __call__(self, _kind: str) -> Process:
        pipe = subprocess.PIPE
        self.all.append(subprocess.Popen([sys.executable, "-c", self.program], stdin=pipe, stdout=pipe, start_new_session=True))
        return self.all[-1]

    def alive(self) -> int:
        """How many run."""
        return sum(1 for each in self.all if each.poll() is None)


@pytest.fixture
def started() -> Started:
    return Started()


@pytest.fixture
def keeper(started: Started) -> Iterator[Processes]:
    made = Processes(started, MOST, wait=0.1)
    yield made
    made.stop()
    assert started.alive() == 0


def until(check: Callable[[], bool]) -> None:
    """Poll; the test's own time limit ends it."""
    for _each in range(500):
        if check():
            return
        time.sleep(0.02)
    raise AssertionError("not so after ten seconds")


def test_no_more_than_so_many_serve(keeper: Processes) -> None:
    """A further one waits, and is refused when nobody ends; an end makes room. A command line takes a place too."""
    keeper.stand_by = False
    first, _second = keeper.take("a", WORDS), keeper.take("a", WORDS)
    with pytest.raises(TimeoutError):
        keeper.take("a", WORDS)
    keeper.end(first)
    line = keeper.run(lambda: subprocess.Popen(["sleep", "600"], start_new_session=True))
    with pytest.raises(TimeoutError):
        keeper.take("b", WORDS)
    line.kill()
    until(lambda: keeper._free._value == 1)  # type: ignore[attr-defined]
    keeper.take("b", WORDS)


def test_a_session_that_does_not_open_takes_no_place(keeper: Processes, started: Started) -> None:
    """However often: the process is ended, and the next one opens."""
    keeper.stand_by = False
    started.program = "import sys; sys.exit(3)"
    for _each in range(MOST + 1):
        with pytest.raises(Gone):
            keeper.take("a", WORDS)
    assert started.alive() == 0
    started.program = ACKING
    keeper.take("a", WORDS)


def test_an_engine_that_cannot_be_started_takes_no_place() -> None:
    def missing(_kind: str) -> Process:
        raise FileNotFoundError

    keeper = Processes(missing, 1, wait=0.1)
    for _each in range(2):
        with pytest.raises(FileNotFoundError):
            keeper.take("a", WORDS)
        with pytest.raises(FileNotFoundError):
            keeper.run(lambda: missing(""))


def test_one_stands_by_before_and_after(keeper: Processes, started: Started) -> None:
    """The first session of the plugin finds one that was opened with the same words, and so does the next; other words do not."""
    keeper.prepare("a", WORDS)
    keeper.take("a", WORDS)
    until(lambda: len(started.all) == 2)
    keeper.end(keeper.take("a", WORDS))
    assert keeper.cold == 0
    until(lambda: len(started.all) == 3)
    keeper.take("a", WORDS[:-1] + b"x")
    assert keeper.cold == 1


def test_a_process_serves_again_where_its_session_was_closed(keeper: Processes, started: Started) -> None:
    """Another session of the same kind, until that kind is another one or the session ended in any other way."""
    keeper.stand_by = False
    first = keeper.take("a", WORDS)
    keeper.end(first, closed=True)
    assert keeper.take("b", WORDS) is not first
    again = keeper.take("a", WORDS)
    assert (again is first, again.sessions, len(started.all)) == (True, 2, 2)
    keeper.forget("a")
    keeper.end(again, closed=True)
    assert started.alive() == 1
    third = keeper.take("a", WORDS)
    keeper.end(third)
    assert keeper.take("a", WORDS) is not third and len(started.all) == 4


def test_what_stands_by_and_what_serves_ends_with_the_keeper(started: Started) -> None:
    keeper = Processes(started, MOST)
    keeper.prepare("a", WORDS)
    keeper.prepare("b", WORDS)
    keeper.take("a", WORDS)
    line = keeper.run(lambda: subprocess.Popen(["sleep", "600"], start_new_session=True))
    keeper.stop()
    assert started.alive() == 0 and line.poll() is not None
    with pytest.raises(Gone):
        keeper.take("a", WORDS)
    assert started.alive() == 0
