# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the product's playbook as a program of single requests; what it does next is decided by the product's own pure functions.

A program is a tuple of micro steps, each of which asks one server one thing. The first of them is done, and what it decides is put before
the rest. Where the flows go on, stop, ask again or read after an unknown result, so does this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import claims, promotion
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import derive, former_of
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.invariant import judge
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import make_plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.quiet import idle, quiet
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.roles import hold_state, role_of, to_mend
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import row_of

from .servers import NAMES

Micro = tuple[Any, ...]
Reads = Mapping[str, ServerRead]
RENEWAL, TICKET = "Update-EntraSyncLease", "Get-EntraSyncTicket"


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


class Controller:
    """The program of one operator.

    Args:
        letter: of its run ids; targets: whom each of its runs wants active, one run after the other.
        names: servers of the topology; method: ``settings`` or ``wizard``; take_over: whether it supersedes live claims.
        without: what is taken out.
    """

    def __init__(self, letter: str, targets: tuple[str, ...], names: tuple[str, ...], method: str, take_over: bool, without: Without) -> None:
        self.letter, self.targets, self.names, self.method, self.take_over, self.without = letter, targets, names, method, take_over, without
        self.every = tuple(index for index, name in enumerate(names) if name not in without.unread)

    def begin(self, number: int) -> Run:
        """Its run of this number, before its first request."""
        return Run(number, (("start",),))

    def started(self, run: Run) -> Run:
        """The run once it has begun."""
        return run._replace(todo=(("all", "plan"),))

    # -- readings of all ---------------------------------------------------------------------------------------------
    def decided(self, run: Run, reads: Reads) -> Run:
        """After a reading of all, or of the one server that the first step names: what is to be done now."""
        step = run.todo[0]
        work: Callable[..., tuple[Micro, ...]] = getattr(self, f"_{step[1] if step[0] == 'all' else step[2]}")
        arguments = step[2:] if step[0] == "all" else (step[1], *step[3:])
        try:
            first = work(run, reads, *arguments)
        except Stop as stop:
            return self.stopped(run, str(stop))
        return self.to(run._replace(seen=(), boot=None if step[1] == "proved" else run.boot), first)

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
        todo = self._closes("stopped") if run.token is not None else ()
        return run._replace(todo=todo, seen=(), boot=None) if todo else self.ended(run)

    def _refuse(self, refusals: list[Refusal]) -> None:
        left = [each.code for each in refusals if each.code not in self.without.codes]
        if left:
            raise Stop(left[0])

    def _silent(self, reads: Reads) -> None:
        self._refuse([Refusal(read.silent_kind or "", name) for name, read in reads.items() if not read.answered])

    def _target(self, run: Run) -> str:
        return self.targets[run.number]

    def _plan(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        self._silent(reads)
        # as `_flows.planning`: a hold that a crash left pending or broken is part of a plan
        self._refuse([each for each in judge(reads, "at_most_one").refusals if each.code not in ("hold_pending", "hold_broken")])
        goal = derive(reads, {"active": self._target(run), "method": self.method, "upgrade": False})
        plan = make_plan(reads, goal)
        if not plan.steps:
            return ()
        self._refuse(claims.may_take(reads, goal, self.take_over))
        restored = {*claims.restored(reads), *(name for name, read in reads.items() if read.restored)}
        phase = next((each for each in plan.phases), None)
        todo: list[Micro] = []
        for number, step in enumerate(plan.steps):
            of_all = step.action in ("claim", "serial", "end_claim") and number and plan.steps[number - 1].action == step.action
            if step.action not in self.without.rows and not of_all:
                todo += self._micro(step.action, NAMES.index(step.server), goal.active, phase.former if phase else "", step.server in restored)
        return tuple(todo)

    def _micro(self, action: str, index: int, target: str, former: str, restored: bool) -> tuple[Micro, ...]:
        """What a step of the plan asks of the servers. Rows without influence on who may export ask nothing here (`model.yml`)."""
        if action in ("claim", "serial", "end_claim"):
            before: tuple[Micro, ...] = (("all", "one_active", target),) if action in ("serial", "end_claim") else ()
            return (*before, ("all", action))
        if action == "scheduler_off":
            return (("all", "one_active", former, "at_most_one"),)
        if action in ("hold", "demote"):
            return (("one", index, action),)
        if action == "rehearse":
            first: tuple[Micro, ...] = (("all", "release", index),)
            return (*first, ("one", index, "initial_cycle")) if restored else first
        if action == "catch_up":
            return (("one", index, "initial_cycle"),) if restored and not former else ()
        if action in ("release", "release_target"):
            return (("all", "release", index),)
        if action == "promote":
            return (("all", "promote", index),)
        return ()

    # -- claim ---------------------------------------------------------------------------------------------------------
    def _claim(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        self._silent(reads)
        kept = claims.goal_in_force(reads)
        active = next((name for name, read in reads.items() if role_of(read).name == "active"), "")
        goal = derive(reads, {"active": self._target(run), "method": self.method, "upgrade": False})
        self._refuse(claims.may_take(reads, goal, self.take_over))
        token = Token(claims.next_epoch(reads), f"{self.letter}{run.number}")
        order = [NAMES.index(name) for name in claims.order(reads)]
        given = {"GoalActive": goal.active, "GoalFormer": former_of(active, goal.active, kept), "GoalMethod": self.method}
        todo: list[Micro] = []
        for position, index in enumerate(order):
            expected = reads[NAMES[index]].token or Token(0, "")
            parameters = {"ExpectedEpoch": expected.epoch, "ExpectedRunId": expected.run_id, "Epoch": token.epoch, "RunId": token.run_id}
            parameters |= {"Who": "operator", "Kind": "topology", "Members": (), "LeaseSeconds": 120, "TakeOver": self.take_over, **given}
            function = row_of("claim").functions[0]
            todo.append(("call", index, function, tuple(sorted(parameters.items())), "claim", tuple(token), tuple(order[:position])))
        todo += [("call", index, row_of("claim").functions[1], _of(token), "complete", tuple(token)) for index in self.every]
        todo.append(("holds", tuple(token)))
        for name, serial in claims.restored(reads).items():
            marked = (("Serial", serial), ("Restored", True))
            todo.append(("call", NAMES.index(name), row_of("serial").functions[0], (*_of(token), *marked), "stop"))
        return tuple(todo)

    def _claimed(self, run: Run, reads: Reads, index: int, token: tuple[int, str]) -> tuple[Micro, ...]:
        if reads[NAMES[index]].token != Token(*token):
            raise Stop("claim unknown")
        return ()

    def _closes(self, outcome: str) -> tuple[Micro, ...]:
        function = row_of("end_claim").functions[0]
        return tuple(("call", index, function, (("Outcome", outcome),), "ignore") for index in self.every)

    def _end_claim(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        return self._closes("done")

    # -- hold, demote, release -----------------------------------------------------------------------------------------
    def _hold(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        read = reads[NAMES[index]]
        self._silent(reads)
        state = hold_state(read)
        if state == "unbroken":
            return ()
        if state == "wrong":
            raise Stop("hold_wrong")
        if to_mend(read):
            return self._mend(index, demote=False)
        if state == "none" and role_of(read).name != "staging":
            self._refuse([Refusal("hold_needs_staging")])
        wait: tuple[Micro, ...] = (("wait", index, "quiet"),) if state == "none" else ()
        return (*wait, *self._enter(index))

    def _enter(self, index: int) -> tuple[Micro, ...]:
        return (("call", index, row_of("hold").functions[0], (), "twice"), ("one", index, "held"))

    def _held(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        if hold_state(reads[NAMES[index]]) != "unbroken":
            self._refuse([Refusal("hold_unproved")])
        return ()

    def _demote(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        read = reads[NAMES[index]]
        self._silent(reads)
        if hold_state(read) == "unbroken":
            return ()
        if to_mend(read):
            return self._mend(index, demote=True)
        role = role_of(read)
        if role.name == "unknown":
            raise Stop("role_unknown")
        if role.name == "staging":
            return (("wait", index, "quiet"),)
        return (("wait", index, "idle"), *self._flag(index), ("wait", index, "quiet"))

    def _flag(self, index: int) -> tuple[Micro, ...]:
        if self.method == "wizard":
            return (("ask", index, "on"), ("wait", index, "demoted"))
        return (("call", index, row_of("demote").functions[0], (), "settled", "staging"),)

    def _settled(self, run: Run, reads: Reads, index: int, wanted: str) -> tuple[Micro, ...]:
        if role_of(reads[NAMES[index]]).name != wanted and "settled" not in self.without.readings:
            self._refuse([Refusal("demotion_unknown" if wanted == "staging" else "promotion_unknown")])
        return ()

    def _mend(self, index: int, demote: bool) -> tuple[Micro, ...]:
        start = ("call", index, row_of("release").functions[0], (("Mend", True),), "stop")
        return (start, ("wait", index, "behind"), ("one", index, "mended", demote))

    def _mended(self, run: Run, reads: Reads, index: int, demote: bool) -> tuple[Micro, ...]:
        on = reads[NAMES[index]].staging_settings == "True"
        lift: tuple[Micro, ...] = (("call", index, row_of("release").functions[1], (), "stop"),)
        return (*(() if on else self._flag(index) if demote else lift), ("wait", index, "quiet"), *self._enter(index))

    def _release(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        read = reads[NAMES[index]]
        state = hold_state(read)
        if state == "none" and read.quarantine is None and read.answered:
            return ()
        self._silent(reads)
        if state == "wrong":
            raise Stop("hold_wrong")
        start, lift = row_of("release").functions
        return (
            ("call", index, start, (("Mend", False),), "stop"),
            ("wait", index, "behind"),
            ("call", index, lift, (), "stop"),
            ("one", index, "released"),
        )

    def _released(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        if role_of(reads[NAMES[index]]).name != "staging":
            raise Stop("release_unproved")
        return ()

    def _initial_cycle(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        """An initial cycle that succeeded takes the mark of a restored server away."""
        read = reads[NAMES[index]]
        self._silent(reads)
        if read.service_status != "Running":
            raise Stop("service_stopped")
        if not read.restored:
            return ()
        return (("call", index, row_of("serial").functions[0], (("Serial", read.serial), ("Restored", False)), "stop"),)

    # -- promote -------------------------------------------------------------------------------------------------------
    def _promote(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        target, token = NAMES[index], run.token and Token(*run.token)
        self._silent(reads)
        roles = {name: role_of(read).name for name, read in reads.items()}
        if roles[target] == "active" and all(role in ("staging", "held") for name, role in roles.items() if name != target):
            return ()
        if "may_promote" not in self.without.readings:
            self._refuse(promotion.may_promote(reads, target, "", {}, self.method, token))
        if self.method == "wizard":
            return (("all", "alone", index),)
        return (("call", index, TICKET, (), "ticket"), ("all", "alone", index))

    def _alone(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        if "still_alone" not in self.without.readings:
            self._refuse(promotion.still_alone(reads, NAMES[index], run.token and Token(*run.token)))
        if self.method == "wizard":
            return (("call", index, "Register-EntraSyncPromotion", (), "asked"), ("all", "watch", index), ("all", "proved", index))
        parameters = (("Ticket", (run.boot, f"{run.token[0]}.{run.token[1]}" if run.token else "0.")), ("MaxAgeSeconds", 30))
        return (("call", index, row_of("promote").functions[0], parameters, "settled", "active"), ("all", "proved", index))

    def _watch(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        """A poll while a person is asked: the others are judged first, then whether it is done."""
        self._refuse(promotion.still_alone(reads, NAMES[index], run.token and Token(*run.token), asked=True))
        read = reads[NAMES[index]]
        if role_of(read).name == "active" and read.wizard_running is False:
            return ()
        return (("wait", index, "promoted"), ("all", "watch", index))

    def _proved(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        if role_of(reads[NAMES[index]]).name != "active":
            self._refuse([Refusal("promotion_unknown")])
        return ()

    def _one_active(self, run: Run, reads: Reads, name: str, expect: str = "exactly_one") -> tuple[Micro, ...]:
        self._refuse(judge(reads, expect, name).refusals)
        return ()

    def _serial(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        self._silent(reads)
        highest = max(read.serial for read in reads.values())
        equal = all(read.serial == highest for read in reads.values())
        if equal and all(read.promotion is None for read in reads.values()):
            return ()
        given = (("Serial", highest + 1 if equal else highest), ("Restored", False))
        return tuple(("call", index, row_of("serial").functions[0], given, "stop") for index in self.every)


def condition(what: str, read: ServerRead) -> bool:
    """Whether a wait is over, by the product's own functions (`_flows.waits`, `_flows.flag`, `_flows.hold`)."""
    if what == "idle":
        return idle(read) is True
    if what == "quiet":
        return quiet(read, read.exports)[0] is True
    if what == "demoted":
        return role_of(read).name == "staging" and read.wizard_running is False
    if what == "promoted":
        return role_of(read).name == "active" and read.wizard_running is False
    if read.service_status != "Running" or read.staging_settings is None:
        return False
    return read.staging_settings != "True" or (idle(read) is True and read.wizard_running is False)


def _of(token: Token) -> tuple[tuple[str, Any], ...]:
    return (("Epoch", token.epoch), ("RunId", token.run_id))
