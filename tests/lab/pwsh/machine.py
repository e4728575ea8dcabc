# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stubs ask about the machine, the database and the cloud identity."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from .verb import CmdletError, Verb, running


def _database(server: ModelServer, _given: dict[str, Any]) -> Any:
    if server.prerequisites.database is None:
        raise CmdletError("The database cannot be reached.")
    return server.prerequisites.database


def _reachable(server: ModelServer, given: dict[str, Any]) -> Any:
    why = server.prerequisites.unreachable.get(given["connector"], "")
    return [{"name": given["connector"], "reachable": not why, "error": why}]


MACHINE: dict[str, Verb] = {
    "database": running(_database),
    "credential": lambda server, _given: server.prerequisites.credential,
    "reachable": running(_reachable),
    "registry": lambda server, given: server.prerequisites.value(given["path"], given["name"]),
    "registry_key": lambda server, given: given["path"] in server.prerequisites.registry,
    "free_mb": lambda server, _given: server.prerequisites.free_mb,
    "config_changed": lambda server, _given: server.prerequisites.config_changed,
    "certificate_ends": lambda server, _given: server.prerequisites.certificate_ends,
}
