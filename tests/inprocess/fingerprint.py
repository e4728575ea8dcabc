# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a world matters to what comes next: two worlds with the same fingerprint go on alike, but for ids and moments.

Left out on purpose: when the next scheduled cycle falls due, counters of the run history, copies of results, and the journal.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from tests.lab.model.server import RECORD_FILE, ModelServer

if TYPE_CHECKING:
    from .stage import Stage

PLAIN = (
    "service",
    "start_type",
    "blocked",
    "enabled",
    "suspended",
    "auto_upgrade",
    "next_policy",
    "up",
    "cloud_enabled",
    "engine_version",
    "wizard_version",
    "child",
)


def of_world(stage: Stage) -> str:
    """The fingerprint of all servers and of the person at the console."""
    order = _Order(stage)
    values = [stage.operator._busy, stage.hands_busy, [_server(server, order) for server in stage.world.servers.values()]]
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:20]


class _Order:
    """Tokens as their rank, since only which is newer and which are equal counts."""

    def __init__(self, stage: Stage) -> None:
        self.records = {name: record_of(server) for name, server in stage.world.servers.items()}
        tokens = {self.token(part) for record in self.records.values() for part in record.values() if isinstance(part, dict) and "run_id" in part}
        self._rank = {token: rank for rank, token in enumerate(sorted(tokens))}

    @staticmethod
    def token(part: dict[str, Any]) -> tuple[int, str]:
        """Of a part of a record."""
        return part["epoch"], part["run_id"]

    def rank(self, part: dict[str, Any]) -> int:
        """Of the token of a part of a record."""
        return self._rank[self.token(part)]


def record_of(server: ModelServer) -> dict[str, Any]:
    """Our record on a server, as plain values."""
    try:
        value = json.loads(server.files.get(RECORD_FILE, "{}"))
    except ValueError:
        return {"unreadable": True}
    return value if isinstance(value, dict) else {"unreadable": True}


def _server(server: ModelServer, order: _Order) -> list[Any]:
    cycles, record, now = server.cycles, order.records[server.name], server.world.clock.now
    parts: dict[str, Any] = {}
    for name, part in record.items():
        if isinstance(part, dict):
            kept = {key: value for key, value in part.items() if key not in ("epoch", "run_id", "since", "at", "lease", "by", "boot_id", "facts")}
            if "run_id" in part:
                kept["rank"] = order.rank(part)
            if name == "claim":
                kept["live"] = not part["ended"] and part["lease"] > now
            if name == "hold":
                kept["writeback"] = json.loads(part["facts"] or "{}").get("password_writeback")
                kept |= {"boot": part["boot_id"] == server.boot_id, "started": any(each > part["at"] for each in server.starts)}
            parts[name] = kept
        else:
            parts[name] = part
    newest = {run.connector + run.step_type: run.result for run in cycles.history[-12:]}
    running = cycles.running and (cycles.running.connector, cycles.running.step_type)
    doing = [cycles.in_progress, cycles.began_active, cycles.hashing, running, sorted(cycles.pending().items()), sorted(newest.items())]
    return [
        {name: getattr(server, name) for name in PLAIN},
        server.settings,
        sorted(server.processes),
        sorted(server.stored),
        server.overrides,
        parts,
        doing,
    ]


def of_answer(objects: list[Any]) -> str:
    """What of an answer counts where it is compared with another one at the same place."""
    return hashlib.sha256(json.dumps(objects, sort_keys=True, default=str).encode()).hexdigest()[:12]
