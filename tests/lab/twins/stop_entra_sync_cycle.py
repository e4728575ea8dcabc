# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Stop-EntraSyncCycle."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """End the running cycle."""
    with _guards.change(server, "Stop-EntraSyncCycle", Epoch, RunId, needs_token=False):
        _guards.running(server)
        server.cycles.abort("stopped-user-termination-from-wmi-or-ui")
    return {"changed": True, "accepted": True}
