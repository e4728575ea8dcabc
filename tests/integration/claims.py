# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run that was killed leaves behind: workers that live to their next request, and claims that live until their lease ends."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tests.lab.fleet import Fleet
from tests.lab.model.server import RECORD_FILE

from .runner import wait_until


def settle(fleet: Fleet, folders: Iterable[Path]) -> None:
    """Until no process of the controllers in these folders is left, and nobody's claim is live."""
    folders = [str(folder) for folder in folders]
    wait_until("no worker of a killed run is left", lambda: not any(where in folders for where in _working_folders()))
    wait_until("no claim is live", lambda: not any(live(fleet, name) for name in fleet.hosts))


def live(fleet: Fleet, name: str) -> bool:
    """Whether somebody holds the claim of a server now."""
    with fleet.clock.lock:
        record = json.loads(fleet.world.servers[name].files.get(RECORD_FILE) or "{}")
    claim = record.get("claim") or {}
    if not claim or claim.get("ended", True):
        return False
    until = claim["lease"] if "lease" in claim else datetime.fromisoformat(claim["lease_until"]).timestamp()  # the twins', the functions' own
    return float(until) > time.time()


def _working_folders() -> Iterable[str]:
    """Where the processes of this machine are at work, as far as that can be read; a run is at work in its controller's folder."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            yield str((process / "cwd").readlink())
        except OSError:  # it has ended meanwhile, or is a zombie
            continue
