# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncRun."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from ._guards import running


def call(server: ModelServer, Newest: int = 50) -> dict[str, Any]:  # noqa: N803
    """The newest runs of the history, newest first."""
    running(server)
    return {"runs": [run.values() for run in sorted(server.cycles.history, key=lambda run: -run.started)[:Newest]]}
