# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated server whose WinRM restarts: every session ends, and for a moment nothing answers."""

from __future__ import annotations

import threading

from .host import LabHost

AWAY_SECONDS = 1.0


def restart_winrm(host: LabHost, seconds: float = AWAY_SECONDS) -> None:
    """End all connections and shells of a host, and let it answer again after ``seconds``; what does not belong to a shell goes on."""
    host.down = True
    host.drop_shells()
    later = threading.Timer(seconds, setattr, (host, "down", False))
    later.daemon = True
    later.start()
