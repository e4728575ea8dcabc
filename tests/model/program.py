# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every program of an operator has: micro steps that are left, whom they ask, and how a run goes on, stops and ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import fences
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import row_of

from .servers import NAMES
from .wanted import Wanted, parse

Micro = tuple[Any, ...]
Reads = Mapping[str, ServerRead]
# readings of all that also look at the servers which are declared out: before the others, or after them
PROBED_BEFORE, PROBED_AFTER = frozenset({"plan", "announce", "fence", "one_active"}), frozenset({"promote", "alone", "watch"})


class Run(NamedTuple):
    """What a controller remembers. ``todo``: micro steps that are left, none where it has ended; ``token``: of the claim that it took;
    ``seen``: numbers of the servers and lives of their claims, of a reading of all that goes on; ``boot``: of the target at its ticket.
    """

    number: int
    todo: tuple[Micro, ...]
    token: tuple[int, str] | None = None
    seen: tuple[tuple[int, bool], ...] = ()
    boot: int | None = None


class Stop(Exception):
    """The run stops here, for this reason."""


class Without(NamedTuple):
    """What is taken out, by name: codes of refusals, rows of the table, readings with their judgement."""

    codes: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


class Program:
    """The programs of one operator's runs.

    Args:
        letter: of its run ids; targets: what each of its runs is started for, one run after the other.
        names: servers of the topology; method: ``settings`` or ``wizard``; take_over: whether it supersedes live claims.
        without: what is taken out.
    """

    def __init__(self, letter: str, targets: tuple[str, ...], names: tuple[str, ...], method: str, take_over: bool, without: Without) -> None:
        self.letter, self.targets, self.names, self.method, self.take_over, self.without = letter, targets, names, method, take_over, without
        self._wanted = [parse(each) for each in targets]
        self._members = [tuple(index for index, name in enumerate(names) if name not in {*without.unread, *each.declared}) for each in self._wanted]
        self._out = [tuple(index for index, name in enumerate(names) if name in each.declared) for each in self._wanted]

    def wanted(self, run: Run) -> Wanted:
        """What the run is started for."""
        return self._wanted[run.number]

    def every(self, run: Run) -> tuple[int, ...]:
        """The servers of the run's topology: all but those that are declared out."""
        return self._members[run.number]

    def asks(self, run: Run, reading: str) -> tuple[int, ...]:
        """Whom a reading of all asks, in this order."""
        out, members = self._out[run.number], self._members[run.number]
        return (*(out if reading in PROBED_BEFORE else ()), *members, *(out if reading in PROBED_AFTER else ()))

    def begin(self, number: int) -> Run:
        """Its run of this number, before its first request."""
        return Run(number, (("start",),))

    def started(self, run: Run) -> Run:
        """The run once it has begun."""
        return run._replace(todo=(("all", "look" if self.wanted(run).verb == "rejoin" else "plan"),))

    def decided(self, run: Run, reads: Reads) -> Run:
        """After a reading of all, or of the one server that the first step names: what is to be done now."""
        step = run.todo[0]
        name = step[1] if step[0] == "all" else step[2]
        work: Callable[..., tuple[Micro, ...]] = getattr(self, f"_{name}")
        arguments = step[2:] if step[0] == "all" else (step[1], *step[3:])
        if name in PROBED_BEFORE | PROBED_AFTER:
            out = self.wanted(run).declared
            arguments = ({each: read for each, read in reads.items() if each in out}, *arguments)
            reads = {each: read for each, read in sorted(reads.items()) if each not in out}
        try:
            first = work(run, reads, *arguments)
        except Stop as stop:
            return self.stopped(run, str(stop))
        return self.to(run._replace(seen=(), boot=None if name == "proved" else run.boot), first)

    def to(self, run: Run, first: tuple[Micro, ...] = ()) -> Run:
        """The run after its first step, with these before the rest; that it holds its claim from here on is no step of its own."""
        todo = first + run.todo[1:]
        if todo and todo[0][0] == "holds":
            run, todo = run._replace(token=todo[0][1]), todo[1:]
        return run._replace(todo=todo) if todo else self.ended(run)

    @staticmethod
    def ended(run: Run) -> Run:
        """The run when nothing more is sent."""
        return Run(run.number, ())

    def stopped(self, run: Run, why: str) -> Run:
        """The run ends early; the claim that it took is ended on every server (`_flows.reporting.stopped`)."""
        todo = self._closes(run, "stopped") if run.token is not None else ()
        return run._replace(todo=todo, seen=(), boot=None) if todo else self.ended(run)

    def _closes(self, run: Run, outcome: str) -> tuple[Micro, ...]:
        function = row_of("end_claim").functions[0]
        return tuple(("call", index, function, (("Outcome", outcome),), "ignore") for index in self.every(run))

    def _refuse(self, refusals: list[Refusal]) -> None:
        left = [each.code for each in refusals if each.code not in self.without.codes]
        if left:
            raise Stop(left[0])

    def _silent(self, reads: Reads) -> None:
        self._refuse(fences.silent(reads))


def index_of(name: str) -> int:
    """The place of a server."""
    return NAMES.index(name)


def of_token(token: Token | tuple[int, str]) -> tuple[tuple[str, Any], ...]:
    """A token as parameters of a function."""
    return (("Epoch", token[0]), ("RunId", token[1]))
