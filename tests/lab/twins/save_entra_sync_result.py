# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Save-EntraSyncResult."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, RunId: str, Text: str) -> dict[str, Any]:  # noqa: N803
    """Keep a copy of a run's result beside the record."""
    path = f"result-{RunId}.json"
    _guards.journal(server, "Save-EntraSyncResult", "intent")
    server.files[path] = Text
    _guards.journal(server, "Save-EntraSyncResult", "done")
    return {"changed": True, "path": path}
