# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncPendingExport. What it counts are the model's own objects: there is no file."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from . import _pending
from ._guards import running


def call(
    server: ModelServer,
    Detail: bool = False,  # noqa: N803
    Samples: int = 0,  # noqa: N803
    Watch: list[str] | str | None = None,  # noqa: N803
    MostSeconds: int = 600,  # noqa: N803
) -> dict[str, Any]:
    """Statistics of each connector, and what csexport would show of it."""
    running(server)
    watch = [Watch] if isinstance(Watch, str) else Watch or []
    told: dict[str, Any] = {"now": iso(server.world.clock.now), "connectors": [], "attributes": [], "object_types": [], "samples": []}
    for name, kind in server.connectors.items():
        _pending.add(told, server, name, kind, (watch, max(0, min(100, Samples))) if Detail else None, MostSeconds)
    return told
