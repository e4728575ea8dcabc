# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""L1: from everything that a search has come to, once faults stop, one run without a fault ends with exactly its target active."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import permutations, product

from .controller import Controller, Run
from .events import at_rest
from .machine import applied, concerned, outcomes
from .search import Search, State

MOST_STEPS = 400
Numbers = tuple[int, ...]


class Liveness:
    """Fault-free runs from the configurations of servers that a search has visited, each once.

    Args:
        search: which has been made.
        target: whom the run wants active.
    """

    def __init__(self, search: Search, target: str) -> None:
        self.search, self.fleet = search, search.fleet
        like = search.controllers[0]
        self.controller = Controller("z", (target,), like.names, like.method, True, like.without)
        self.wanted = like.names.index(target)
        self.converged: dict[Numbers, str] = {}
        self._steps: dict[tuple[Run, int], tuple[Run, int]] = {}

    def stuck(self, states: Iterable[State]) -> Iterator[tuple[State, str]]:
        """States from which the run does not reach its target, with what it came to."""
        last = 2 + self.fleet.count
        known: set[tuple[int, ...]] = set()
        for state in states:
            key = state[1:last]
            if key in known:
                continue
            known.add(key)
            for servers in self._rests(state[1], key[1:]):
                if servers not in self.converged:
                    self.converged[servers] = self._run(servers)
                if self.converged[servers]:
                    yield state, self.converged[servers]

    def _rests(self, late: int, servers: Numbers) -> Iterator[Numbers]:
        """The configurations that faults may leave: requests under way apply, in any order, or never; an asked person clicks or does not."""
        requests = self.search.sets[late]
        orders = [()] if not requests else [(), *permutations(requests)]
        for order in orders:
            now = list(servers)
            for request in order:
                if self.fleet.servers[now[request.place]].up:
                    now[request.place] = self.fleet.call(now[request.place], request.function, applied(request.function, request.parameters, False))[
                        0
                    ]
            for each in product(*(at_rest(self.fleet.servers[number]) for number in now)):
                if sum(server.exporting for server in each) <= 1:
                    yield tuple(self.fleet.number(server) for server in each)

    def _run(self, servers: Numbers) -> str:
        """Empty where the target is reached, else what is so instead."""
        now, run = list(servers), self.controller.begin(0)
        for _each in range(MOST_STEPS):
            if not run.todo:
                break
            at = concerned(self.controller, run)
            key = (run, now[at])
            if key not in self._steps:
                step = outcomes(self.fleet, self.controller, run, now[at], False)[0]
                self._steps[key] = (step.run, step.server)
            run, now[at] = self._steps[key]
            now[at] = self._clicked(now[at])
            if sum(self.fleet.exporting[each] for each in now) > 1:
                return "two servers export"
        return "" if self._reached(now) and not run.todo else self._said(now)

    def _clicked(self, number: int) -> int:
        """The person who is asked clicks at once."""
        server = self.fleet.servers[number]
        return self.fleet.number(at_rest(server)[1]) if server.asked and len(at_rest(server)) > 1 else number

    def _reached(self, now: list[int]) -> bool:
        records = [self.fleet.servers[number].record for number in now]
        active = [index for index, number in enumerate(now) if self.fleet.exporting[number]]
        newest = max((each.goal[:2] for each in records if each.goal is not None), default=(0, ""))
        clean = all(each.hold is None and not each.quarantine for each in records)
        # what is older than the goal in force came back with a snapshot; a claim that was never complete has no operator: no lease of them runs
        proved = all(each.promotion is None or each.promotion[:2] < newest for each in records)
        ended = all(each.claim is None or each.claim[2] or not each.claim[3] or each.claim[:2] < newest for each in records)
        return active == [self.wanted] and clean and proved and ended

    def _said(self, now: list[int]) -> str:
        said = []
        for number in now:
            server = self.fleet.servers[number]
            state = "exports" if server.exporting else "staging" if server.staging else "off"
            said.append(
                f"{server.name} {state}, hold {server.record.hold}, quarantine {server.record.quarantine}, promotion {server.record.promotion}"
            )
        return "; ".join(said)


def check(search: Search, states: Iterable[State]) -> tuple[int, list[tuple[str, State, str]], float]:
    """How many configurations were run from, where a run did not converge, and seconds; for the target of every operator."""
    began = time.perf_counter()
    wanted = sorted({target for controller in search.controllers for target in controller.targets})
    stuck: list[tuple[str, State, str]] = []
    count = 0
    for target in wanted:
        liveness = Liveness(search, target)
        stuck += [(target, state, said) for state, said in liveness.stuck(states)]
        count += len(liveness.converged)
    return count, stuck, time.perf_counter() - began
