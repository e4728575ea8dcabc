# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of files in our folder on a server, and how sizes are told.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re

MOST_BYTES = 2**31 - 1  # offsets are whole numbers of 32 bits on the way
CHUNK_BYTES = 262144  # the server takes no longer ones
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I)


def name_problem(name: str) -> str:
    """What is wrong with a file's name, for the folder on a server; empty where nothing is. The server judges by the same rule."""
    if not _PLAIN.fullmatch(name):
        return f"'{name}' has other characters than letters, digits, dots, dashes and underscores, begins with a dot, or is too long"
    if _DEVICE.fullmatch(name):
        return f"'{name}' is the name of a device on Windows"
    if name.endswith(".") or name.lower().endswith(".part"):
        return f"'{name}' must not end with a dot or .part"
    return ""


def is_bare(text: str) -> bool:
    """Whether a text is the name of a file without any folder, neither as Windows nor as others write one."""
    return bool(text) and not set(text) & set("/\\:")


def size_text(size: int) -> str:
    """A size for people: ``900 bytes``, ``12 KB``, ``152.3 MB``; a MB is 1,000,000 bytes."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size // 1000} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
