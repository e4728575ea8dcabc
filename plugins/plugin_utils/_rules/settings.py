# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the user's variables are what they can be, before anything is read: the table settings.yml.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from .tables import read_table

YES = frozenset({"true", "yes", "on", "1", "t", "y"})
TRUTHS = YES | {"false", "no", "off", "0", "f", "n"}


def table() -> dict[str, dict[str, Any]]:
    """Name of each variable -> what it can be."""
    return read_table(__file__, "settings.yml")


def wrong(values: Mapping[str, Any]) -> list[str]:
    """One sentence for each value that cannot be meant, with what to write instead; names that the table does not have are not looked at."""
    sentences = []
    for name, row in table().items():
        value = values.get(name)
        if value is None or value == "":
            continue
        wanted = KINDS[row["kind"]](value, row)
        if wanted:
            sentences.append(f"{name} is '{value}'; write {wanted}")
    return sentences


def out_of_range(options: Mapping[str, Any]) -> list[str]:
    """The same for the options of a module that are limited by a variable of the same name."""
    return [
        text.removeprefix("entra_connect_") for text in wrong({f"entra_connect_{name}": value for name, value in options.items() if name in WAITS})
    ]


def truth(value: Any) -> bool:
    """Whether a value of the kind ``truth`` says yes."""
    return str(value).lower() in YES


WAITS = frozenset({"idle_timeout", "cycle_timeout", "wizard_timeout", "close_timeout", "poll_interval", "lease"})


def _text(value: Any, _row: Mapping[str, Any]) -> str:
    return "" if isinstance(value, (str, int, float)) and not isinstance(value, bool) else "a text"


def _choice(value: Any, row: Mapping[str, Any]) -> str:
    return "" if value in row["choices"] else "one of " + ", ".join(row["choices"])


def _truth(value: Any, _row: Mapping[str, Any]) -> str:
    return "" if isinstance(value, bool) or str(value).lower() in TRUTHS else "true or false"


def _mapping(value: Any, _row: Mapping[str, Any]) -> str:
    return "" if isinstance(value, Mapping) else "a mapping, such as {key: value}"


def _list(value: Any, _row: Mapping[str, Any]) -> str:
    return "" if isinstance(value, list) else "a list of mappings"


def whole(value: Any, row: Mapping[str, Any]) -> str:
    """What to write instead of a value that is no whole number between ``least`` and ``most`` of its row; empty where it is one."""
    try:
        number = None if isinstance(value, (bool, float)) else int(value)
    except (TypeError, ValueError):
        number = None
    return "" if number is not None and row["least"] <= number <= row["most"] else f"a whole number from {row['least']} to {row['most']}"


def _number(value: Any, row: Mapping[str, Any]) -> str:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    return "" if row["least"] <= number <= row["most"] else f"a number from {row['least']} to {row['most']}"


KINDS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "text": _text,
    "choice": _choice,
    "truth": _truth,
    "mapping": _mapping,
    "list": _list,
    "whole": whole,
    "number": _number,
}
