# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what a switch and an upgrade rest on, of every server at once. Changes nothing.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import time
from typing import Any

from .._rules.codes import explain
from .._rules.history_cycles import moment
from .._rules.prerequisites import Prerequisites, account_kind
from .flow import Flow


def read_all(flow: Flow) -> dict[str, Any]:
    """The values of each server by name; one that does not answer has only the problem that it told."""
    before = time.time()
    answers, errors = flow.topology.call_each(flow.topology.names, "Get-EntraSyncPrerequisite")
    after = time.time()
    found = {name: explain(error.code, name, {"detail": error.detail})[0] for name, error in errors.items()}
    values = {name: Prerequisites(problem=problem).values() for name, problem in found.items()}
    for name, answer in answers.items():
        values[name] = Prerequisites.of({**answer, "clock_offset": _offset(answer.get("now"), before, after)}).values()
    for each in values.values():
        each["service_account_kind"] = account_kind(each["service_account"], each["computer_name"])
    return {"outcome": "done", "prerequisites": dict(sorted(values.items()))}


def _offset(now: Any, before: float, after: float) -> float | None:
    """How far the server's clock is off at least: a time between question and answer is no offset at all."""
    told = moment(str(now or ""))
    if told is None:
        return None
    return round(max(0.0, told - after) - max(0.0, before - told), 1)
