# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets pytest import the collection under its full name, also where it was not started by make."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TREE = ROOT / "build" / "collections"


def _link() -> None:
    place = TREE / "ansible_collections" / "hybrid_identity" / "entra_connect"
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.symlink_to(Path("../../../.."))


_link()
sys.path[:0] = [str(TREE), str(ROOT)]
