# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Set-EntraSyncSerial."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Serial: int, Restored: bool = False) -> dict[str, Any]:  # noqa: N803
    """Give the last proved switch its number, or mark a server as restored."""
    with _guards.change(server, "Set-EntraSyncSerial", Epoch, RunId) as record:
        record["restored"], record["serial"] = Restored, Serial
        if not Restored:
            record["promotion"] = None
    return {"changed": True}
