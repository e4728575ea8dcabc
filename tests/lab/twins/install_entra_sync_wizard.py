# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Install-EntraSyncWizard."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _guards


def call(server: ModelServer, Epoch: int, RunId: str, Path: str, Sha256: str, TimeoutSeconds: int = 900) -> dict[str, Any]:  # noqa: N803
    """Lay the wizard down; the engine stays as it is (adsync.md 6.3)."""
    with _guards.change(server, "Install-EntraSyncWizard", Epoch, RunId):
        file = server.installers.get(Path)
        if file is None:
            raise Refused("installer_missing", f"there is no file {Path}")
        if file.sha256.lower() != Sha256.lower():
            raise Refused("checksum_wrong", f"{Path} has another checksum")
        server.wizard_version = file.version
    return {"changed": True, "exit_code": 0, "reboot": False}
