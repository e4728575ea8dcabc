# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Freeze automatic upgrade for the time of an operation, and restore it as found.

Internal to the collection: no promise of stability between releases.

``Suspended`` is not off: only ``Disabled`` keeps the service from upgrading in the middle of a switch (adsync.md 6.4).
"""

from __future__ import annotations

from typing import Any

from .._rules.roles import down_by_us
from .flow import Flow, Stop
from .found import restore, tell_change

WANTED = {"frozen": "Disabled", "disabled": "Disabled", "enabled": "Enabled"}


def configure(flow: Flow, state: str, check: bool) -> dict[str, Any]:
    """Bring automatic upgrade of the task's server into ``state``; ``query`` only reads.

    Raises:
        Stop: its state cannot be read.
    """
    read = flow.read_one(full=True)
    if state == "restored":
        return restore(flow, read, "auto_upgrade", check)
    present = read.auto_upgrade
    if not present and state == "frozen" and down_by_us(read):
        # a stopped service upgrades nothing and cannot be asked; what an earlier run found stays noted
        return {"outcome": "already", "auto_upgrade": "", "before": {}, "after": {}}
    if not present:
        raise Stop("unknown", "auto_upgrade_unread", flow.server)
    before = {"auto_upgrade": present}
    if state == "query" or present == WANTED[state]:
        return {"outcome": "already", "auto_upgrade": present, "before": before, "after": before}
    after = {"auto_upgrade": WANTED[state]}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "auto_upgrade": present, "before": before, "after": after}
    tell_change(flow, read, "auto_upgrade", present)
    flow.topology.call(flow.server, "Set-EntraSyncAutoUpgrade", State=WANTED[state], KeepFound=state == "frozen")
    return {"outcome": "done", "auto_upgrade": WANTED[state], "before": before, "after": after}
