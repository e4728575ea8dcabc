# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breadth first over every state that servers, requests under way, operators and faults can come to; S1 or S2 in each, shortest traces.

A state is a tuple of small numbers: budgets, requests under way, servers, runs. What a number stands for is kept once; what can follow
one server and one run is worked out once. So a million states need some thousand calls of the product.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .controller import Controller, Run
from .events import BUDGETS, EVENTS, TIME
from .machine import Late, applied, concerned, outcomes
from .servers import Fleet, Server

State = tuple[int, ...]
BITS = 4  # of each budget in the packed number


class Edge(NamedTuple):
    """A step: what it is, where it leads, and whether a request of the product made it."""

    text: str
    state: State
    by_us: bool


@dataclass
class Scope:
    """What is searched.

    Attributes:
        budgets: how often each fault may happen; events: names of what may happen to servers.
        invariant: ``S1`` in every state, or ``S2`` on every step that a request of ours makes.
        merged: kinds of micro steps that are taken together with the step before them, for comparison with coarser procedures.
    """

    fleet: Fleet
    controllers: list[Controller]
    servers: list[Server]
    budgets: dict[str, int]
    events: list[str]
    invariant: str = "S1"
    merged: frozenset[str] = frozenset()


@dataclass
class Found:
    """What a search came to. ``trace``: the shortest way to a violation, empty where there is none."""

    states: int = 0
    edges: int = 0
    seconds: float = 0.0
    complete: bool = False
    trace: list[str] = field(default_factory=list)
    visited: dict[State, int] = field(default_factory=dict)


