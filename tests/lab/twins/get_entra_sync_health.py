# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncHealth. Its times are the lab's, as those of the run history are."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ..model.clock import iso
from ..model.server import PREVENTION, ModelServer
from . import _events, _full, get_entra_sync_journal, get_entra_sync_prerequisite

ROLE_CHANGES = ("Enable-EntraSyncStaging", "Disable-EntraSyncStaging", "Register-EntraSyncPromotion", "Enter-EntraSyncHold")
AGENTS = ("AzureADConnectHealthSyncMonitor", "AzureADConnectHealthSyncInsights", "AzureADConnectAgentUpdater", "AzureADConnectAuthenticationAgent")


def call(server: ModelServer, Since: str = "", Most: int = 500) -> dict[str, Any]:  # noqa: N803
    """Read it; nothing fails as a whole."""
    since, ahead = datetime.strptime(Since, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc).timestamp(), server.clock_ahead
    answers = server.service == "Running" and server.module_present
    sources, events = _events.parts(server, since - ahead, Most)
    status = {"ADSync": (server.service, server.start_type), **{name: (state, "Automatic") for name, state in server.agents.items()}}
    names = [(name, *status.get(name, ("", ""))) for name in ("ADSync", *AGENTS)]
    journal = None if server.journal_fails else get_entra_sync_journal.call(server, 20, list(ROLE_CHANGES))["entries"]
    identity = get_entra_sync_prerequisite.identity(server, "")
    return {
        "role_entries": journal,
        "now": iso(server.world.clock.now + ahead),
        "since": iso(since),
        "log_from": "" if server.log.fails else iso(server.log_from + ahead),
        "log_error": _events.UNREADABLE if server.log.fails else "",
        "sources": sources,
        "events": events,
        "services": [{"name": name, "found": name in status, "status": state, "start_type": start} for name, state, start in names],
        "staging": server.staging if answers and not server.quarantined else None,
        "imports": _imports(server) if answers else None,
        "password_sync": _hashes(server) if answers else None,
        "deletion_prevention": server.settings.get(PREVENTION, "") if answers else "",
        "deletion_threshold": server.settings.get(f"{PREVENTION}Value", "") if answers else "",
        "certificate": identity["certificate"] if answers else None,
        "certificate_ends": identity["certificate_ends"] if answers else "",
    }


def _imports(server: ModelServer) -> list[dict[str, Any]]:
    newest: dict[str, dict[str, Any]] = {}
    for run in sorted(server.cycles.history, key=lambda run: -run.started)[:60]:
        if "import" in run.step_type:
            newest.setdefault(run.connector, run.values(server.clock_ahead))
    return [
        {**{key: run[key] for key in ("connector", "step_type", "complete", "started", "ended")}, "result": run["step_result"]}
        for run in newest.values()
    ]


def _hashes(server: ModelServer) -> list[dict[str, Any]]:
    rows = _full.password_sync(server)
    return [{"dn": row["dn"], "status": row["status"], "succeeded": row["started"]} for row in rows]
