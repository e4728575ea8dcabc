# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of Get-EntraSyncServer that is read only when everything is asked for."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from . import _sign_in


def values(server: ModelServer, answers: bool) -> dict[str, Any]:
    """Connectors, pending exports, last runs, versions, and what else a full read gives."""
    newest = {(run.connector, run.profile): run for run in server.cycles.history}
    connectors = [{"name": name, "identifier": server.connector_id(name), "kind": kind} for name, kind in server.connectors.items()]
    nothing = {"adds": 0, "updates": 0, "deletes": 0}
    return {
        "tenant": server.world.tenant.name if answers else "",
        "connectors": connectors if answers else None,
        "pending": [{"connector": name, **(server.cycles.pending() if kind == "entra" else nothing)} for name, kind in server.connectors.items()]
        if answers
        else None,
        "pending_error": "" if answers else "Synchronization Service is not running.",
        "runs": [run.values() for run in newest.values()] if answers else None,
        "overrides": _overrides(server) if answers else None,
        "auto_upgrade": server.auto_upgrade if answers else "",
        "password_writeback": server.password_writeback if answers else None,
        "configuration_version": server.configuration_version if answers else "",
        "journal_writable": not server.journal_fails,
        "scheduler_wants_sign_in": _sign_in.at_least(server, 2, 6, 84),  # by the version alone (adsync.md 1.3): nothing tells before the call
    }


def _overrides(server: ModelServer) -> list[dict[str, Any]]:
    found = {name: server.overrides.get(name, (False, False)) for name in server.connectors}
    return [{"connector": name, "full_import": one, "full_sync": two} for name, (one, two) in found.items()]


def password_sync(server: ModelServer) -> list[dict[str, Any]]:
    """The last password-hash cycle."""
    cycles = server.cycles
    if not server.password_hashes or not cycles.hash_started:
        return []
    status = "InProgress" if cycles.hashing else "Successful"
    ended = "" if cycles.hashing else iso(cycles.hash_ended)
    return [
        {
            "connector_id": server.connector_id("contoso.local"),
            "dn": "DC=contoso,DC=local",
            "status": status,
            "started": iso(cycles.hash_started),
            "ended": ended,
        }
    ]


def weakness(server: ModelServer) -> str:
    """Why our block would not hold everything back; empty where it would."""
    if not server.firewall_on:
        return "the Windows firewall is off"
    if server.allow_bypass:
        return "an allow-bypass rule goes before it"
    return "" if server.blocked else "our rule is not there"
