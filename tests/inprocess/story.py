# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a file of ``stories/`` in process, in virtual time.

The words are those of the scenario files, see tests/integration/story.py, as far as these files use them. What stands between ``start`` and
``finish`` or ``signal`` happens at the very request that ``when`` names, right after its effect (``started: true``: before it).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from tests.integration.world_acts import act, roles
from tests.lab.fleet import Fleet

from .judge import settle
from .playbook import Done, ad_hoc, run
from .stage import Stage, Verb
from .wire import Objects, Request, straight

SPEED = 300.0  # seconds of a file are real ones on the lab's clock
SOON = 3600.0
KEPT = ("enabled", "start_type", "auto_upgrade", "blocked")
Step = tuple[str, Any]


@dataclass
class _Host:
    """A server's host, as the acts of the world need it."""

    stage: Stage
    name: str

    @property
    def down(self) -> bool:
        """Whether the controller cannot reach it."""
        return self.name in self.stage.wire.away

    @down.setter
    def down(self, value: bool) -> None:
        (self.stage.wire.away.add if value else self.stage.wire.away.discard)(self.name)

    def drop_shells(self) -> None:
        """Sessions are no things here."""


def verb_of(values: dict[str, Any]) -> Verb:
    """The stage that a file wants."""
    return Verb("story", "", {}, len(values.get("servers", {"srv1": "", "srv2": ""})))


class Story:
    """One scenario on a stage of its own."""

    def __init__(self, values: dict[str, Any], stage: Stage) -> None:
        self.stage, self.names = stage, list(stage.names)
        self.variables: dict[str, Any] = values.get("variables", {"entra_connect_method": "settings"})
        hosts = {name: _Host(stage, name) for name in stage.names}
        self.fleet = cast(Fleet, SimpleNamespace(clock=stage.time.clock, world=stage.world, hosts=hosts))
        self.before = stage.world.snapshot()
        self.pending: deque[Step] = deque()

    def play(self, steps: list[dict[str, Any]]) -> None:
        """Do every step in order."""
        left: deque[Step] = deque(next(iter(step.items())) for step in steps)
        while left:
            word, given = left.popleft()
            if word == "start":
                meanwhile: list[Step] = []
                while left[0][0] not in ("finish", "signal"):
                    meanwhile.append(left.popleft())
                self._start(given, meanwhile, *left.popleft())
            else:
                getattr(self, f"step_{word}")(given)

    # -- runs --------------------------------------------------------------------------------------------------------
    def _start(self, given: dict[str, Any], meanwhile: list[Step], end: str, judged: dict[str, Any]) -> None:
        self.pending = deque(meanwhile)
        self.stage.wire.way = lambda request: self._way(request, end == "signal")
        done = self._run(given)
        assert not self.pending, f"the run never came to {self.pending[0]}"
        self.stage.wire.way, self.stage.wire.crashed = straight, False
        if end == "finish":
            self._judge(judged, done.outcome, done.changed, [*done.told, done.message, str(done.result)])
        else:
            assert done.crashed, done.outcome

    def _way(self, request: Request, kills: bool) -> Objects:
        self._meanwhile(request, started=True)
        objects = request.effect()
        if self.pending:
            self._meanwhile(request, started=False)
            if kills and not self.pending:
                self.stage.wire.crash()
        return objects

    def _meanwhile(self, request: Request, started: bool) -> None:
        word, given = self.pending[0] if self.pending else ("", {})
        if word != "when" or given != {request.server: request.function, **({"started": True} if started else {})}:
            return
        self.pending.popleft()
        while self.pending and self.pending[0][0] != "when":
            word, given = self.pending.popleft()
            getattr(self, f"step_{word}")(given)

    def _run(self, given: dict[str, Any]) -> Done:
        variables = {f"entra_connect_{name}": value for name, value in given.items() if name not in ("playbook", "by")}
        return run(self.stage, given["playbook"], {**self.variables, **variables})

    def step_run(self, given: dict[str, Any]) -> None:
        """A whole run, and a look at its end."""
        judged: dict[str, Any] = {name: given[name] for name in ("outcome", "changed", "says", "never_says") if name in given}
        self._start({name: value for name, value in given.items() if name not in judged}, [], "finish", judged)

    def step_module(self, given: dict[str, Any]) -> None:
        """A module ad hoc."""
        answer = ad_hoc(self.stage, given["server"], given["name"], given.get("options", {}))
        self._judge(given, str(answer.get("outcome", "")), 0, [str(answer)])

    def step_settle(self, seconds: float | None) -> None:
        """Until nobody's claim is live; or so many seconds."""
        settle(self.stage) if seconds is None else self.stage.time.clock.advance(seconds * SPEED)

    def step_inventory(self, names: list[str]) -> None:
        """From now on the inventory has only these servers."""
        self.stage.names = names

    # -- the world, and what must be so ------------------------------------------------------------------------------
    def step_world(self, given: dict[str, dict[str, Any]]) -> None:
        """What happens to servers."""
        for name, acts in given.items():
            for word, value in acts.items():
                act(self.fleet, name, word, value)

    def step_operator(self, given: dict[str, Any]) -> None:
        """How the person behaves from now on."""
        for name, value in given.items():
            setattr(self.stage.operator.manner, name, value)

    def step_roles(self, given: dict[str, str]) -> None:
        """Soon each server is what is said."""
        clock = self.stage.time.clock
        end = clock.now + SOON
        while {name: roles(self.fleet)[name] for name in given} != given:
            assert clock.now < end, roles(self.fleet)
            clock.advance(1.0)

    def step_calls(self, given: dict[str, dict[str, int]]) -> None:
        """How often functions were called on a server."""
        for name, counts in given.items():
            assert {function: sum(each.place == (name, function) for each in self.stage.wire.log) for function in counts} == counts

    def step_model(self, given: dict[str, dict[str, Any]]) -> None:
        """Attributes of servers in the model."""
        for name, values in given.items():
            assert {key: getattr(self.stage.world.servers[name], key) for key in values} == values

    def step_as_before(self, _given: None) -> None:
        """What was found is as it was at the start."""
        now = self.stage.world.snapshot()
        assert {name: [now[name][key] for key in KEPT] for name in now} == {
            name: [values[key] for key in KEPT] for name, values in self.before.items()
        }

    def _judge(self, given: dict[str, Any], outcome: str, changed: int, texts: list[str]) -> None:
        wanted, said = given.get("outcome", outcome), " ".join(" ".join(texts).split())
        assert outcome in ([wanted] if isinstance(wanted, str) else wanted), (outcome, said)
        assert changed == given.get("changed", changed)
        for text in _texts(given.get("says")):
            assert text in said, f"it does not say: {text}\n{said}"
        for text in _texts(given.get("never_says")):
            assert text not in said, f"it says: {text}\n{said}"


def _texts(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else given or []
