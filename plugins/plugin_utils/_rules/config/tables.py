# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables beside this file: what is left out of a comparison, what is secret, and what each kind of difference weighs.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from ..tables import read_table


def _table(name: str) -> dict[str, Any]:
    return read_table(__file__, name)


def groups() -> list[str]:
    """The groups of differences, in the order in which they are told."""
    return list(_table("kinds.yml")["groups"])


def verdict_words() -> dict[str, str]:
    """What each verdict means, in words."""
    return dict(_table("kinds.yml")["verdicts"])


def counted(by_verdict: Mapping[str, int]) -> str:
    """How many differences of each verdict there are, in words."""
    words = verdict_words()
    return (
        ", ".join(f"{count} {words.get(verdict, verdict)}" for verdict, count in sorted(by_verdict.items(), reverse=True)) or "the settings are equal"
    )


def wizard_unread() -> str:
    """What is said where only the wizard's file could tell the rest."""
    return str(_table("kinds.yml")["wizard_unread"])


def kind_facts(kind: str) -> dict[str, str]:
    """``group``, ``verdict`` and ``why`` of a kind. Raises KeyError for one that there is not."""
    facts: dict[str, str] = _table("kinds.yml")["kinds"][kind]
    return facts


def kind_of(part: str, path: str) -> str:
    """The kind of a setting by its path."""
    for row in _table("kinds.yml")["paths"]:
        if row["in"] == part and fnmatchcase(path, row["path"]):
            return str(row["kind"])
    return "setting"


@lru_cache(maxsize=65536)
def is_left_out(part: str, path: str) -> bool:
    """Whether a path is no matter of a comparison, by the table of volatile parts."""
    rows = (row["path"] for row in _table("volatile.yml")["left_out"] if row["in"] == part)
    return any(fnmatchcase(path, row) or path.startswith(f"{row}/") for row in rows)


def is_secret(path: str) -> bool:
    """Whether a path may hold a secret."""
    lower = path.lower()
    return any(fnmatchcase(lower, row) for row in _table("volatile.yml")["secret"])


def without_own_names(text: str) -> str:
    """A value without the names that each server has for itself."""
    for row in _table("volatile.yml")["own_names"]:
        text = re.sub(row["pattern"], row["text"], text)
    return text
