# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start or stop a sync cycle, wait for it, and judge it from the run history.

Internal to the collection: no promise of stability between releases.

"Accepted" is not success: ``Start-ADSyncSyncCycle`` returns at once (adsync.md 2.1), so what counts are the runs that appear
in the history after the request, told apart from older ones by their numbers, never by clocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._errors import Refused
from .._rules.budget import limits
from .._rules.cycles import Judgement, judge_runs, over_limits
from .._rules.reads import RunStep
from .._rules.roles import down_by_us
from .flow import Flow, Stop
from .waits import wait_idle

RETRYABLE = frozenset({"cycle_running", "connector_busy", "wizard_open"})
HISTORY = 100


def start(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Run one cycle on the task's server.

    Args:
        options: those of ``adsync_sync_cycle``: ``policy_type``, ``wait``, ``when_running`` (``wait`` for a cycle that already runs and
            start one then, ``join`` it, or ``fail``), ``expect_export``, ``max_exported``.

    Raises:
        Stop: the server is held, the cycle did not start, did not end in time, ended with errors (``cycle_failed``), or
            did not export what was expected.
    """
    when_running = options["when_running"]
    try:
        limits(options["max_exported"] or {})
    except ValueError as error:
        raise Stop("refused", "bad_budget", flow.server, detail=str(error)) from None
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "runs": [], "counts": {}}
    known = _history_before(flow)
    joined = False
    while True:
        try:
            flow.topology.call(flow.server, "Start-EntraSyncCycle", PolicyType=options["policy_type"].capitalize())
            break
        except Refused as refused:
            if refused.code not in RETRYABLE or when_running == "fail":
                raise Stop("refused", refused.code, flow.server, detail=refused.detail) from None
            joined = when_running == "join"
            if joined:
                break
            if refused.code == "wizard_open":
                wait_wizard(flow)
            wait_cycle(flow)
            known = history(flow)
    if not options["wait"]:
        return {"outcome": "done", "joined": joined, "runs": [], "counts": {}}
    wait_cycle(flow)
    judgement = judge_runs(known, history(flow))
    if not judgement.ok:
        raise Stop("incomplete", "cycle_failed", flow.server, detail=judgement.text, values=_values(judgement, joined))
    if options["expect_export"] and not judgement.exported:
        raise Stop("incomplete", "no_export", flow.server, values=_values(judgement, joined))
    over = over_limits(judgement.counts, options["max_exported"]) if options["max_exported"] is not None else ""
    if over:
        raise Stop("incomplete", "export_over_budget", flow.server, detail=over, values=_values(judgement, joined))
    if options["policy_type"] == "initial":
        _no_longer_restored(flow)
    return {"outcome": "done", **_values(judgement, joined)}


def _no_longer_restored(flow: Flow) -> None:
    """An initial cycle that succeeded takes the mark of a restored server away; the number of the last switch stays."""
    read = flow.read_one()
    if read.restored and flow.topology.token is not None:
        flow.topology.call(flow.server, "Set-EntraSyncSerial", Serial=read.serial, Restored=False)


def wait_wizard(flow: Flow) -> None:
    """Until nobody uses the wizard: no cycle starts while it is open (adsync.md 1.5)."""
    flow.wait(
        f"{flow.server}: waiting until the wizard is closed",
        [flow.server],
        lambda reads: reads[flow.server].wizard_running is False,
        flow.waits.idle_timeout,
        "idle_timeout",
    )


def stop(flow: Flow, wait: bool, check: bool) -> dict[str, Any]:
    """Stop the running cycle, which Microsoft documents as harmless (adsync.md 2.2); nothing to do where none runs."""
    read = flow.read_one()
    if read.sync_cycle_in_progress is False and read.busy_connectors == []:
        return {"outcome": "already", "runs": [], "counts": {}}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "runs": [], "counts": {}}
    flow.topology.call(flow.server, "Stop-EntraSyncCycle")
    if wait:
        wait_idle(flow)
    return {"outcome": "done", "runs": [], "counts": {}}


def history(flow: Flow) -> list[RunStep]:
    """The newest steps of the run history."""
    answer = flow.topology.call(flow.server, "Get-EntraSyncRun", Newest=HISTORY)
    return [RunStep.from_answer(each) for each in answer.get("runs") or []]


def _history_before(flow: Flow) -> list[RunStep]:
    """The history before the cycle; a server that we hold gives none, and is not one whose service a person starts.

    Raises:
        Stop: ``cycle_while_held``.
    """
    try:
        return history(flow)
    except Refused as refused:
        if refused.code == "service_stopped" and down_by_us(flow.read_one()):
            raise Stop("refused", "cycle_while_held", flow.server) from None
        raise


def wait_cycle(flow: Flow) -> None:
    """Until no cycle runs over two polls, for as long as a cycle may take."""
    wait_idle(flow, "cycle_timeout")


def _values(judgement: Judgement, joined: bool) -> dict[str, Any]:
    return {"joined": joined, "runs": judgement.runs, "counts": judgement.counts}
