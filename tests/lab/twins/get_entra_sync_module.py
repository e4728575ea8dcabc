# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncModule."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _module


def call(server: ModelServer) -> dict[str, Any]:
    """What is installed. Whether its own text was sent inline the twin cannot tell: it answers as if installed functions were used."""
    folder = r"C:\Program Files\WindowsPowerShell\Modules\EntraConnectOps"
    installed = [{"version": each, "sha256": server.modules[each], "path": rf"{folder}\{each}"} for each in _module.newest_first(server)]
    loaded = installed[0] if installed else {"version": "", "sha256": "", "path": ""}
    return {"name": "EntraConnectOps", **loaded, "endpoint": "", "installed": installed}
