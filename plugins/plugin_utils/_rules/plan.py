# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The remaining steps from what was read to the wanted end state, as data: phases for the playbook, steps for people.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .declared import NOBODY, Declared
from .fences import unrecorded
from .goal import Goal, left_open
from .in_place import IN_PLACE, unproved
from .reads import ServerRead
from .roles import hold_state, role_of
from .switch_table import row_of
from .versions import Version, facts_of

Reads = Mapping[str, ServerRead]


@dataclass(frozen=True)
class Step:
    """One action on one server."""

    number: int
    action: str
    server: str
    text: str
    stop_state: str


@dataclass(frozen=True)
class Phase:
    """What one role of the playbook does: ``kind`` is ``upgrade``, ``switch`` or ``in_place``."""

    kind: str
    servers: tuple[str, ...]
    target: str
    former: str


@dataclass(frozen=True)
class Move:
    """A server that changes its role, and whether it has been upgraded by then."""

    server: str
    upgraded: bool


@dataclass(frozen=True)
class Plan:
    """The remaining way.

    Attributes:
        id: hash of goal and steps, the same for the same situation.
        phases: upgrades and switches, in order; none where only clearing up is left.
        steps: every action in order; empty where everything is already so.
        upgrading: servers that are upgraded.
        half_held: servers whose hold is made whole before the first phase.
        wizard_for: why a person is needed at a wizard.
    """

    id: str
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    upgrading: tuple[str, ...]
    wizard_for: tuple[str, ...]
    half_held: tuple[str, ...] = ()

    @property
    def switching(self) -> bool:
        """Whether anybody is promoted."""
        return any(phase.kind == "switch" for phase in self.phases)

    @property
    def promotions(self) -> list[Move]:
        """Every server that is promoted, as it is the first time."""
        return self._moves([(phase, phase.target) for phase in self.phases])

    @property
    def demotions(self) -> list[Move]:
        """Every server that is demoted, as it is the first time."""
        return self._moves([(phase, phase.former) for phase in self.phases])

    def _moves(self, of_phases: list[tuple[Phase, str]]) -> list[Move]:
        upgraded: set[str] = set()
        moves: dict[str, Move] = {}
        for phase, server in of_phases:
            if phase.kind == "upgrade":
                upgraded |= set(phase.servers)
            elif server:
                moves.setdefault(server, Move(server, server in upgraded))
        return list(moves.values())


def make_plan(reads: Reads, goal: Goal, out: Mapping[str, Declared] = NOBODY) -> Plan:
    """Derive the plan from reads of all servers but those that are declared out; the same reads give the same plan."""
    below = below_version(reads, goal.version)
    phases = _phases(reads, goal, below)
    steps = _steps(reads, goal, phases, _fencing(reads, out, phases))
    wizard_for = _wizard_needs(reads, goal, phases)
    text = json.dumps([vars(goal), [(step.action, step.server) for step in steps]], sort_keys=True)
    return Plan(hashlib.sha256(text.encode()).hexdigest()[:12], phases, steps, tuple(below), wizard_for, _half_held(reads, phases))


def below_version(reads: Reads, version: str) -> list[str]:
    """Servers whose engine is older than wanted, or whose upgrade was laid down and not finished; unknown counts as older."""
    wanted = Version.maybe(version)
    if wanted is None:
        return []
    return [name for name, read in sorted(reads.items()) if not _has(read, wanted)]


def _has(read: ServerRead, wanted: Version) -> bool:
    facts = facts_of(read)
    return facts.engine is not None and facts.engine >= wanted and not facts.pending_wizard


def is_active(reads: Reads, name: str) -> bool:
    """Whether this server reads as active."""
    return name in reads and role_of(reads[name]).name == "active"


def _phases(reads: Reads, goal: Goal, below: list[str]) -> tuple[Phase, ...]:
    if goal.verb == IN_PLACE:
        return (Phase("in_place", (goal.active,), "", ""),) if below or unproved(reads) else ()
    active = next((name for name in sorted(reads) if is_active(reads, name)), "")
    phases: list[Phase] = []
    waiting = list(below)

    def upgrade(servers: list[str]) -> None:
        if servers:
            phases.append(Phase("upgrade", tuple(servers), "", ""))
            waiting[:] = [name for name in waiting if name not in servers]

    def switch(target: str) -> None:
        nonlocal active
        phases.append(Phase("switch", tuple(name for name in sorted(reads) if name != target), target, active))
        active = target

    def stand_in() -> str:
        others = [name for name in sorted(reads) if name != active]
        return next((name for name in others if name not in waiting), others[0] if others else "")

    # an upgrade that was begun is finished first, whatever the order; nobody is promoted in the middle of one
    upgrade([name for name in waiting if name != active and facts_of(reads[name]).pending_wizard])
    if goal.order == "switch_first" and active and waiting:
        was_active = goal.former in ("", goal.active)  # when the goal was set: it gives its role away for the time of its upgrade
        if was_active and active == goal.active and active in waiting and stand_in():
            switch(stand_in())
        elif not was_active and active != goal.active:
            switch(goal.active)
    upgrade([name for name in waiting if name != active and (active or name == goal.active)])
    if active != goal.active:
        switch(goal.active)
    upgrade([name for name in waiting if name != active])
    if waiting and stand_in():  # the active server itself is below: another one stands in while it is upgraded
        switch(stand_in())
        upgrade([name for name in waiting if name != active])
        switch(goal.active)
    return tuple(phases)


