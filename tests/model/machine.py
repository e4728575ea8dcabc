# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that one request can come to: answered, refused, lost with or without its effect, applied later, not sent at all."""

from __future__ import annotations

from typing import Any, NamedTuple

from .controller import Controller, Micro, Run, condition
from .program import of_token
from .servers import Fleet

CLAIM, HOLD = "New-EntraSyncClaim", "Enter-EntraSyncHold"


class Late(NamedTuple):
    """A request that was given up and may still be applied."""

    place: int
    function: str
    parameters: tuple[tuple[str, Any], ...]


class Outcome(NamedTuple):
    """One way on. ``server``: number of the server after it; ``cost``: budget that it takes one from; ``late``: what may be applied later."""

    text: str
    run: Run
    server: int
    cost: str = ""
    late: Late | None = None


def concerned(controller: Controller, run: Run) -> int:
    """Index of the server that the next micro step asks; the first one where it asks none."""
    step = run.todo[0]
    if step[0] == "all":
        return controller.asks(run, step[1])[len(run.seen)]
    return 0 if step[0] == "start" else int(step[1])


def outcomes(fleet: Fleet, controller: Controller, run: Run, number: int, live: bool) -> list[Outcome]:
    """What the next micro step can come to, given the number of the server that it asks and whether the claim there lives.

    The first is the one without a fault.
    """
    step, server = run.todo[0], fleet.servers[number]
    who = f"{controller.letter}{run.number}"
    if step[0] == "start":
        return [Outcome(f"{who} starts", controller.started(run), number)]
    if step[0] == "all":
        seen = (*run.seen, (number, live))
        text = f"{who} reads {server.name} ({step[1]})"
        if len(seen) < len(controller.asks(run, step[1])):
            return [Outcome(text, run._replace(seen=seen), number)]
        reads = {fleet.servers[each].name: fleet.read(each, lives) for each, lives in seen}
        return [Outcome(text, controller.decided(run, reads), number)]
    if step[0] == "one":
        read = fleet.read(number, live)
        return [Outcome(f"{who} reads {server.name} ({step[2]})", controller.decided(run, {server.name: read}), number)]
    if step[0] == "wait":
        if step[2] in controller.without.readings or condition(step[2], fleet.read(number, live)):
            return [Outcome(f"{who} sees {server.name} {step[2]}", controller.to(run), number)]
        return [Outcome(f"{who} gives up waiting for {server.name} {step[2]}", controller.stopped(run, "wait_timed_out"), number)]
    if step[0] == "ask":
        return [Outcome(f"{who} asks a person at {server.name}", controller.to(run), fleet.number(server._replace(asked=step[2])))]
    if step[0] == "look_up":
        text = f"{who} looks up the cloud identity of {server.name}: {server.cloud}"
        return [Outcome(text, controller.looked_up(run, server.cloud == "on"), number)]
    if step[0] == "identity":
        return _identity(fleet, controller, run, number, who)
    if step[0] == "read_back":
        is_so = (server.cloud == "on") == (step[2] == "on") or "fence_identity" in controller.without.codes
        text = f"{who} reads the cloud identity of {server.name}: {server.cloud}"
        return [Outcome(text, controller.to(run) if is_so else controller.stopped(run, "fence_identity"), number)]
    return _call(fleet, controller, run, number, live, who)


def _identity(fleet: Fleet, controller: Controller, run: Run, number: int, who: str) -> list[Outcome]:
    """The user's own tasks disable or enable a cloud identity; the tenant answers always, the tasks may fail, or say nothing where they failed."""
    _word, _index, wanted = run.todo[0]
    text = f"{who} turns the cloud identity of {fleet.servers[number].name} {wanted}"
    after = fleet.identity(number, wanted)
    found = [Outcome(text, controller.to(run), after)]
    if after != number:
        stopped = controller.stopped(run, "tasks failed")
        found.append(Outcome(f"{text}: done, answer lost", stopped, after, "loss"))
        found.append(Outcome(f"{text}: without effect", controller.to(run), number, "loss"))
    return found


