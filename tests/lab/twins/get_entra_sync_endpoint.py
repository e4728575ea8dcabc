# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncEndpoint."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _endpoint


def call(server: ModelServer, Name: str) -> dict[str, Any]:  # noqa: N803
    """What is there under this name."""
    return {"name": Name, **_endpoint.NONE, **server.endpoints.get(Name, {})}
