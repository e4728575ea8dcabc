# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ask a person to run the wizard of an upgrade, watch it, and prove what came of it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from .._errors import ConnectError, ResultUnknown, SessionError
from .._rules.reads import ServerRead
from .._rules.roles import role_of
from .._rules.upgrade_steps import clicks
from .._rules.upgrading import finished, flag_is, progress, versions_differ
from .._rules.versions import Version, facts_of
from .flow import Flow, Stop


@dataclass
class Watch:
    """What is waited for.

    Attributes:
        expected: version of engine, wizard and configuration at the end.
        role: ``staging`` or ``active``, what the server stays.
        restart_from: its boot id when Windows wanted a restart; empty where none is wanted.
        flagged: staging mode was read off, and the server is not stopped yet.
    """

    expected: Version
    role: str
    restart_from: str = ""
    flagged: bool = False


def watch(flow: Flow, work: Watch) -> None:
    """Until the wizard has upgraded the engine and is closed.

    Raises:
        Stop: ``wait_timed_out``, which tells what is done and what is missing; ``wrong_tick``, the server is blocked and stopped;
            ``wrong_tick_running``, it could not be stopped; ``claim_lost``.
    """
    flow.show(clicks(flow.server, str(work.expected), work.role, bool(work.restart_from)))

    def done(reads: dict[str, ServerRead]) -> bool:
        read = reads[flow.server]
        _look_at_flag(flow, work, read)
        if not finished(read, work.expected, work.restart_from):
            return False
        flow.topology.changed = True  # by a person, at our request
        return _complete(flow, work)

    try:
        flow.wait(
            f"{flow.server}: waiting for the operator to finish the upgrade to {work.expected}",
            [flow.server],
            done,
            flow.waits.wizard_timeout,
            "wizard_timeout",
            lambda reads: progress(reads[flow.server], work.expected, work.restart_from),
        )
    except Stop as stop:
        if work.flagged and stop.refusals[0].code == "wait_timed_out":
            raise Stop("unknown", "wrong_tick_running", flow.server) from None
        raise


def prove(flow: Flow, work: Watch, before: ServerRead) -> ServerRead:
    """The read that proves it: role by both readings in two reads, all versions the same, the scheduler not turned off.

    Raises:
        Stop: ``wrong_tick``, ``staging_turned_on``, ``role_unknown``, ``version_not_proved``, ``scheduler_turned_off`` or ``wait_timed_out``.
        SessionError: the server did not answer for ``idle_timeout`` seconds.
    """
    first = _full(flow)
    time.sleep(flow.waits.poll_interval)
    read = _full(flow)
    for each in (first, read):
        _look_at_flag(flow, work, each)
        role = role_of(each)
        if work.role == "active" and role.name == "staging":
            raise Stop("incomplete", "staging_turned_on", flow.server)
        if role.name != work.role or not role.certain:
            raise Stop("unknown", "role_unknown", flow.server, detail=role.reason)
    unlike = versions_differ(facts_of(read), work.expected)
    if unlike:
        raise Stop("incomplete", "version_not_proved", flow.server, wanted=str(work.expected), found=", ".join(unlike))
    if before.sync_cycle_enabled is True and read.sync_cycle_enabled is False:
        raise Stop("incomplete", "scheduler_turned_off", flow.server)
    return read


def _full(flow: Flow) -> ServerRead:
    """A full read; where there is no answer, another one as soon as the server answers, for at most ``idle_timeout`` seconds."""
    until = time.monotonic() + flow.waits.idle_timeout
    while True:
        try:
            return flow.read_one(full=True)
        except SessionError:
            if time.monotonic() >= until:
                raise
            what = f"{flow.server}: waiting for an answer, to prove the upgrade"
            flow.wait(what, [flow.server], lambda reads: reads[flow.server].answered, flow.waits.idle_timeout, "idle_timeout")


def _complete(flow: Flow, work: Watch) -> bool:
    """Whether the database was configured by that version too, which only a full read tells; no answer is unknown, and asked again."""
    try:
        return not facts_of(flow.read_one(full=True)).pending_wizard
    except SessionError:
        return False


def _look_at_flag(flow: Flow, work: Watch, read: ServerRead) -> None:
    if work.flagged and read.quarantine is not None and read.service_status == "Stopped":
        raise Stop("incomplete", "wrong_tick", flow.server)  # the answer to our request was lost
    if work.role != "staging" or not flag_is(read, False):
        return
    work.flagged = True
    flow.tell(f"{flow.server}: staging mode was turned off during the upgrade: blocking and stopping it now")
    try:
        flow.topology.call(flow.server, "Enter-EntraSyncQuarantine", seconds=120.0)
    except (ResultUnknown, ConnectError):
        return  # unknown: the next look tells, and asks again
    raise Stop("incomplete", "wrong_tick", flow.server)
