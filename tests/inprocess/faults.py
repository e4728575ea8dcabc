# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong at one request: a fault is a way on which the request travels, and what it does to the world on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import (
    BadValue,
    CallFailed,
    ConnectError,
    FunctionsMissing,
    Refused,
    ResultUnknown,
    SessionError,
)

from tests.lab.model.server import START_SECONDS

from .playbook import run
from .wire import Objects, Request, straight

if TYPE_CHECKING:
    from .stage import Stage

Deed = Callable[["Stage", Request], Objects]
# error classes of the product, each with a code that it is raised with; none of these requests had an effect
ERRORS: dict[str, tuple[type[SessionError], str]] = {
    "unreachable": (ConnectError, "unreachable"),
    "login_refused": (ConnectError, "login_refused"),
    "certificate_refused": (ConnectError, "certificate_refused"),
    "functions_missing": (FunctionsMissing, "functions_missing"),
    "module_version": (FunctionsMissing, "module_version"),
    "refused": (Refused, "journal_failed"),
    "claim_lost": (Refused, "claim_changed"),
    "server_error": (CallFailed, "server_error"),
    "unknown_result": (ResultUnknown, "unknown_result"),
    "bad_value": (BadValue, "bad_value"),
}
WIZARD_OPEN_SECONDS = 120.0
FAILOVER = "failover"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        name: what, and on which server where it is not the one that is asked.
        deed: does it, for one request.
        world: whether people or machines change the world by it, so that a refused run need not leave the model equal.
        person: whether a person, or another operator, acted: what then is reached may need a decision.
        writing_only: whether it is nothing at a request that only reads.
    """

    name: str
    deed: Deed
    world: bool = False
    person: bool = False
    writing_only: bool = False


def _crash_before(stage: Stage, _request: Request) -> Objects:
    stage.wire.crash()
    return []


def _crash_after(stage: Stage, request: Request) -> Objects:
    _attempt(request)
    stage.wire.crash()
    return []


def _attempt(request: Request) -> None:
    """The effect on the server, whatever it answers: nobody hears it."""
    with suppress(SessionError):
        request.effect()


def _lost(stage: Stage, request: Request, effect: bool, code: str = "connection_lost") -> Objects:
    if effect:
        _attempt(request)
    raise ResultUnknown(code, request.server, "an injected fault")


def _silent(stage: Stage, request: Request) -> Objects:
    stage.silent.add(request.server)
    stage.time.delay(stage.time.limit)
    raise TimeoutError("an injected fault")


def _error(stage: Stage, request: Request, kind: type[SessionError], code: str) -> Objects:
    raise kind(code, request.server, "an injected fault")


def _none(stage: Stage, request: Request) -> Objects:
    request.effect()
    return []


def _two(stage: Stage, request: Request) -> Objects:
    return request.effect() * 2


def _text(stage: Stage, request: Request) -> Objects:
    request.effect()
    return ["garbage"]


def _empty(stage: Stage, request: Request) -> Objects:
    request.effect()
    return [{}]


def _half(stage: Stage, request: Request, first: bool) -> Objects:
    (answer,) = request.effect()
    keys = sorted(answer)
    cut = keys[: len(keys) // 2] if first else keys[len(keys) // 2 :]
    return [{key: answer[key] for key in cut}]


def _slow(stage: Stage, request: Request, too_slow: bool) -> Objects:
    if not too_slow:
        stage.time.delay(max(0.0, stage.time.limit - 1))
        return request.effect()
    _attempt(request)
    stage.time.delay(stage.time.limit)
    raise TimeoutError("an injected fault")  # the answer comes one second later, and nobody waits for it any more


def _reboot(stage: Stage, request: Request, effect: bool) -> Objects:
    if effect:
        _attempt(request)
    server = stage.world.servers[request.server]
    if server.up:
        if len(stage.exporting()) > 1:  # it comes back as it was
            stage.stranger.hand.append(stage.time.clock.now + START_SECONDS)
        server.reboot()
    raise ResultUnknown("connection_lost", request.server, "an injected reboot")


def _person(stage: Stage, request: Request, server: str, at_once: bool) -> Objects:
    stage.person_flips(server, at_once)
    return request.effect()


def _wizard(stage: Stage, request: Request, server: str) -> Objects:
    stage.person_opens_wizard(server, WIZARD_OPEN_SECONDS)
    return request.effect()


def _operator(stage: Stage, request: Request, take_over: bool) -> Objects:
    way, stage.wire.way = stage.wire.way, straight
    failing = stage.verb.variables if stage.verb.playbook == FAILOVER else {}
    variables = {**failing, "entra_connect_method": "settings", "entra_connect_active": stage.verb.opposite, "entra_connect_take_over": take_over}
    stage.by_others.append(run(stage, FAILOVER if failing else "switch_roles", variables).outcome)
    stage.wire.way = way
    return request.effect()


def all_faults(stage: Stage) -> Iterator[Fault]:
    """Every fault that there is for a request on this stage, but for effects that come late."""
    yield Fault("crash_before", _crash_before)
    yield Fault("crash_after", _crash_after, writing_only=True)
    yield Fault("lost_before", partial(_lost, effect=False))
    yield Fault("lost_after", partial(_lost, effect=True), writing_only=True)
    yield Fault("silent_from_here", _silent)
    for name, (kind, code) in ERRORS.items():
        yield Fault(name, partial(_error, kind=kind, code=code))
    yield Fault("no_object", _none)
    yield Fault("two_objects", _two)
    yield Fault("text_for_object", _text)
    yield Fault("empty_object", _empty)
    yield Fault("first_half", partial(_half, first=True))
    yield Fault("second_half", partial(_half, first=False))
    yield Fault("slow", partial(_slow, too_slow=False))
    yield Fault("too_slow", partial(_slow, too_slow=True))
    yield Fault("reboot_before", partial(_reboot, effect=False), world=True)
    yield Fault("reboot_after", partial(_reboot, effect=True), world=True, writing_only=True)
    for name in stage.names:
        yield Fault(f"person_flips_{name}", partial(_person, server=name, at_once=True), world=True, person=True)
        yield Fault(f"person_in_wizard_{name}", partial(_person, server=name, at_once=False), world=True, person=True)
        yield Fault(f"wizard_open_{name}", partial(_wizard, server=name), world=True)
    for take_over in (False, True):
        yield Fault(f"operator_{'takes_over' if take_over else 'beside'}", partial(_operator, take_over=take_over), world=True, person=True)


def way_of(fault: Fault, stage: Stage) -> Callable[[Request], Objects]:
    """The fault for one request, and nothing for those after it but what it left: servers that are silent."""
    return lambda request: fault.deed(stage, request)


def after(stage: Stage, request: Request) -> Objects:
    """How requests travel when nothing goes wrong but what went wrong before."""
    if request.server in stage.silent:
        raise ConnectError("unreachable", request.server, "an injected silence")
    return request.effect()


def lose_late(stage: Stage, request: Request) -> Any:
    """The request is lost on the way; what is returned does its effect later."""
    return partial(_attempt, request)
