# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of whole runs in their order: once as the model's programs send them, once as the product's playbooks do, run in process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ConnectError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import row_of

from tests.inprocess import playbook
from tests.inprocess.stage import Stage, Verb, staged
from tests.inprocess.wire import Objects, Request

from .configurations import scope, table
from .controller import RENEWAL, TICKET
from .events import at_rest, power
from .machine import concerned, outcomes

READS = frozenset({"Get-EntraSyncServer", RENEWAL})
LEASE_IS_OVER = 400.0
LOOKS_OF_A_WAIT = 24  # a person who is asked is waited for; so often nothing else is looked at between two requests
CLOSE = row_of("end_claim").functions[0]


class Sent(NamedTuple):
    """A request that changes something, or asks for a ticket; ``seen`` are the servers that were read since the one before it."""

    server: str
    function: str
    seen: frozenset[str]

    @property
    def place(self) -> tuple[str, str]:
        """Whom it asks what."""
        return self.server, self.function


class Run(NamedTuple):
    """One run: what the model calls it, the playbook with its variables, what happens to machines before (``down`` or ``up`` and a name)."""

    wanted: str
    playbook: str
    variables: Mapping[str, Any]
    before: str = ""


@cache
def without_influence() -> frozenset[str]:
    """Functions of the product that the model leaves out: those of the rows that ask nothing there, and what the journals may have anywhere."""
    found = {function for action in table()["no_influence"] for function in row_of(action).functions}
    more = yaml.safe_load((Path(__file__).parent / "accept.yml").read_text(encoding="utf-8"))
    return frozenset(found | {*more["anywhere"], *more["aside"], *more["without_token"]} - {CLOSE})


class _Log:
    """Sent requests of one run, until ``stop`` of them were sent."""

    def __init__(self, stop: int) -> None:
        self.sent: list[Sent] = []
        self.seen: set[str] = set()
        self.stop, self.looks = stop, 0

    def read(self, server: str) -> None:
        """A server was read."""
        self.seen.add(server)
        self.looks += 1

    def send(self, server: str, function: str) -> bool:
        """Note it; whether the run crashes after it."""
        self.sent.append(Sent(server, function, frozenset(self.seen)))
        self.seen, self.looks = set(), 0
        return len(self.sent) == self.stop


def of_model(runs: Sequence[Run], servers: int, method: str, stops: Sequence[int]) -> list[list[Sent]]:
    """What the model sends in each run without a fault, but for the crashes after so many requests (0: none)."""
    values = {"operators": {"a": [each.wanted for each in runs]}, "servers": servers, "method": method, "budgets": {}, "events": []}
    made = scope(values)
    fleet, controller = made.fleet, made.controllers[0]
    now = [fleet.number(server) for server in made.servers]
    logs = []
    for number, each in enumerate(runs):
        if each.before:
            at = fleet.names.index(each.before.split()[1])
            now[at] = fleet.number(next(power(fleet.servers[now[at]])).after)
        log = _Log(stops[number])
        logs.append(log.sent)
        run = controller.begin(number)
        while run.todo:
            step: Any = run.todo[0]
            at = concerned(controller, run)
            name = fleet.names[at]
            crash = step[0] == "call" and log.send(name, step[2])
            if step[0] in ("all", "one", "wait"):
                log.read(name)
            outcome = outcomes(fleet, controller, run, now[at], False)[0]
            run, now[at] = outcome.run, outcome.server
            if crash:
                break
            if run.todo and run.todo[0][0] == "wait" and run.todo[0][2] in ("demoted", "promoted"):
                at = int(run.todo[0][1])
                now[at] = fleet.number(at_rest(fleet.servers[now[at]])[-1])
    return logs


def of_product(runs: Sequence[Run], servers: int, stops: Sequence[int]) -> list[list[Sent]]:
    """The same of the product's playbooks."""
    logs = []
    with staged(Verb("order", runs[0].playbook, {}, servers)) as stage:
        for each, stop in zip(runs, stops, strict=True):
            if each.before:
                word, name = each.before.split()
                getattr(stage.world.servers[name], {"down": "power_off", "up": "power_on"}[word])()
                stage.time.clock.advance(60)
            log = _Log(stop)
            logs.append(log.sent)
            stage.wire.crashed, stage.wire.way = False, _way(stage, log)
            done = playbook.run(stage, each.playbook, each.variables)
            nothing = done.outcome == "refused" and not log.sent
            assert done.crashed or nothing or done.outcome in ("done", "already"), (each, done.outcome, done.message)
            assert not done.defects
            stage.operator.manner.present = False
            stage.time.clock.advance(LEASE_IS_OVER)
    return logs


def _way(stage: Stage, log: _Log) -> Callable[[Request], Objects]:
    def way(request: Request) -> Objects:
        if request.function in READS:
            log.read(request.server)
        stage.operator.manner.present = log.looks >= LOOKS_OF_A_WAIT  # nobody clicks before being asked
        if not stage.world.servers[request.server].up:
            raise ConnectError("unreachable", request.server, "no route")
        counts = request.function == TICKET or not (request.reads or request.function in READS or request.function in without_influence())
        if counts and log.send(request.server, request.function):
            request.effect()
            stage.wire.crash()
        return request.effect() if not stage.wire.crashed else []

    return way
