# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Register-EntraSyncEndpoint."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _endpoint, _guards


def call(
    server: ModelServer,
    Name: str,  # noqa: N803
    Capability: str,  # noqa: N803
    Fingerprint: str,  # noqa: N803
    Groups: list[str],  # noqa: N803
    AccountGroups: list[str] | None = None,  # noqa: N803
    ManagedAccount: str = "",  # noqa: N803
) -> dict[str, Any]:
    """Ask for an endpoint."""
    with _guards.change(server, "Register-EntraSyncEndpoint", needs_token=False):
        if not Groups:
            raise Refused("endpoint_values", "no group is given, so that nobody could use the endpoint")
        wanted: dict[str, Any] = {"capability": Capability, "fingerprint": Fingerprint, "groups": Groups, "account_groups": AccountGroups or []}
        wanted |= {"managed_account": ManagedAccount, "exists": True, "ours": True, "state": "registered"}
        return _endpoint.ask_for(server, Name, wanted)
