# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Unregister-EntraSyncEndpoint."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _endpoint, _guards


def call(server: ModelServer, Name: str) -> dict[str, Any]:  # noqa: N803
    """Ask for the end of an endpoint."""
    with _guards.change(server, "Unregister-EntraSyncEndpoint", needs_token=False):
        return _endpoint.ask_for(server, Name, None)
