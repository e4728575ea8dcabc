# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zips that come from a server: which names and sizes are taken, before anything is unpacked.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_ZIP = 256 * 1024 * 1024  # what a server may send at all
MOST_FILES = 20_000  # a rule is one file; large installations have some hundreds
MOST_FILE = 64 * 1024 * 1024
MOST_ALL = 512 * 1024 * 1024  # what a server packs at most
_BAD = re.compile(r'[\x00-\x1f:*?"<>|]')
LINK = 0o120000
_KIND = 0o170000


@dataclass(frozen=True)
class Entry:
    """What a zip says of a file in it.

    Attributes:
        name: path as it is written there.
        size: in bytes, as it is told; the real one is counted while it is unpacked.
        mode: of Unix, 0 where none is told.
        locked: whether it is encrypted.
    """

    name: str
    size: int
    mode: int = 0
    locked: bool = False

    @property
    def path(self) -> str:
        """The path with '/', also where an older .NET wrote it with backslashes."""
        return self.name.replace("\\", "/")


def zip_problem(entries: Sequence[Entry]) -> str:
    """Why a zip is not unpacked, as a part of a sentence; empty where nothing stands against it."""
    if len(entries) > MOST_FILES:
        return f"it has {len(entries)} files, more than {MOST_FILES}"
    seen: set[str] = set()
    for entry in entries:
        parts = entry.path.rstrip("/").split("/")
        if _BAD.search(entry.path) or any(part in ("", ".", "..") or part.endswith((" ", ".")) for part in parts):
            return f"the name {entry.name[:80]!r} in it would lead out of its folder, or is no name of a file"
        if entry.mode & _KIND == LINK or entry.locked:
            return f"{entry.name[:80]!r} in it is a link, or encrypted"
        if entry.path.lower() in seen:
            return f"it has {entry.name[:80]!r} twice"
        seen.add(entry.path.lower())
    large = next((entry for entry in entries if entry.size > MOST_FILE), None)
    if large is not None or sum(entry.size for entry in entries) > MOST_ALL:
        return f"unpacked it would be larger than {MOST_ALL} bytes, or one of its files than {MOST_FILE}"
    return ""


def folder_name(server: str) -> str:
    """A folder's name for a server, whatever its inventory name is."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", server).lstrip(".") or "_"
    return plain[:80]
