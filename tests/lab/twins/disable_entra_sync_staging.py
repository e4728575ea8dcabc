# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Disable-EntraSyncStaging."""

from __future__ import annotations

import time
from typing import Any

from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards, _promotion, _sign_in


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Ticket: str, MaxAgeSeconds: int, TimeoutSeconds: int = 60) -> dict[str, Any]:  # noqa: N803
    """Promote by the global settings, on a ticket that is not too old."""
    with _guards.change(server, "Disable-EntraSyncStaging", Epoch, RunId) as record:
        _promotion.check(server, record)
        if "AzureADConnect" in server.processes:
            raise Refused("wizard_open", "the wizard is open")
        boot, issued, token = [*Ticket.split("|"), "", "", ""][:3]
        if token != f"{Epoch}.{RunId}":
            raise Refused("ticket_token", "the ticket belongs to another claim")
        if boot != server.boot_id:
            raise Refused("ticket_boot", "the server was restarted since the ticket was issued")
        age = time.monotonic() - server.booted - float(issued)
        if age > MaxAgeSeconds:
            raise Refused("ticket_old", f"the ticket is {age:.1f} s old, at most {MaxAgeSeconds} s are allowed")
        _sign_in.wanted(server, _sign_in.settings_way(server), TimeoutSeconds, lambda: server.set_staging(False))
        record["promotion"] = {"epoch": Epoch, "run_id": RunId, "at": iso(time.time()), "method": "settings"}
        server.set_staging(False)
    return {"changed": True, "staging_scheduler": None if server.quarantined else server.staging, "staging_settings": str(server.staging)}
