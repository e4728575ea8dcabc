# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Write-EntraSyncFile."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _files, _guards

NAME = "Write-EntraSyncFile"


def call(server: ModelServer, *, Epoch: int = 0, RunId: str = "", Name: str, Offset: int = 0, Data: str, Size: int, Sha256: str) -> dict[str, Any]:  # noqa: N803
    """Append a chunk; the last one gives the file its name."""
    _files.check_name(Name)
    data, part, token = _files.chunk(Data, Offset, Size, Sha256), f"{Name}.part", f"{Epoch}.{RunId}"
    if Offset == 0:
        _guards.journal(server, NAME, "intent", token)
    try:
        _append(server, part, Offset, data)
        if Offset + len(data) == Size:
            _finish(server, Name, Sha256)
    except Refused:
        with suppress(Refused):  # a refusal stays true without its line
            _guards.journal(server, NAME, "refused", token)
        raise
    if Offset + len(data) == Size:
        _guards.journal(server, NAME, "done", token)
    return {"changed": True, "name": Name, "size": Offset + len(data), "complete": Offset + len(data) == Size}


def _append(server: ModelServer, part: str, offset: int, data: bytes) -> None:
    present = server.stored.get(part, b"")
    if len(present) != offset:
        raise Refused("file_offset", f"{len(present)} bytes of {part} are here, the chunk begins at {offset}")
    if server.disk_full:
        raise Refused("file_write", f"{part}: There is not enough space on the disk.")
    server.stored[part] = present + data


def _finish(server: ModelServer, name: str, sha256: str) -> None:
    data = server.stored.pop(f"{name}.part")
    if _files.sha256_of(data) != sha256.upper():
        raise Refused("checksum_wrong", f"{name} arrived with {_files.sha256_of(data)}")
    server.stored[name] = data
