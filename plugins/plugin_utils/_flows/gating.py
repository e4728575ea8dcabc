# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the gates of one moment, but of those before a plan, on fresh reads. Changes nothing.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules.budget import limits
from .._rules.gates import GATES, bad_overrides, run_gates, shown
from .._rules.gates._custom import wrong_custom_gates
from .._rules.gates._gate import BETWEEN, REJOIN
from .._rules.gates.g10_nothing_running import to_close
from .._rules.goal import Goal
from .._rules.plan import Phase, Plan
from .._rules.plan_text import gate_lines
from .._rules.refusals import Refusal
from .._rules.situation import Situation
from .._rules.thresholds import wrong_thresholds
from .flow import Flow, Stop
from .health import read_health


def judge_now(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict of every gate of this moment, and where that is asked for how every server has been, read over the same sessions.

    Args:
        options: those of ``adsync_gates``.

    Raises:
        Stop: ``refused`` with everything that fails, or an option that cannot be meant.
    """
    check_options(flow, options)
    target, names = options["target"], flow.topology.names
    if target not in names and (target or options["moment"] != REJOIN):  # before a rejoin nobody may be active, nor wanted by a goal
        raise Stop("refused", "not_a_member", target, members=", ".join(names))
    evidence = options["evidence"]
    health = read_health(flow, None, evidence.get("health"), False)["servers"] if options["read_health"] else {}
    reads = flow.topology.read(full=True)
    if options["moment"] == BETWEEN and to_close(reads) and not flow.topology.check_mode:
        _wait_until_closed(flow)
        reads = flow.topology.read(full=True)
    # in between, what is left of the plan is the promotion; else, nothing
    switch = Phase("switch", tuple(name for name in names if name != target), target, options["former"])
    plan = Plan("", (switch,) if options["moment"] == BETWEEN else (), (), (), ())
    goal = Goal(target, options["former"], options["version"], "staging_first", options["method"])
    gates = run_gates(Situation(reads, goal, plan, options, {**evidence, **({"health_after": health} if health else {})}, options["moment"]))
    flow.show(gate_lines([each for each in gates if each.verdict != "pass"]))
    failed = [refusal for gate in gates if gate.verdict == "fail" for refusal in gate.refusals]
    values = {"gates": [shown(each) for each in gates], "health": health}
    if failed:
        raise Stop("refused", refusals=failed, values=values)
    return {"outcome": "done", **values}


def _wait_until_closed(flow: Flow) -> None:
    """Nobody is active, so that who has opened something is given the time to close it; gate G10 judges what is so afterwards.

    Raises:
        Stop: the claim was lost.
    """
    what = "waiting until nobody uses a wizard, manager or installer"
    limit = flow.waits.close_timeout
    try:
        flow.wait(what, flow.topology.names, lambda reads: not to_close(reads), limit, "close_timeout", lambda reads: f"close {to_close(reads)}")
    except Stop as stop:
        if [each.code for each in stop.refusals] != ["wait_timed_out"]:
            raise


def check_options(flow: Flow, options: Mapping[str, Any]) -> None:
    """What cannot be meant, before anything is read.

    Raises:
        Stop: ``refused``.
    """
    try:
        limits(options["max_pending"])
    except ValueError as error:
        raise Stop("refused", "bad_budget", flow.server, detail=str(error)) from None
    refuse_thresholds(options)
    refuse_custom_gates(options)
    refusals: list[Refusal] = bad_overrides(options["overrides"], options.get("custom_gates") or [])
    if refusals:
        raise Stop("refused", refusals=refusals)


def refuse_thresholds(options: Mapping[str, Any]) -> None:
    """Thresholds that there are not, or whose value cannot be meant.

    Raises:
        Stop: ``refused``.
    """
    sentences = wrong_thresholds(options.get("thresholds"))
    if sentences:
        raise Stop("refused", "bad_threshold", "", detail=". ".join(sentences))


def refuse_custom_gates(options: Mapping[str, Any]) -> None:
    """Gates of the user's own that cannot be meant.

    Raises:
        Stop: ``refused``.
    """
    sentences = wrong_custom_gates(options.get("custom_gates"), [gate.id for gate in GATES])
    if sentences:
        raise Stop("refused", "bad_custom_gate", "", detail=". ".join(sentences))
