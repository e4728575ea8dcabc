# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person at the wizards of a plan has to have ready, in words.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


def needs(upgraded: Iterable[str], staged: Iterable[str], msi: str = "") -> str:
    """One sentence: which sessions, which role, which MSI, how many wizards, about how long.

    Args:
        upgraded: servers whose upgrade a person finishes, one entry a wizard.
        staged: servers whose staging mode a person changes, likewise.
        msi: as the user named it; empty where nobody did.
    """
    upgrades, changes, words = list(upgraded), list(staged), table()
    servers = ", ".join(dict.fromkeys([*upgrades, *changes]))
    parts = [words["session"].format(servers=servers), words["role"]]
    if upgrades:
        parts += [words["enterprise_admin"], words["msi"].format(msi=msi) if msi else words["msi_unnamed"]]
    wizards = len(upgrades) + len(changes)
    minutes = len(upgrades) * words["minutes"]["upgrade"] + len(changes) * words["minutes"]["staging"]
    parts.append(words["time"].format(wizards=f"{wizards} wizard{'s' if wizards > 1 else ''}", minutes=minutes))
    return "; ".join(parts)


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The words and minutes."""
    values: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "operator_needs.yml").read_text(encoding="utf-8"))
    return values
