# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""L1: from everything that a search has come to, once faults stop, the commands of a person without a fault end with exactly one server active."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import permutations, product

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import failover, rollback

from .controller import Controller, Run
from .events import TIME, at_rest
from .machine import applied, concerned, outcomes
from .search import Search, State
from .wanted import Wanted, parse

MOST_STEPS = 400
Numbers = tuple[int, ...]


class Liveness:
    """Fault-free runs from the configurations of servers that a search has visited, each once.

    Args:
        search: which has been made.
        command: what the person wants, as `wanted.FORMS`.
    """

    def __init__(self, search: Search, command: str) -> None:
        self.search, self.fleet, self.command = search, search.fleet, command
        self.names = search.controllers[0].names
        self.stays_away = TIME in search.scope.events or "power" in search.scope.events
        self.converged: dict[Numbers, str] = {}
        self._not_for: set[Numbers] = set()
        self._controllers: dict[str, Controller] = {}
        self._steps: dict[tuple[str, Run, int], tuple[Run, int]] = {}

    def stuck(self, states: Iterable[State]) -> Iterator[tuple[State, str]]:
        """States from which the commands do not reach their target, with what they came to."""
        last = 2 + self.fleet.count
        known: set[tuple[int, ...]] = set()
        for state in states:
            key = state[1:last]
            if key in known:
                continue
            known.add(key)
            for servers in self._rests(state[1], key[1:]):
                if servers in self._not_for:
                    continue
                if servers not in self.converged:
                    commands, wanted = self.commands(servers)
                    if not wanted:
                        self._not_for.add(servers)
                        continue
                    self.converged[servers] = self._run(servers, commands, wanted)
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
                    parameters = applied(request.function, request.parameters, False)
                    now[request.place] = self.fleet.call(now[request.place], request.function, parameters)[0]
            for each in product(*(at_rest(self.fleet.servers[number], self.stays_away) for number in now)):
                if sum(server.exporting for server in each) <= 1:
                    yield tuple(self.fleet.number(server) for server in each)

    # -- what a person runs now ----------------------------------------------------------------------------------------
    def commands(self, servers: Numbers) -> tuple[list[str], str]:
        """The commands, and who is to be active in the end; nobody where this command is not for these servers."""
        wanted = parse(self.command)
        there = {name for name, number in zip(self.names, servers, strict=True) if self.fleet.servers[number].answers}
        fenced = {
            name: kind for number in servers if self.fleet.servers[number].answers for name, kind, *_rest in self.fleet.servers[number].record.fences
        }
        first = [f"rejoin {name}" for name in sorted(fenced) if name in there]
        away = sorted(set(self.names) - there)
        dead = wanted.out[0].server if wanted.out else ""
        if wanted.verb == "failover" and away == [dead]:
            reads = {name: self.fleet.read(number, False) for name, number in zip(self.names, servers, strict=True) if name != dead}
            target = failover.target(reads, dead, "")
            return ([self.command], target) if not failover.refusals(reads, dead, target) else ([], "")
        if wanted.verb == rollback.VERB:
            return self._back(servers) if not away and not first else ([], "")
        target = wanted.target or next(name for name in self.names if name not in (dead, wanted.back))
        if target not in there or any(name not in fenced and name != dead for name in away) or len(away) > 1:
            return [], ""
        kind = {**{each.server: each.kind for each in wanted.out}, **fenced}
        return [*first, *(f"{target} without {name} {kind[name]}" for name in away)] if away else [*first, target], target

    def _back(self, servers: Numbers) -> tuple[list[str], str]:
        reads = {name: self.fleet.read(number, False) for name, number in zip(self.names, servers, strict=True)}
        return ([], "") if rollback.refusals(reads, {}) else ([self.command], rollback.undone(reads, {"upgrade": False}).active)

    def _controller(self, command: str) -> Controller:
        if command not in self._controllers:
            like = self.search.controllers[0]
            self._controllers[command] = Controller("z", (command,), like.names, like.method, True, like.without)
        return self._controllers[command]

    def _run(self, servers: Numbers, commands: list[str], wanted: str) -> str:
        """Empty where the target is reached, else what is so instead."""
        now = list(servers)
        for command in commands:
            for go in range(2 if "cloud" in command else 1):
                if go:
                    now = [self.fleet.later(number) for number in now]
                said = self._one(self._controller(command), command, now)
                if said:
                    return said
        return "" if self._reached(now, self.names.index(wanted), parse(commands[-1])) else f"{', '.join(commands)}: {self._said(now)}"

    def _one(self, controller: Controller, command: str, now: list[int]) -> str:
        run = controller.begin(0)
        for _each in range(MOST_STEPS):
            if not run.todo:
                return ""
            at = concerned(controller, run)
            key = (command, run, now[at])
            if key not in self._steps:
                step = outcomes(self.fleet, controller, run, now[at], False)[0]
                self._steps[key] = (step.run, step.server)
            run, now[at] = self._steps[key]
            now[at] = self._clicked(now[at])
            if sum(self.fleet.exporting[each] for each in now) > 1:
                return "two servers export"
        return "it does not end"

    def _clicked(self, number: int) -> int:
        """The person who is asked clicks at once."""
        server = self.fleet.servers[number]
        found = at_rest(server)
        return self.fleet.number(found[1]) if server.asked and len(found) > 1 else number

    def _reached(self, now: list[int], wanted: int, last: Wanted) -> bool:
        servers = [self.fleet.servers[number] for number in now]
        records = [server.record for server in servers if server.name not in last.declared]
        active = [index for index, number in enumerate(now) if self.fleet.exporting[number]]
        newest = max((each.goal[:2] for each in records if each.goal is not None), default=(0, ""))
        clean = all(each.hold is None and not each.quarantine for each in records)
        # what is older than the goal in force came back with a snapshot; a claim that was never complete has no operator: no lease of them runs
        proved = all(each.promotion is None or each.promotion[:2] < newest for each in records)
        ended = all(each.claim is None or each.claim[2] or not each.claim[3] or each.claim[:2] < newest for each in records)
        fences = all({name for name, *_rest in each.fences} == set(last.declared) for each in records)
        identities = all(server.cloud == "on" or server.name in last.declared for server in servers)
        return active == [wanted] and clean and proved and ended and fences and identities

    def _said(self, now: list[int]) -> str:
        said = []
        for number in now:
            server = self.fleet.servers[number]
            state = "exports" if server.exporting else "staging" if server.staging else "off"
            said.append(
                f"{server.name} {state}, hold {server.record.hold}, quarantine {server.record.quarantine}, promotion {server.record.promotion}, "
                f"cloud {server.cloud}, fences {server.record.fences}"
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
