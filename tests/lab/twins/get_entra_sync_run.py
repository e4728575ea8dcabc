# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncRun."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from ._guards import running


def call(server: ModelServer, Newest: int = 50) -> dict[str, Any]:  # noqa: N803
    """The newest runs of the history, newest first, in the server's own time."""
    running(server)
    newest = sorted(server.cycles.history, key=lambda run: -run.started)[:Newest]
    return {"now": iso(server.world.clock.now + server.clock_ahead), "runs": [run.values(server.clock_ahead) for run in newest]}
