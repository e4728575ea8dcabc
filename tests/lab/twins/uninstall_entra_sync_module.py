# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Uninstall-EntraSyncModule."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards, _module


def call(server: ModelServer) -> dict[str, Any]:
    """Remove every version."""
    with _guards.change(server, "Uninstall-EntraSyncModule", needs_token=False):
        changed = bool(server.modules)
        _module.put(server, {})
    return {"changed": changed, "left": []}