def _fencing(reads: Reads, out: Mapping[str, Declared], phases: tuple[Phase, ...]) -> list[str]:
    """Servers whose fence is recorded in this run; of the kind cloud before any promotion, since its identity is read anew."""
    return sorted({*unrecorded(out, reads), *(name for name, each in out.items() if each.kind == "cloud" and phases)})


def _steps(reads: Reads, goal: Goal, phases: tuple[Phase, ...], fencing: list[str]) -> tuple[Step, ...]:
    every = sorted(reads)
    half_held = _half_held(reads, phases)
    todo: list[tuple[str, str]] = [("hold", name) for name in half_held]
    for index, phase in enumerate(phases):
        if phase.kind == "upgrade":
            todo += [("upgrade", name) for name in phase.servers]
            continue
        if phase.kind == "in_place":
            todo += [("upgrade_in_place", name) for name in phase.servers]
            continue
        before: list[str] = []
        if phase.former:
            todo += [("rehearse", phase.target), ("scheduler_off", phase.former)]
            if goal.method == "wizard":  # a click on the wrong server is to do nothing
                before = [phase.target, *(name for name in phase.servers if name != phase.former and (index or name not in half_held))]
                todo += [("hold", name) for name in before]
            todo += [("demote", phase.former)]
        whole = [] if index else [name for name in phase.servers if name in half_held or hold_state(reads[name]) == "unbroken"]
        todo += [("hold", name) for name in phase.servers if name not in (*before, *whole)]
        if hold_state(reads[phase.target]) != "none" or reads[phase.target].quarantine is not None or (phase.former and goal.method == "wizard"):
            todo += [("release_target", phase.target)]
        todo += [("catch_up", phase.target), ("promote", phase.target), ("prove", phase.target)]
        todo += [("serial", name) for name in every]
        todo += [("release", name) for name in phase.servers]
    if not phases:
        todo += [("release", name) for name in every if hold_state(reads[name]) != "none" or reads[name].quarantine is not None]
    if all(phase.kind != "switch" for phase in phases) and _unproved(reads, goal):
        held = len(half_held)  # these stay first: nothing is proved while a role is not known
        todo[held:held] = [("prove", goal.active), *[("serial", name) for name in every]]
    clearing = any(read.found for read in reads.values()) or left_open(reads)
    if todo or clearing or fencing:
        todo = [("fence", name) for name in fencing] + todo
        todo = [("claim", name) for name in every] + [("freeze", name) for name in every if phases] + todo
        todo += [("restore", name) for name in every] + [("end_claim", name) for name in every]
    return tuple(_step(number, action, server, goal) for number, (action, server) in enumerate(todo, 1))


def _half_held(reads: Reads, phases: tuple[Phase, ...]) -> tuple[str, ...]:
    """Servers that are down in a hold that is not whole, so that nobody knows their role: they are held well before anything is judged.

    The target of a switch that comes first is not one of them: it is released first.
    """
    target = phases[0].target if phases else ""
    half = {name for name, read in reads.items() if hold_state(read) in ("pending", "broken") and role_of(read).name == "unknown"}
    return tuple(sorted(half - {target}))


def _unproved(reads: Reads, goal: Goal) -> bool:
    target = reads.get(goal.active)
    return target is not None and target.promotion is not None and role_of(target).name == "active"


def _step(number: int, action: str, server: str, goal: Goal) -> Step:
    row = row_of(action)
    values = {"server": server, "method": goal.method, "version": goal.version}
    return Step(number, action, server, row.text.format(**values), row.stopped.format(**values))


def _wizard_needs(reads: Reads, goal: Goal, phases: tuple[Phase, ...]) -> tuple[str, ...]:
    needs: list[str] = []
    for phase in phases:
        if phase.kind in ("upgrade", "in_place"):
            needs += [f"finish the upgrade of {name}" for name in phase.servers]
        elif goal.method == "wizard":
            needs += [f"turn staging mode on at {phase.former}"] if phase.former else []
            needs += [f"turn staging mode off at {phase.target}"]
    return tuple(needs)


def phases_as_values(plan: Plan) -> list[dict[str, Any]]:
    """The phases as return values."""
    return [{"kind": each.kind, "servers": list(each.servers), "target": each.target, "former": each.former} for each in plan.phases]
