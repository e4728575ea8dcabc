# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the product's playbook as a program of single requests; what it does next is decided by the product's own pure functions.

A program is a tuple of micro steps, each of which asks one server one thing. The first of them is done, and what it decides is put before
the rest. Where the flows go on, stop, ask again or read after an unknown result, so does this.
"""

from __future__ import annotations

import json
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import claims, failover, fences, promotion, rollback
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal, derive, former_of
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.invariant import judge
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import make_plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.quiet import idle, quiet
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.roles import hold_state, role_of, to_mend
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import row_of

from .fencing import Fencing
from .program import Micro, Reads, Run, Stop, Without, index_of, of_token
from .wanted import Wanted

RENEWAL, TICKET = "Update-EntraSyncLease", "Get-EntraSyncTicket"

__all__ = ["Controller", "Micro", "Run", "Without", "condition"]


class Controller(Fencing):
    """The programs of one operator; what each step does."""

    def _plan(self, run: Run, reads: Reads, out_reads: Reads) -> tuple[Micro, ...]:
        """As `_flows.planning`; a hold that a crash left pending or broken is part of a plan."""
        wanted = self.wanted(run)
        out = wanted.declared
        self._silent(reads)
        self._refuse([each for each in judge(reads, "at_most_one").refusals if each.code not in ("hold_pending", "hold_broken")])
        self._refuse(fences.answering(out_reads) + fences.returned(reads) + fences.writeback(out, reads) + fences.waiting(out, reads))
        options = {"active": wanted.target, "method": self.method, "upgrade": False, "verb": wanted.verb}
        if wanted.verb == "failover":
            dead = wanted.out[0].server
            options["active"] = failover.target(reads, dead, "")
            self._refuse(failover.refusals(reads, dead, str(options["active"])))
        if wanted.verb == rollback.VERB:
            self._refuse(rollback.refusals(reads, options))
        goal = rollback.undone(reads, options) if wanted.verb == rollback.VERB else derive(reads, options)
        if goal.active not in reads:
            raise Stop("not_a_member")
        plan = make_plan(reads, goal, out)
        if not plan.steps:
            return ()
        self._refuse(claims.may_take(reads, goal, self.take_over, out))
        restored = {*claims.restored(reads), *(name for name, read in reads.items() if read.restored)}
        phase = next((each for each in plan.phases), None)
        todo: list[Micro] = []
        for number, step in enumerate(plan.steps):
            of_all = step.action in ("claim", "serial", "end_claim") and number and plan.steps[number - 1].action == step.action
            if step.action not in self.without.rows and not of_all:
                todo += self.micro(step.action, step.server, goal.active, phase.former if phase else "", step.server in restored, wanted)
        return tuple(todo)

    def micro(self, action: str, server: str, target: str, former: str, restored: bool, wanted: Wanted) -> tuple[Micro, ...]:
        """What a step of the plan asks of the servers. Rows without influence on who may export ask nothing here (`model.yml`)."""
        index = index_of(server)
        if action == "claim":
            return (("all", "claim", target),)
        if action in ("serial", "end_claim"):
            return (("all", "one_active", target), ("all", action))
        if action == "fence":
            return self.fence(wanted, server)
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
    def _claim(self, run: Run, reads: Reads, target: str) -> tuple[Micro, ...]:
        """As `_flows.claiming.take_claim`; ``target`` is what the plan, or the look of a rejoin, came to."""
        self._silent(reads)
        kept, wanted = claims.goal_in_force(reads), self.wanted(run)
        out = wanted.declared
        active = next((name for name, read in reads.items() if role_of(read).name == "active"), "")
        target = target or (kept.active if kept else "") or active
        goal = Goal(target, former_of(active, target, kept), "", "staging_first", self.method, wanted.verb)
        self._refuse(claims.may_take(reads, goal, self.take_over, out))
        token = Token(claims.next_epoch(reads), f"{self.letter}{run.number}")
        order = [index_of(name) for name in claims.order(reads)]
        given: dict[str, Any] = {"GoalActive": goal.active, "GoalFormer": goal.former, "GoalMethod": self.method, "GoalVerb": goal.verb}
        given["Members"] = tuple(machine if machine.startswith(claims.UNREAD) else name for machine, name in claims.members(reads, out))
        todo: list[Micro] = []
        for position, index in enumerate(order):
            expected = reads[self.names[index]].token or Token(0, "")
            parameters = {"ExpectedEpoch": expected.epoch, "ExpectedRunId": expected.run_id, "Epoch": token.epoch, "RunId": token.run_id}
            parameters |= {"Who": "operator", "Kind": "topology", "LeaseSeconds": 120, "TakeOver": self.take_over, **given}
            function = row_of("claim").functions[0]
            todo.append(("call", index, function, tuple(sorted(parameters.items())), "claim", tuple(token), tuple(order[:position])))
        for name, serial in claims.restored(reads).items():
            marked = (("Serial", serial), ("Restored", True))
            todo.append(("call", index_of(name), row_of("serial").functions[0], (*of_token(token), *marked), "mark"))
        todo += [("call", index, row_of("claim").functions[1], of_token(token), "complete", tuple(token)) for index in self.every(run)]
        todo.append(("holds", tuple(token)))
        return tuple(todo)

    def _claimed(self, run: Run, reads: Reads, index: int, token: tuple[int, str]) -> tuple[Micro, ...]:
        if reads[self.names[index]].token != Token(*token):
            raise Stop("claim unknown")
        return ()

    def _end_claim(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        return self._closes(run, "done")

    # -- hold, demote, release -----------------------------------------------------------------------------------------
    def _hold(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        read = reads[self.names[index]]
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
        return (*wait, *self._enter(index, read))

    def _enter(self, index: int, noted: ServerRead) -> tuple[Micro, ...]:
        """Of what is noted in the record only the writeback counts here."""
        facts = json.dumps({"password_writeback": noted.facts()["password_writeback"]})
        return (("call", index, row_of("hold").functions[0], (("Facts", facts),), "twice"), ("one", index, "held"))

    def _enter_mended(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        return self._enter(index, reads[self.names[index]])

    def _held(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        if hold_state(reads[self.names[index]]) != "unbroken":
            self._refuse([Refusal("hold_unproved")])
        return ()

    def _demote(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        read = reads[self.names[index]]
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
        if role_of(reads[self.names[index]]).name != wanted and "settled" not in self.without.readings:
            self._refuse([Refusal("demotion_unknown" if wanted == "staging" else "promotion_unknown")])
        return ()

    def _mend(self, index: int, demote: bool) -> tuple[Micro, ...]:
        start = ("call", index, row_of("release").functions[0], (("Mend", True),), "stop")
        return (start, ("wait", index, "behind"), ("one", index, "mended", demote))

    def _mended(self, run: Run, reads: Reads, index: int, demote: bool) -> tuple[Micro, ...]:
        on = reads[self.names[index]].staging_settings == "True"
        lift: tuple[Micro, ...] = (("call", index, row_of("release").functions[1], (), "stop"),)
        return (*(() if on else self._flag(index) if demote else lift), ("wait", index, "quiet"), ("one", index, "enter_mended"))

    def _release(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        read = reads[self.names[index]]
        state = hold_state(read)
        if state == "none" and read.quarantine is None and read.answered:
            return ()
        self._silent(reads)
        self._not_fenced(reads, read.name)
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
        if role_of(reads[self.names[index]]).name != "staging":
            raise Stop("release_unproved")
        return ()

    def _initial_cycle(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        """An initial cycle that succeeded takes the mark of a restored server away."""
        read = reads[self.names[index]]
        self._silent(reads)
        if read.service_status != "Running":
            raise Stop("service_stopped")
        if not read.restored:
            return ()
        return (("call", index, row_of("serial").functions[0], (("Serial", read.serial), ("Restored", False)), "stop"),)

    # -- promote -------------------------------------------------------------------------------------------------------
    def _promote(self, run: Run, reads: Reads, out_reads: Reads, index: int) -> tuple[Micro, ...]:
        target, token = self.names[index], run.token and Token(*run.token)
        self._silent(reads)
        roles = {name: role_of(read).name for name, read in reads.items()}
        if roles[target] == "active" and all(role in ("staging", "held") for name, role in roles.items() if name != target):
            return ()
        if "may_promote" not in self.without.readings:
            self._refuse(promotion.may_promote(reads, target, "", {}, self.method, token))
        out = self.wanted(run).declared
        self._refuse(promotion.fenced_out(reads, out, out_reads) + fences.writeback(out, reads))
        if self.method == "wizard":
            return (("all", "alone", index),)
        return (("call", index, TICKET, (), "ticket"), ("all", "alone", index))

    def _alone(self, run: Run, reads: Reads, out_reads: Reads, index: int) -> tuple[Micro, ...]:
        if "still_alone" not in self.without.readings:
            self._refuse(promotion.still_alone(reads, self.names[index], run.token and Token(*run.token)))
        self._refuse(promotion.fenced_out(reads, self.wanted(run).declared, out_reads))
        if self.method == "wizard":
            return (("call", index, "Register-EntraSyncPromotion", (), "asked"), ("all", "watch", index), ("all", "proved", index))
        parameters = (("Ticket", (run.boot, f"{run.token[0]}.{run.token[1]}" if run.token else "0.")), ("MaxAgeSeconds", 30))
        return (("call", index, row_of("promote").functions[0], parameters, "settled", "active"), ("all", "proved", index))

    def _watch(self, run: Run, reads: Reads, out_reads: Reads, index: int) -> tuple[Micro, ...]:
        """A poll while a person is asked: the others are judged first, then whether it is done."""
        self._refuse(promotion.still_alone(reads, self.names[index], run.token and Token(*run.token), asked=True))
        self._refuse(fences.answering(out_reads))
        read = reads[self.names[index]]
        if role_of(read).name == "active" and read.wizard_running is False:
            return ()
        return (("wait", index, "promoted"), ("all", "watch", index))

    def _proved(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        if role_of(reads[self.names[index]]).name != "active":
            self._refuse([Refusal("promotion_unknown")])
        return ()

    def _one_active(self, run: Run, reads: Reads, out_reads: Reads, name: str, expect: str = "exactly_one") -> tuple[Micro, ...]:
        self._refuse(judge(reads, expect, name or None, self.wanted(run).declared, out_reads).refusals)
        return ()

    def _serial(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        self._silent(reads)
        highest = max(read.serial for read in reads.values())
        equal = all(read.serial == highest for read in reads.values())
        if equal and all(read.promotion is None for read in reads.values()):
            return ()
        given = (("Serial", highest + 1 if equal else highest), ("Restored", False))
        return tuple(("call", index, row_of("serial").functions[0], given, "each") for index in self.every(run))


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
