# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault at every request of a verb, and where asked a second one at every request that follows.

A run goes straight; at each place the process forks once for each fault, and the child goes on with it. Places where the same line of the
same task asks the same of an equal world are one (polls of one wait). Faults after which the same code sees the same kind of answer in an
equal world are one. What follows a run is judged once for equal worlds. All these are counted as ``merged``, never as ``runs``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._answers import one_object
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import Refused, SessionError

from . import branches, fingerprint
from .faults import Fault, after, all_faults, lose_late
from .judge import judge_again, judge_run, settle
from .playbook import Done
from .stage import Stage, Verb, staged
from .wire import Objects, Request

LANDINGS = 13  # in a sample, what lands late does so at each of so many later requests only
PRODUCT = "hybrid_identity/entra_connect"


@dataclass
class Count:
    """What was tried.

    Attributes:
        runs: branches that ran to their end.
        merged: branches that are equal to one that ran.
        not_sampled: branches that a sample left out.
        found: violations and what did not converge, each with the faults that led there.
    """

    runs: int = 0
    merged: int = 0
    not_sampled: int = 0
    violations: list[str] = field(default_factory=list)
    not_converged: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        """Add what another one counted."""
        self.runs, self.merged, self.not_sampled = self.runs + other.runs, self.merged + other.merged, self.not_sampled + other.not_sampled
        self.violations += other.violations
        self.not_converged += other.not_converged


