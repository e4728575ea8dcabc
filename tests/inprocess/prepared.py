# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has happened before a verb is run, as its data say: machines that died and came back, other runs, finished or killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .judge import settle
from .playbook import run
from .wire import Objects, Request

if TYPE_CHECKING:
    from .stage import Before, Stage

PAUSE = 10.0


def prepare(stage: Stage) -> None:
    """Let it happen; the requests of it are forgotten."""
    for each in stage.verb.before:
        _machine(stage, each)
        if each.playbook:
            _run(stage, each)
        stage.time.clock.advance(each.seconds or PAUSE)
    if stage.verb.before:
        settle(stage)
    stage.wire.log.clear()
    stage.wire.crashed = False
    stage.began = stage.time.clock.now


def _machine(stage: Stage, each: Before) -> None:
    if each.power:
        server = stage.world.servers[each.power]
        server.power_off() if server.up else server.power_on()
    if each.network:
        stage.wire.away ^= {each.network}


def _run(stage: Stage, each: Before) -> None:
    """A run of a playbook; killed as told.

    Raises:
        ValueError: it was to be killed at a place that it does not come to.
    """

    def way(request: Request) -> Objects:
        objects = request.effect()
        if request.place == each.stop:
            stage.wire.crash()
        return objects

    stage.wire.way = way
    done = run(stage, each.playbook, each.variables)
    if done.crashed != (each.stop is not None) or (done.failed and done.outcome != "needs_operator"):
        raise ValueError(f"{each.playbook} before it: {done.outcome}: {done.message}")
    settle(stage)
    stage.wire.crashed = False
