# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Remove-EntraSyncFile."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _files, _guards


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Name: str, PartOnly: bool = False) -> dict[str, Any]:  # noqa: N803
    """Delete a file and its part."""
    _files.check_name(Name)
    _guards.journal(server, "Remove-EntraSyncFile", "intent", f"{Epoch}.{RunId}")
    wanted = [f"{Name}.part", *([] if PartOnly else [Name])]
    there = [each for each in wanted if each in server.stored]
    for each in there:
        del server.stored[each]
    _guards.journal(server, "Remove-EntraSyncFile", "done", f"{Epoch}.{RunId}")
    return {"changed": bool(there), "name": Name}