@dataclass
class Explorer:
    """Goes through the faults of one verb.

    Args:
        depth: faults in one experiment, 1 or 2.
        every: only each n-th branch of the first fault runs, and each `LANDINGS`-th place where what is late lands; 1: all.
        part: of these branches only those of one part of so many, since all of them may be more than one sitting of work.
    """

    stage: Stage
    depth: int = 1
    every: int = 1
    part: tuple[int, int] = (0, 1)
    count: Count = field(default_factory=Count)
    path: list[Fault] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    pipe: int | None = None
    known: dict[str, Count] = field(default_factory=dict)  # what was judged, by world; and what was explored, by place and answer
    learnt: dict[str, Count] = field(default_factory=dict)  # of it, what this process has added
    late: Callable[[], None] | None = None
    offered: int = 0

    # -- branching ---------------------------------------------------------------------------------------------------
    def way(self, request: Request) -> Objects:
        """At a new place: a branch for each fault; then this process goes straight on."""
        place = self._place(request)
        for fault in self._events(request):
            self.offered += 1
            if self.offered % (self.every if not self.path else LANDINGS if self.every > 1 and self.late is not None else 1):
                self.count.not_sampled += 1
                continue
            if not self.path and self.offered // self.every % self.part[1] != self.part[0]:
                continue
            if place in self.known:
                self.count.merged += 1
                continue
            child, pipe = branches.branch()
            if child:
                self._hear(branches.collect(child, pipe))
                continue
            return self._go(fault, request, place, pipe)
        self._learn(place, Count())
        return after(self.stage, request)

    def _events(self, request: Request) -> Iterable[Fault]:
        if self.late is not None:
            return [Fault("it_lands", _land(self.late))]
        faults = [fault for fault in all_faults(self.stage) if not (fault.writing_only and request.reads)]
        if not self.path and self.depth == 1 and not request.reads:
            faults.append(Fault("late", lambda _stage, _request: []))
        return faults

    def _go(self, fault: Fault, request: Request, place: str, pipe: int) -> Objects:
        """In a child: let it go wrong, and go on with what came back."""
        self.pipe, self.count, self.learnt, self.offered = pipe, Count(), {}, 0
        self.path = [*self.path, fault]
        self.told = [*self.told, f"{fault.name} at request {request.number} {request.function} on {request.server} ({self.stage.trail[-1]})"]
        was = self.late
        self.late = lose_late(self.stage, request) if fault.name == "late" else None
        self.stage.wire.way = self.way if len(self.path) < self.depth or self.late else lambda each: after(self.stage, each)
        error: Exception | None = None
        objects: Objects = []
        try:
            if self.late is not None:
                _lose(request)
            objects = fault.deed(self.stage, request)
        except (SessionError, TimeoutError) as raised:
            error = raised
        if was is None and self.late is None:  # what lands late leaves the world different for each place, and is judged by that
            seen = (
                f"{place} {_seen(request, objects, error)} {fingerprint.of_world(self.stage)} {sorted(self.stage.silent)} {self.stage.wire.crashed}"
            )
            if seen in self.known:
                branches.finish(pipe, lambda: {"count": _merged(self.known[seen]), "learnt": {}})
            self.seen_key = seen
        if error is not None:
            raise error
        return objects

    # -- the end of a run --------------------------------------------------------------------------------------------
    def ended(self, done: Done) -> None:
        """After the run in which something went wrong: judge it, and what the same command makes of it then."""
        stage = self.stage
        self.count.violations += self._named(judge_run(stage, done, self.before, any(each.world for each in self.path)))
        again = (len(self.path) < self.depth or self.late is not None) and self.path
        settle(stage)
        if again:
            self._explore_again()
        self._judge_again()

    def _explore_again(self) -> None:
        """The second fault, or the landing of what was late, in the run that follows."""
        world = f"again {fingerprint.of_world(self.stage)}" if self.late is None else ""
        if world and world in self.known:
            self.count.merged += self.known[world].runs + self.known[world].merged
            return
        length, before = len(self.path), Count(self.count.runs, self.count.merged)
        self.stage.wire.way = self.way
        done = self.stage.run()
        if len(self.path) > length:  # a branch of it
            self.ended_branch(done)
        if self.late is not None:
            self.late()
            self.late = None
        if world:
            self._learn(world, Count(self.count.runs - before.runs, self.count.merged - before.merged))
        self.count.violations += self._named(judge_run(self.stage, done, self.before, True))
        settle(self.stage)

    def ended_branch(self, done: Done) -> None:
        """In a child that was forked in the second run: judge, tell, end."""
        assert self.pipe is not None

        def work() -> branches.Answer:
            self.count.violations += self._named(judge_run(self.stage, done, self.before, True))
            settle(self.stage)
            self._judge_again()
            return self._answer()

        branches.finish(self.pipe, work)

    def _judge_again(self) -> None:
        person = any(each.person for each in self.path)
        world = f"judged {person} {self.stage.decided} {fingerprint.of_world(self.stage)}"
        self.count.runs += 1
        if world not in self.known:
            verdict = judge_again(self.stage, person)
            self._learn(world, Count(violations=verdict.violations, not_converged=verdict.not_converged))
            self.count.violations += self._named(verdict.violations)
            self.count.not_converged += self._named(verdict.not_converged)
            return
        if self.known[world].violations or self.known[world].not_converged:
            self.count.violations += self._named(self.known[world].violations)
            self.count.not_converged += self._named(self.known[world].not_converged)

    def _answer(self) -> branches.Answer:
        if seen := getattr(self, "seen_key", ""):
            self._learn(seen, Count(self.count.runs, self.count.merged))
        return {"count": self.count, "learnt": self.learnt}

    def work(self) -> branches.Answer:
        """Run the verb, in this process and all its branches.

        Returns:
            In the first process only: ``count``.
        """
        self.before = self.stage.world.snapshot()
        self.stage.wire.way = self.way
        done = self.stage.run()
        if self.pipe is not None:

            def end() -> branches.Answer:
                self.ended(done)
                return self._answer()

            branches.finish(self.pipe, end)
        if self.part[0] == 0:  # the run without a fault belongs to one part only
            self.count.violations += [f"without a fault: {each}" for each in judge_run(self.stage, done, self.before, False)]
            settle(self.stage)
            self._judge_again()
        return self._answer()

    # -- what is known -----------------------------------------------------------------------------------------------
    def _hear(self, answer: branches.Answer) -> None:
        self.count.add(answer["count"])
        self.known.update(answer["learnt"])
        self.learnt.update(answer["learnt"])

    def _learn(self, key: str, count: Count) -> None:
        self.known[key] = self.learnt[key] = count

    def _named(self, found: list[str]) -> list[str]:
        return [f"{'; then '.join(self.told) or 'no fault'}: {each}" for each in found]

    def _place(self, request: Request) -> str:
        lines = []
        frame: Any = sys._getframe(2)
        while frame is not None:
            if PRODUCT in frame.f_code.co_filename:
                lines.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
            frame = frame.f_back
        history = "; ".join(self.told)
        return f"{history} {self.stage.trail} {lines} {request.place} {fingerprint.of_world(self.stage)} {sorted(self.stage.silent)}"


def explore(verb: Verb, depth: int = 1, every: int = 1, part: tuple[int, int] = (0, 1)) -> Count:
    """Try a verb with every fault at every request; see `Explorer`."""
    with staged(verb) as stage:
        branches.prepare()
        answer = Explorer(stage, depth, every, part).work()
        count: Count = answer["count"]
        return count


def _land(late: Callable[[], None]) -> Any:
    def deed(stage: Stage, request: Request) -> Objects:
        late()
        return after(stage, request)

    return deed


def _lose(request: Request) -> None:
    from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ResultUnknown

    raise ResultUnknown("connection_lost", request.server, "an injected fault")


def _seen(request: Request, objects: Objects, error: Exception | None) -> str:
    """What kind of answer our code sees: errors that differ in their text only are one."""
    if error is None:
        try:
            return fingerprint.of_answer([one_object(request.server, request.function, objects)])
        except SessionError as raised:
            error = raised
    return f"{type(error).__name__} {error.code}" if isinstance(error, Refused) else type(error).__name__


def _merged(known: Count) -> Count:
    return Count(merged=known.runs + known.merged)
