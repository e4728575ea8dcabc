# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a flow found to the values that a task returns.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ._errors import SessionError
from ._flows.flow import Flow, Stop
from ._rules.codes import told


def success(values: dict[str, Any], flow: Flow, with_diff: bool) -> dict[str, Any]:
    """The result of a task that is done. ``changed`` is what was really sent, or in check mode what would have been."""
    result = {"changed": flow.topology.changed, **values}
    return _with_diff(result, with_diff)


def failure(stop: Stop, flow: Flow | None, with_diff: bool = False) -> dict[str, Any]:
    """The result of a task that ended early: one message that lists every refusal, and the next step of the first."""
    refusals = [told(each) for each in stop.refusals]
    result: dict[str, Any] = {
        "failed": True,
        "changed": flow.topology.changed if flow else False,
        "outcome": stop.outcome,
        "msg": " ".join(dict.fromkeys(f"{each['text']} {each['next']}".strip() for each in refusals)),
        "refusals": refusals,
        "next_command": next((each["next"] for each in refusals if each["next"]), ""),
        **stop.values,
    }
    return _with_diff(result, with_diff)


def from_session_error(error: SessionError, flow: Flow | None) -> Stop:
    """What a call without an answer means for the task: unknown where it may have taken effect, else refused while nothing has changed."""
    outcome = "unknown" if error.unknown else "incomplete" if flow is not None and flow.topology.changed else "refused"
    return Stop(outcome, error.code, error.server, detail=error.detail)


def with_hint(stop: Stop, host: str, play_variables: Sequence[str]) -> Stop:
    """Where another server than the task's own could not be connected to: the settings that it cannot have got."""
    if play_variables:
        hint = f"; as play variables, {', '.join(play_variables)} are not visible for other servers: write them into the inventory"
        stop.refusals = [
            replace(each, params={**each.params, "detail": f"{each.params.get('detail') or ''}{hint}"})
            if each.code in ("unreachable", "login_refused", "certificate_refused") and each.server != host
            else each
            for each in stop.refusals
        ]
    return stop


def _with_diff(result: dict[str, Any], wanted: bool) -> dict[str, Any]:
    if wanted and "before" in result and "after" in result:
        result["diff"] = {"before": result["before"], "after": result["after"]}
    return result
