# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Set-EntraSyncAutoUpgrade."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, State: str, Epoch: int = 0, RunId: str = "", KeepFound: bool = False) -> dict[str, Any]:  # noqa: N803
    """Set automatic upgrade."""
    with _guards.change(server, "Set-EntraSyncAutoUpgrade", Epoch, RunId, needs_token=False) as record:
        _guards.running(server)
        if KeepFound:
            _guards.keep_found(record, "auto_upgrade", server.auto_upgrade, State)
        changed, server.auto_upgrade = server.auto_upgrade != State, State
    return {"changed": changed, "state": State}
