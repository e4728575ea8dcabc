# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Endpoints of a simulated server: asked for now, there a moment later, when WinRM has restarted."""

from __future__ import annotations

import threading
from typing import Any

from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import ModelServer

NONE: dict[str, Any] = {
    "exists": False,
    "ours": False,
    "capability": "",
    "fingerprint": "",
    "groups": [],
    "account_groups": [],
    "managed_account": "",
    "state": "absent",
    "error": "",
    "since": "",
}
AFTER_SECONDS = 0.3


def ask_for(server: ModelServer, name: str, wanted: dict[str, Any] | None) -> dict[str, Any]:
    """Note what is wanted, None for no endpoint, and let it come about."""
    now = server.endpoints.get(name, NONE)
    if not server.modules:
        raise Refused("server_module_missing", "no version of EntraConnectOps that can do it is installed")
    if now["exists"] and not now["ours"]:
        raise Refused("endpoint_foreign", f"there is an endpoint '{name}' that is not ours")
    since = iso(server.world.clock.now)
    server.endpoints[name] = {**now, "state": "pending", "since": since, "error": ""}

    def come_about() -> None:
        with server.world.clock.lock:
            if server.endpoint_fails:
                server.endpoints[name] = {**now, "state": "failed", "since": since, "error": server.endpoint_fails}
                return
            server.endpoints[name] = {**NONE, **(wanted or {}), "since": since}
        server.restart_winrm()

    later = threading.Timer(AFTER_SECONDS, come_about)
    later.daemon = True
    later.start()
    return {"changed": True, "name": name, "since": since}
