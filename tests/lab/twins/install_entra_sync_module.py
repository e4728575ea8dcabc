# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Install-EntraSyncModule."""

from __future__ import annotations

import json
from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards, _module


def call(server: ModelServer, Version: str, Sha256: str, Files: str) -> dict[str, Any]:  # noqa: N803
    """Install this version and remove all others."""
    with _guards.change(server, "Install-EntraSyncModule", needs_token=False):
        files = json.loads(Files)
        if wrong := [name for name in files if not _module.NAMES.fullmatch(name) or ".." in name]:
            raise Refused("module_files", f"'{wrong[0]}' is no plain relative name of a PowerShell file")
        if _module.checksum(files) != Sha256:
            raise Refused("module_checksum", "what was written has another checksum than what was sent")
        changed = server.modules != {Version: Sha256}
        _module.put(server, {Version: Sha256})
    return {"changed": changed, "version": Version, "sha256": Sha256, "left": []}
