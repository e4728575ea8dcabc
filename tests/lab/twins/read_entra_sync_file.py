# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Read-EntraSyncFile."""

from __future__ import annotations

import base64
from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _files


def call(server: ModelServer, Name: str, Offset: int = 0, Length: int = _files.MOST) -> dict[str, Any]:  # noqa: N803
    """A piece of a file."""
    _files.check_name(Name)
    if Offset < 0 or not 1 <= Length <= _files.MOST:
        raise Refused("bad_chunk", "the offset must be 0 or more, and the length 1 to 262144")
    file = server.stored.get(Name)
    if file is None:
        raise Refused("file_missing", f"there is no file {Name}")
    data = base64.b64encode(file[Offset : Offset + Length]).decode()
    sum_ = "" if Offset else _files.sha256_of(file)
    return {"changed": False, "name": Name, "data": data, "size": len(file), "sha256": sum_, "end": Offset + Length >= len(file)}
