# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers by which gates judge, and what a user may write instead: the table thresholds.yml.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .settings import whole
from .tables import read_table

VARIABLE = "entra_connect_thresholds"


def table() -> dict[str, dict[str, Any]]:
    """Name of each threshold -> ``value``, ``unit``, ``why``, and the ``least`` and ``most`` that make sense."""
    return read_table(__file__, "thresholds.yml")


def threshold(options: Mapping[str, Any], name: str) -> int:
    """The number in force."""
    return int((options.get("thresholds") or {}).get(name, table()[name]["value"]))


def day(options: Mapping[str, Any], name: str) -> date:
    """The day in force."""
    return date.fromisoformat(str((options.get("thresholds") or {}).get(name, table()[name]["value"])))


def wrong_thresholds(values: Any) -> list[str]:
    """One sentence for each that there is not, or whose value cannot be meant, with what to write instead."""
    if values is None or values == "":
        return []
    if not isinstance(values, Mapping):
        return [f"{VARIABLE} is '{values}'; write a mapping, such as {{fresh_days: 3}}"]
    sentences = []
    for name, value in values.items():
        row = table().get(str(name))
        if row is None:
            sentences.append(f"{VARIABLE} has no '{name}'; write one of {', '.join(table())}")
            continue
        wanted = _day_wanted(value) if row["unit"] == "date" else whole(value, row)
        if wanted:
            sentences.append(f"{VARIABLE}.{name} is '{value}'; write {wanted}")
    return sentences


def _day_wanted(value: Any) -> str:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "a day such as 2027-04-07"
    return ""
