# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Clear-EntraSyncFence."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from ._guards import change


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Server: str) -> dict[str, Any]:  # noqa: N803
    """Forget that another server was declared out."""
    with change(server, "Clear-EntraSyncFence", Epoch, RunId, detail=Server) as record:
        kept = [each for each in record["fences"] if each["server"] != Server]
        changed = len(kept) < len(record["fences"])
        record["fences"] = kept
    return {"changed": changed}
