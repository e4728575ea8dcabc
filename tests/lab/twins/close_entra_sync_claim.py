# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Close-EntraSyncClaim."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from ._guards import change


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Outcome: str = "") -> dict[str, Any]:  # noqa: N803
    """End the claim; the goal keeps the outcome."""
    with change(server, "Close-EntraSyncClaim", Epoch, RunId) as record:
        record["claim"]["ended"] = True
        if Outcome and record["goal"] and record["goal"]["epoch"] == Epoch:
            record["goal"]["outcome"] = Outcome
    return {"changed": True}