class Search:
    """One search over a scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.fleet, self.controllers = scope, scope.fleet, scope.controllers
        self.count = scope.fleet.count
        self.runs: list[Run] = []
        self.run_numbers: dict[Run, int] = {}
        self.sets: list[tuple[Late, ...]] = []
        self.set_numbers: dict[tuple[Late, ...], int] = {}
        self.time_passes = TIME in scope.events
        self.lives = any(not each.take_over for each in self.controllers)
        self._steps: dict[tuple[int, int, int, bool], list[tuple[str, int, int, int, int, Late | None]]] = {}
        self._next_server: dict[tuple[int, int], int] = {}
        self._events: dict[int, list[tuple[str, int, int]]] = {}
        self._parents = array("l")

    # -- numbers -----------------------------------------------------------------------------------------------------
    def run_number(self, run: Run) -> int:
        """The number of a run as it is."""
        known = self.run_numbers.get(run)
        if known is None:
            known = self.run_numbers[run] = len(self.runs)
            self.runs.append(run)
        return known

    def late_number(self, late: tuple[Late, ...]) -> int:
        """The number of a set of requests under way."""
        known = self.set_numbers.get(late)
        if known is None:
            known = self.set_numbers[late] = len(self.sets)
            self.sets.append(late)
        return known

    def first(self) -> State:
        """Where it begins."""
        budget = sum(self.scope.budgets.get(name, 0) << BITS * place for place, name in enumerate(BUDGETS))
        servers = [self.fleet.number(each) for each in self.scope.servers]
        runs = [self.run_number(each.begin(0)) for each in self.controllers]
        return (budget, self.late_number(()), *servers, *runs)

    # -- what can follow ---------------------------------------------------------------------------------------------
    def edges(self, state: State) -> Iterator[Edge]:
        """Every step from a state."""
        budget, late = state[0], state[1]
        base = 2 + self.count
        for place, controller in enumerate(self.controllers):
            number = state[base + place]
            run = self.runs[number]
            if not run.todo:
                if run.number + 1 < len(controller.targets):
                    again = controller.started(controller.begin(run.number + 1))
                    yield Edge(f"{controller.letter}{run.number + 1} starts", _put(state, base + place, self.run_number(again)), True)
                continue
            yield from self._of_run(state, budget, late, place, number)
            if budget >> BITS & 15 and run.todo[0][0] != "start":
                crashed = _put(state, base + place, self.run_number(controller.ended(run)))
                yield Edge(f"{controller.letter}{run.number} crashes", (budget - (1 << BITS), *crashed[1:]), False)
        if self.sets[late]:
            yield from self._late(state, late)
        if self.time_passes:
            later = tuple(self.fleet.later(number) for number in state[2:base])
            if later != state[2:base]:
                yield Edge("90 minutes pass", (budget, late, *later, *state[base:]), False)
        for index in range(self.count):
            number = state[2 + index]
            known = self._events.get(number)
            if known is None:
                known = self._events[number] = self._happen(number)
            for text, cost, after in known:
                if cost < 0 or budget >> cost & 15:
                    left = budget if cost < 0 else budget - (1 << cost)
                    yield Edge(text, (left, *state[1 : 2 + index], after, *state[3 + index :]), False)

    def _of_run(self, state: State, budget: int, late: int, place: int, number: int) -> Iterator[Edge]:
        base = 2 + self.count
        at = self._next_server.get((place, number))
        if at is None:
            at = self._next_server[(place, number)] = concerned(self.controllers[place], self.runs[number])
        server = state[2 + at]
        live = self.lives and self._live(state, server)
        key = (place, number, server, live)
        known = self._steps.get(key)
        if known is None:
            known = self._steps[key] = self._work_out(place, number, server, live)
        for text, next_run, next_server, cost, _at, request in known:
            if cost >= 0 and not budget >> cost & 15:
                continue
            left = budget if cost < 0 else budget - (1 << cost)
            under_way = late if request is None else self.late_number(tuple(sorted({*self.sets[late], request})))
            servers = (*state[2 : 2 + at], next_server, *state[3 + at : base])
            after = (left, under_way, *servers, *state[base : base + place], next_run, *state[base + place + 1 :])
            yield Edge(text, self._merge(after, place) if self.scope.merged else after, True)

    def _work_out(self, place: int, number: int, server: int, live: bool) -> list[tuple[str, int, int, int, int, Late | None]]:
        found = []
        for each in outcomes(self.fleet, self.controllers[place], self.runs[number], server, live):
            cost = BITS * BUDGETS.index(each.cost) if each.cost else -1
            found.append((each.text, self.run_number(each.run), each.server, cost, 0, each.late))
        return found

    def _merge(self, state: State, place: int) -> State:
        """Go on without a fault while the next micro step is one that is taken together with the step before it."""
        base = 2 + self.count
        while True:
            run = self.runs[state[base + place]]
            if not run.todo or not self.scope.merged & set(kinds(run)):
                return state
            at = concerned(self.controllers[place], run)
            step = outcomes(self.fleet, self.controllers[place], run, state[2 + at], False)[0]
            if run.todo[0][0] == "wait" and "gives up" in step.text:
                return state
            after = _put(_put(state, 2 + at, step.server), base + place, self.run_number(step.run))
            state = after

    def _late(self, state: State, late: int) -> Iterator[Edge]:
        for request in self.sets[late]:
            number = state[2 + request.place]
            server = self.fleet.servers[number]
            if not server.up:
                continue
            rest = self.late_number(tuple(each for each in self.sets[late] if each != request))
            live = self.lives and self._live(state, number)
            after = self.fleet.call(number, request.function, applied(request.function, request.parameters, live))[0]
            text = f"LATE {request.function} on {server.name}"
            yield Edge(text, _put(_put(state, 1, rest), 2 + request.place, after), True)

    def _happen(self, number: int) -> list[tuple[str, int, int]]:
        server = self.fleet.servers[number]
        found = []
        for name in self.scope.events:
            if name == TIME:
                continue
            for event in EVENTS[name](server):
                cost = BITS * BUDGETS.index(event.cost) if event.cost else -1
                found.append((f"{event.text} {server.name}", cost, self.fleet.number(event.after)))
        return found

    def _live(self, state: State, server: int) -> bool:
        """Whether the lease of the claim there runs: while its operator neither stopped nor crashed."""
        claim = self.fleet.servers[server].record.claim
        if claim is None or claim[2]:
            return False
        for place, controller in enumerate(self.controllers):
            run = self.runs[state[2 + self.count + place]]
            if claim[1] == f"{controller.letter}{run.number}" and run.todo:
                return True
        return False

    # -- the search --------------------------------------------------------------------------------------------------
    def go(self, limit: int = 3_000_000) -> Found:
        """Search until there is nothing new, a violation is found, or ``limit`` states are known."""
        began = time.perf_counter()
        exporting = self.fleet.exporting
        last = 2 + self.count
        first = self.first()
        visited: dict[State, int] = {first: 0}
        order: list[State] = [first]
        parents = self._parents = array("l", [-1])
        found = Found(visited=visited)
        s2 = self.scope.invariant == "S2"
        position = 0
        while position < len(order) and len(order) <= limit:
            state = order[position]
            before = sum(exporting[each] for each in state[2:last])
            for edge in self.edges(state):
                found.edges += 1
                after = edge.state
                if s2 and edge.by_us and before <= 1 and sum(exporting[each] for each in after[2:last]) > 1:
                    found.trace = [*self._trace(order, position), edge.text]
                    break
                if after not in visited:
                    visited[after] = len(order)
                    order.append(after)
                    parents.append(position)
                    if not s2 and sum(exporting[each] for each in after[2:last]) > 1:
                        found.trace = [*self._trace(order, position), edge.text]
                        break
            if found.trace:
                break
            position += 1
        found.states, found.complete = len(order), position == len(order)
        found.seconds = time.perf_counter() - began
        return found

    def _trace(self, order: list[State], position: int) -> list[str]:
        texts: list[str] = []
        while position:
            parent = self._parents[position]
            texts.append(next(edge.text for edge in self.edges(order[parent]) if edge.state == order[position]))
            position = parent
        return texts[::-1]

    def trace_to(self, found: Found, state: State) -> list[str]:
        """The shortest way to a state that the search has visited."""
        order = list(found.visited)
        return self._trace(order, found.visited[state])


def kinds(run: Run) -> tuple[str, ...]:
    """By what names the next micro step of a run may be merged: its decision, its wait, its function."""
    step: Any = run.todo[0]
    return (step[1],) if step[0] == "all" else (step[2],) if step[0] in ("one", "call", "wait") else (step[0],)


def _put(state: State, place: int, value: int) -> State:
    return (*state[:place], value, *state[place + 1 :])
