# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which code a result was measured with, so that no result of other code is taken for one of this."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = (".py", ".yml", ".ps1", ".psm1", ".psd1")


@lru_cache
def checksum(*places: str) -> str:
    """Of all code and data in these files and folders of the repository."""
    total = hashlib.sha256()
    for place in places:
        for path in sorted([ROOT / place, *(ROOT / place).rglob("*")]):
            if path.is_file() and path.suffix in KINDS:
                total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return total.hexdigest()[:16]
