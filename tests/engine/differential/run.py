# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a sequence on one engine of the lab and tells all that came of it; compares two of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession

from tests.lab.model.server import RECORD_FILE, ModelServer

from . import normalise
from .acts import Snapshots, act, journal_of, pump, settle
from .generate import Step
from .stage import Stage

PYTHON, REAL = "python", "pwsh"
FOREIGN = "2026-01-01T00:00:00.000000Z|1|9.zzz"


@dataclass
class Told:
    """What came of a sequence.

    Attributes:
        answers: for each step ``done``, an answer, or ``{"error": code}``.
        state: record, model and journal at the end.
        reached: functions that were called, and codes that came back.
    """

    answers: list[Any] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)


def play(steps: list[Step], stage: Stage) -> Told:
    """Play a sequence in a world of its own; its first step says which."""
    told, snapshots, tickets = Told(), Snapshots(), list[str]()
    server = stage.fresh(**steps[0]["world"])
    stop = pump(server)
    try:
        for step in steps[1:]:
            told.answers.append(_step(step, stage.session, server, snapshots, tickets, told.reached))
    finally:
        stop()
    told.answers += [f"defect of a twin: {note}" for note in stage.defects()]
    told.state = _state(server)
    return told


def _step(step: Step, session: PsrpSession, server: ModelServer, snapshots: Snapshots, tickets: list[str], reached: set[str]) -> Any:
    if "act" in step:
        act(server, step["act"], snapshots)
        return "done"
    reached.add(step["call"])
    parameters = {key: _ticket(value, tickets) for key, value in step["parameters"].items()}
    try:
        answer = session.call(step["call"], **parameters)
    except SessionError as error:
        reached.add(error.code)
        return {"error": error.code}
    finally:
        settle(server)
    if "ticket" in answer:
        tickets.append(answer["ticket"])
    return normalise.plain(answer)


def _ticket(value: Any, tickets: list[str]) -> Any:
    if not isinstance(value, str) or not value.startswith("<"):
        return value
    found = {"<newest>": tickets[-1:], "<first>": tickets[:1]}.get(value, [])
    return found[0] if found else FOREIGN


def _state(server: ModelServer) -> dict[str, Any]:
    with server.world.clock.lock:
        model = {key: sorted(value) if isinstance(value, set) else value for key, value in server.state().items() if key != "files"}
        cycles = server.cycles
        running = {"in_progress": cycles.in_progress, "busy": cycles.running.connector if cycles.running else "", "hashing": cycles.hashing}
        history = [(run.connector, run.profile, run.result, run.exported) for run in cycles.history]
        files = {name: text for name, text in server.files.items() if name != RECORD_FILE and name.endswith(".json")}
        return {
            "model": json.loads(
                json.dumps({**model, **running, "history": history, "starts": len(server.starts), "child": server.child is not None})
            ),
            "record": normalise.record(server.files.get(RECORD_FILE)),
            "files": files,
            "journal": journal_of(server),
        }


def differences(steps: list[Step], one: Told, other: Told) -> list[str]:
    """Each place where they differ, in words; empty where they agree."""
    found = []
    for number, (step, left, right) in enumerate(zip(steps[1:], one.answers, other.answers, strict=False), 1):
        found += [f"step {number} {step.get('call') or step.get('act')}: {line}" for line in _compare("answer", left, right)]
    found += [str(each) for each in one.answers[len(steps) - 1 :]]
    return found + _compare("state", one.state, other.state)


def _compare(place: str, left: Any, right: Any) -> list[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        keys = sorted(left.keys() | right.keys())
        return [line for key in keys for line in _compare(f"{place}.{key}", left.get(key, "<absent>"), right.get(key, "<absent>"))]
    return [] if left == right and isinstance(left, bool) == isinstance(right, bool) else [f"{place}: {PYTHON} {left!r}, {REAL} {right!r}"]


class Pair:
    """A stage of each engine.

    Args:
        installed: whether our module is installed on the servers.
    """

    def __init__(self, installed: bool = True) -> None:
        self._twin, self._real = Stage(PYTHON, installed), Stage(REAL, installed)

    def both(self, steps: list[Step]) -> tuple[list[str], set[str]]:
        """Where the engines differ on a sequence, and what was reached on the real one."""
        twin, real = play(steps, self._twin), play(steps, self._real)
        return differences(steps, twin, real), real.reached

    def close(self) -> None:
        """End both."""
        self._twin.close()
        self._real.close()
