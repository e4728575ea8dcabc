# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Update-EntraSyncLease."""

from __future__ import annotations

import time
from typing import Any

from ..model.server import ModelServer
from . import _guards, _record, get_entra_sync_server


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", LeaseSeconds: int) -> dict[str, Any]:  # noqa: N803
    """Renew the lease, then read."""
    record = _record.load(server)
    _guards.check_token(record, Epoch, RunId, True)
    record["claim"]["lease"] = max(record["claim"]["lease"], time.time() + LeaseSeconds)
    _record.save(server, record)
    return get_entra_sync_server.call(server)
