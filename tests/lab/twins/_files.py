# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own folder of files on a simulated server: names, chunks and installers, as the functions judge them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from ..model.errors import Refused
from ..model.installer import Installer
from ..model.server import ModelServer

MOST = 262144
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I)


def check_name(name: str) -> None:
    """Raises `Refused` for what is no plain file name."""
    if not _PLAIN.fullmatch(name) or _DEVICE.fullmatch(name) or name.endswith(".") or name.lower().endswith(".part"):
        raise Refused("bad_file_name", f"'{name}' is no plain file name")


def chunk(text: str, offset: int, size: int, sha256: str) -> bytes:
    """The bytes of a chunk. Raises `Refused` for one that cannot be."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Refused("bad_chunk", "the data is no base64 text") from None
    if not re.fullmatch("[0-9a-fA-F]{64}", sha256) or len(data) > MOST or not 0 <= offset <= offset + len(data) <= size:
        raise Refused("bad_chunk", f"offset {offset} and {len(data)} bytes are not within {size}")
    if not data and offset != size:
        raise Refused("bad_chunk", "only the last chunk may be empty")
    return data


def sha256_of(data: bytes | None) -> str:
    """As our functions write a checksum; empty where there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest().upper()


def installer(server: ModelServer, path: str, name: str) -> tuple[bytes | None, Installer | None]:
    """The file that was named, by its path or in our folder, and what it is."""
    if path:
        known = server.installers.get(path)
        return (None, None) if known is None else (known.file, known)
    check_name(name)
    data = server.stored.get(name)
    return data, None if data is None else Installer.from_file(data)