def _call(fleet: Fleet, controller: Controller, run: Run, number: int, live: bool, who: str) -> list[Outcome]:
    _call_word, index, function, given, then, *more = run.todo[0]
    server = fleet.servers[number]
    token = (("Epoch", run.token[0]), ("RunId", run.token[1])) if run.token is not None and "Epoch" not in dict(given) else ()
    parameters = (*token, *given)
    text = f"{who} {function} on {server.name}"
    if not server.answers:
        return [Outcome(f"{text}: unreachable", _followed(controller, run, "unreachable", then, more), number)]
    after, code, _answer = fleet.call(number, function, applied(function, parameters, live))
    if then == "asked" and not code:
        after = fleet.number(fleet.servers[after]._replace(asked="off"))
    if then == "ticket":
        next_run = controller.to(run._replace(boot=server.boot)) if not code else controller.stopped(run, code)
        return [Outcome(f"{text}: {code or 'ok'}", next_run, number)]
    reply = "ok" if not code else "unknown" if code == "unknown_result" else "refused"
    found = [Outcome(f"{text}: {code or 'ok'}", _followed(controller, run, reply, then, more), after)]
    lost = _followed(controller, run, "unknown", then, more)
    if after != number:
        done = fleet.call(number, function, applied(function, parameters, live))[0]  # nobody was asked where the answer was lost
        found.append(Outcome(f"{text}: done, answer lost", lost, done, "loss"))
    found.append(Outcome(f"{text}: lost", lost, number, "loss"))
    if function == HOLD and not code and after != number:
        for staging in ("", "True"):  # power lost after the start type was set, or after the stop: the record is begun, the machine starts anew
            found.append(Outcome(f"{text}: goes down in the middle ({staging or 'not read'})", lost, _begun(fleet, number, after, staging), "reboot"))
    if not (code and then == "ignore"):
        found.append(Outcome(f"{text}: lost, applied later", lost, number, "loss", Late(index, function, parameters)))
    return found


def _begun(fleet: Fleet, number: int, after: int, staging: str) -> int:
    """The server that went down while it was being held: `Enter-EntraSyncHold` had written its pending record and set the start type."""
    before, held = fleet.servers[number], fleet.servers[after]
    record = before.record._replace(hold=("pending", staging, False, held.record.hold and held.record.hold[3]), found=held.record.found)
    down = before._replace(up=False, service=False, automatic=False, run="", wizard=False, record=record)
    return fleet.number(down)


def applied(function: str, parameters: tuple[tuple[str, Any], ...], live: bool) -> tuple[tuple[str, Any], ...]:
    """The parameters as the server needs them: only a claim looks whether the one before it lives."""
    return (*parameters, ("Live", live)) if function == CLAIM else parameters


def _followed(controller: Controller, run: Run, reply: str, then: str, more: list[Any]) -> Run:
    """What the flows do after this reply (`_flows.claims`, `_flows.hold`, `_flows.flag`, `_flows.promote`)."""
    step: Micro = run.todo[0]
    index = step[1]
    if reply == "ok" or then == "ignore":
        return controller.to(run)
    if then == "claim":
        token, taken = more
        if reply == "unknown":
            return controller.to(run, (("one", index, "claimed", token),))
        ended = tuple(("call", each, "Close-EntraSyncClaim", of_token(token), "ignore") for each in taken) if reply == "refused" else ()
        return run._replace(todo=ended, seen=()) if ended else controller.ended(run)
    if then == "mark":  # it leaves the claiming before it has a claim to end
        return controller.ended(run)
    if then == "complete":
        left = tuple((*each[:4], "ignore") for each in run.todo[1:] if each[0] == "call" and each[4] == "complete")
        ended = tuple(("call", each, "Close-EntraSyncClaim", of_token(more[0]), "ignore") for each in controller.every(run))
        return run._replace(todo=left + ended, seen=())
    if then == "each":  # the others of the same call get theirs all the same
        left = tuple((*each[:4], "ignore") for each in run.todo[1:] if each[0] == "call" and each[2] == step[2] and each[4] == "each")
        stopped = controller.stopped(run, reply)
        return stopped._replace(todo=left + stopped.todo, token=run.token)
    if reply == "unknown" and then == "twice":
        return controller.to(run, ((*step[:4], "stop"),))
    if reply == "unknown" and then == "settled":
        return controller.to(run, (("one", index, "settled", more[0]),))
    return controller.stopped(run, reply)
