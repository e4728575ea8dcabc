# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guards that both ways of promoting share."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards


def check(server: ModelServer, record: dict[str, Any]) -> None:
    """Raises `Refused`, each reason by its own code."""
    hold, claim = record["hold"], record["claim"]
    if not claim["complete"]:
        raise Refused("claim_incomplete", "the claim was not taken on all members")
    if hold is not None:
        raise Refused("target_held" if hold["state"] == "complete" else "target_pending", "a held server is not promoted")
    if record["quarantine"] is not None:
        raise Refused("target_quarantined", "a server in quarantine is not promoted")
    if record["restored"]:
        raise Refused("target_restored", "a restored server is not promoted before an initial cycle")
    if server.child is not None:
        raise Refused("child_running", "a call of an earlier run still waits for a sign-in")
    if not server.staging or not _guards.both_readings(server, record):
        raise Refused("role_changed", "not both readings say staging")
