# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Set-EntraSyncFence."""

from __future__ import annotations

import time
from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Server: str, Kind: str, **given: Any) -> dict[str, Any]:  # noqa: N803
    """Record that another server is declared out; the time stays while the fence is the same."""
    with _guards.change(server, "Set-EntraSyncFence", Epoch, RunId, detail=f"{Kind} {Server}") as record:
        told = {name: given.get(name.capitalize()) or "" for name in ("reason", "evidence", "identity", "exported")}
        fence = {"server": Server, "kind": Kind.lower(), **told, "since": iso(time.time()), "by": record["claim"]["who"]}
        known = next((each for each in record["fences"] if each["server"] == Server), None)
        differs = {name for name in ("kind", *told) if known is not None and (known.get(name) or "") != fence[name]}
        if known is not None and not differs & {"kind", "identity", "exported"}:
            fence["since"] = known.get("since")
        if known is not None and not differs:
            return {"changed": False}
        record["fences"] = [each for each in record["fences"] if each["server"] != Server] + [fence]
    return {"changed": True}
