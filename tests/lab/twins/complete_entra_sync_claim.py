# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Complete-EntraSyncClaim."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from ._guards import change


def call(server: ModelServer, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """All members were taken: the claim's goal is in force."""
    with change(server, "Complete-EntraSyncClaim", Epoch, RunId) as record:
        claim = record["claim"]
        claim["complete"] = True
        names = ("active", "former", "version", "order", "method", "verb")
        record["goal"] = {
            "epoch": Epoch,
            "run_id": RunId,
            "outcome": "",
            "members": claim["members"],
            "member_names": claim.get("member_names") or [],
            "tenant": claim["tenant"],
            **{name: claim.get(f"goal_{name}") or "" for name in names},
        }
    return {"changed": True}
