# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take one field out of an answer: what is missing or of another type is unknown (None), never false or zero.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = Mapping[str, Any]


def flag(answer: Answer, name: str) -> bool | None:
    """A boolean, or unknown."""
    value = answer.get(name)
    return value if isinstance(value, bool) else None


def text(answer: Answer, name: str) -> str | None:
    """A text that is not empty, or unknown."""
    value = answer.get(name)
    return value if isinstance(value, str) and value else None


def number(answer: Answer, name: str) -> int | None:
    """A whole number, or unknown."""
    value = answer.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def texts(answer: Answer, name: str) -> list[str] | None:
    """A list of texts, or unknown. One text alone counts as a list of one: PowerShell unrolls those."""
    value = answer.get(name)
    if isinstance(value, str):
        return [value] if value else None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return list(value)
    return None


def records(answer: Answer, name: str, make: Callable[[Answer], Item]) -> list[Item] | None:
    """A list of flat records, or unknown."""
    value = answer.get(name)
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
        return [make(item) for item in value]
    return None


def record(answer: Answer, name: str, make: Callable[[Answer], Item]) -> Item | None:
    """A nested record, or none."""
    value = answer.get(name)
    return make(value) if isinstance(value, Mapping) else None
