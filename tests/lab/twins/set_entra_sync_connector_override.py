# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Set-EntraSyncConnectorOverride."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, Connector: str, Epoch: int = 0, RunId: str = "", **given: Any) -> dict[str, Any]:  # noqa: N803
    """Set what is given."""
    with _guards.change(server, "Set-EntraSyncConnectorOverride", Epoch, RunId, needs_token=False, detail=Connector):
        _guards.running(server)
        name = next((each for each in server.connectors if each.lower() == Connector.lower()), None)
        if name is None:
            raise Refused("connector_missing", f"there is no connector '{Connector}'")
        full_import, full_sync = server.overrides.get(name, (False, False))
        server.overrides[name] = (bool(given.get("FullImport", full_import)), bool(given.get("FullSync", full_sync)))
    return {"changed": True}
