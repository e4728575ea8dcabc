# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncInstaller."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer


def call(server: ModelServer, Path: str) -> dict[str, Any]:  # noqa: N803
    """What a file is, without running it."""
    file = server.installers.get(Path)
    if file is None:
        return {"exists": False, "sha256": "", "version": "", "size": 0}
    return {"exists": True, "sha256": file.sha256, "version": file.version, "size": len(file.content)}
