# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of New-EntraSyncClaim."""

from __future__ import annotations

import time
from typing import Any

from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards, _record


def call(server: ModelServer, ExpectedEpoch: int, ExpectedRunId: str, Epoch: int, RunId: str, TakeOver: bool = False, **given: Any) -> dict[str, Any]:  # noqa: N803
    """Take the claim where it still is as it was read."""
    record = _record.load(server)
    claim = record["claim"]
    present = (claim["epoch"], claim["run_id"]) if claim else (0, "")
    holder = f"{claim['who']} holds it since {claim['since']} with token {claim['epoch']}.{claim['run_id']}" if claim else "nobody holds it"
    if present != (ExpectedEpoch, ExpectedRunId):
        raise Refused("claim_changed", holder)
    if claim and _record.is_live(claim) and not TakeOver:
        raise Refused("claim_live", holder)
    if present[0] >= Epoch:
        raise Refused("epoch_low", f"epoch {present[0]} was seen, {Epoch} was given")
    overrides = given.get("Overrides") or ""
    _guards.journal(server, "New-EntraSyncClaim", "intent", f"{Epoch}.{RunId}", overrides)
    try:
        _guards.end_child(server)
    except Refused:
        _guards.journal(server, "New-EntraSyncClaim", "refused", f"{Epoch}.{RunId}")
        raise
    goal = {f"goal_{name}": given.get(f"Goal{name.capitalize()}") or "" for name in ("active", "former", "version", "order", "method", "verb")}
    now = time.time()
    record["claim"] = {
        "epoch": Epoch,
        "run_id": RunId,
        "who": given["Who"],
        "since": iso(now),
        "lease": now + given["LeaseSeconds"],
        "lease_seconds": given["LeaseSeconds"],
        "ended": False,
        "kind": given["Kind"],
        "complete": False,
        "members": given["Members"],
        "member_names": [name for name in given.get("MemberNames") or [] if name],
        "tenant": given.get("Tenant") or "",
        **goal,
    }
    _record.save(server, record)
    _guards.journal(server, "New-EntraSyncClaim", "done", f"{Epoch}.{RunId}", overrides)
    return {"changed": True, "token": f"{Epoch}.{RunId}"}
