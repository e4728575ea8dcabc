# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read on every server how it has been, side by side, and judge it by what was there before. Changes nothing.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from .._rules import health
from .._rules.health_text import lines
from .._rules.history_cycles import moment
from .flow import Flow, Stop

LOOK_BACK = timedelta(days=7)  # as long as ADSync keeps its run history (adsync.md 2.6)


def read_health(flow: Flow, since: str | None, baseline: Mapping[str, Any] | None, show: bool) -> dict[str, Any]:
    """Every server's health, told per server; one that gives no answer is told as not read, and is never well.

    Args:
        since: from when on, UTC as ISO 8601. By default since the baseline was taken, by each server's own clock, else seven days back.
        baseline: ``servers`` of an earlier answer, taken before the change.

    Raises:
        Stop: ``refused``, where a value cannot be meant; nobody was asked.
    """
    before = dict(baseline or {})
    _check(flow, since, before)
    default = since or (datetime.now(timezone.utc) - LOOK_BACK).isoformat()
    own = {name: {"Since": _sent(since or str(before.get(name, {}).get("now") or "") or default)} for name in flow.topology.names}
    answers, errors = flow.topology.call_each(flow.topology.names, "Get-EntraSyncHealth", own=own)
    hashes = health.hashed(answers)
    if any(_had_hashes(each) for each in before.values()):
        hashes = True
    servers: dict[str, Any] = {name: health.judge(answer, before.get(name), hashes) for name, answer in answers.items()}
    servers.update({name: health.unread(error.reason) for name, error in errors.items()})
    servers = dict(sorted(servers.items()))
    found = [each for server in servers.values() for each in health.serious(server)]
    text = lines(servers)
    if show:
        flow.show(text)
    whole = all(server["read"] and not server["not_read"] for server in servers.values())
    return {"outcome": "done", "ok": not found and whole, "serious": len(found), "whole": whole, "servers": servers, "text": text}


def _check(flow: Flow, since: str | None, before: Mapping[str, Any]) -> None:
    if since and moment(since) is None:
        raise Stop("refused", "bad_time", flow.server, option="since", value=since)
    for name, each in before.items():
        if not isinstance(each, Mapping) or "read" not in each or not isinstance(each.get("new"), list) or not isinstance(each.get("old"), list):
            raise Stop("refused", "bad_baseline", flow.server, detail=f"its value for {name} is none")


def _sent(text: str) -> str:
    """A time as the function takes it, to the second, rounded down: an event twice is better than none."""
    told = moment(text)
    if told is None:  # both what users give and what servers tell was looked at before
        raise ValueError(text)
    return datetime.fromtimestamp(told, timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def _had_hashes(before: Any) -> bool:
    return bool((before.get("password_hashes") or {}).get("last"))
