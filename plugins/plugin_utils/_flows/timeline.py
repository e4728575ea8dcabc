# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""For the report of a run: who was active when, and what the servers' journals say of it. Changes nothing and never fails.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from typing import Any

from .._errors import SessionError
from .._rules.codes import explain
from .flow import Flow
from .history import look, values_of

ENTRIES = 200


def timeline(flow: Flow) -> dict[str, Any]:
    """``timeline`` as `adsync_history_info` tells it, or why it is not known, and ``journal`` by server."""
    try:
        looked = look(flow, None, None)
        found, reason = values_of(looked), " ".join(explain(each.code, each.server, each.params)[0] for each in looked.verdict.refusals)
    except SessionError as error:
        found, reason = {"ok": False}, str(error)
    return {"timeline": {**found, "reason": reason}, "journal": _journals(flow)}


def _journals(flow: Flow) -> dict[str, Any]:
    """The newest entries of each server; one that cannot be read says why, and is not empty."""
    answers, errors = flow.topology.call_each(flow.topology.names, "Get-EntraSyncJournal", Newest=ENTRIES)
    told: dict[str, Any] = {name: list(answer.get("entries") or []) for name, answer in answers.items()}
    told.update({name: [{"at": "", "function": "not read", "what": error.code}] for name, error in errors.items()})
    return dict(sorted(told.items()))
