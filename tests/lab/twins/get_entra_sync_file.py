# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncFile."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _files


def call(server: ModelServer, Name: str) -> dict[str, Any]:  # noqa: N803
    """What is there of a file, finished and unfinished."""
    _files.check_name(Name)
    file, part = server.stored.get(Name), server.stored.get(f"{Name}.part")
    return {
        "name": Name,
        "exists": file is not None,
        "size": len(file or b""),
        "sha256": _files.sha256_of(file),
        "part_size": len(part or b""),
        "part_sha256": _files.sha256_of(part),
    }
