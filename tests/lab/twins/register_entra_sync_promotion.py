# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Register-EntraSyncPromotion."""

from __future__ import annotations

import time
from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from . import _guards, _promotion


def call(server: ModelServer, Epoch: int = 0, RunId: str = "") -> dict[str, Any]:  # noqa: N803
    """Note that an operator is asked to promote this server."""
    with _guards.change(server, "Register-EntraSyncPromotion", Epoch, RunId) as record:
        _promotion.check(server, record)
        record["promotion"] = {"epoch": Epoch, "run_id": RunId, "at": iso(time.time()), "method": "wizard"}
    return {"changed": True}
