# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncTicket."""

from __future__ import annotations

import time
from typing import Any

from ..model.server import ModelServer
from . import _guards, _record


def call(server: ModelServer, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """A ticket of boot id, monotonic time and token."""
    _guards.check_token(_record.load(server), Epoch, RunId, True)
    return {"ticket": f"{server.boot_id}|{time.monotonic() - server.booted:.3f}|{Epoch}.{RunId}"}
