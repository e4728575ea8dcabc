# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Enable-EntraSyncStaging."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards, _sign_in


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", TimeoutSeconds: int = 60) -> dict[str, Any]:  # noqa: N803
    """Demote by the global settings."""
    with _guards.change(server, "Enable-EntraSyncStaging", Epoch, RunId):
        _guards.running(server)
        changed = not server.staging
        if changed:
            _sign_in.wanted(server, _sign_in.settings_way(server), TimeoutSeconds, lambda: server.set_staging(True))
            server.set_staging(True)
    return {"changed": changed, "staging_scheduler": None if server.quarantined else server.staging, "staging_settings": str(server.staging)}
