# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page is made of: sections with paragraphs, steps and tables; all values become text here.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._rules.tables import read_table

Values = dict[str, Any]
LONG_WORD = 24  # letters
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def words() -> Values:
    """The table words.yml."""
    return read_table(__file__, "words.yml")


def section(identifier: str, title: str, text: Iterable[str] = (), tables: Iterable[Values | None] = (), **more: Any) -> Values:
    """One part of the page; tables without rows are left out."""
    made = {"id": identifier, "title": title, "text": [str(each) for each in text], "tables": [each for each in tables if each and each["rows"]]}
    return {"steps": [], "bars": None, **made, **more}


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Values:
    """A table; the first cell of each row names it, a verdict is marked. A column in which nothing stands is left out."""
    cells = [[_cell(each) for each in row] for row in rows]
    kept = [place for place in range(len(columns)) if place == 0 or any(row[place]["text"] for row in cells)]
    return {"caption": caption, "columns": [columns[place] for place in kept], "rows": [[row[place] for place in kept] for row in cells]}


def _cell(value: Any) -> Values:
    text = told(value)
    # only words that are very long may be broken within; else a column would become as narrow as one letter
    long = "long" if any(len(word) > LONG_WORD for word in text.split()) else ""
    return {"text": text, "classes": " ".join(each for each in (words()["verdicts"].get(text, ""), long) if each)}


def told(value: Any) -> str:
    """A value as a person reads it; what is unknown is said."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {told(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return "\n".join(told(each) for each in value)
    text = str(value)
    return f"{text[:19].replace('T', ' ')}Z" if _MOMENT.fullmatch(text) else text


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, or an empty one where it is none."""
    return value if isinstance(value, Mapping) else {}


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The mappings of a list, or none where it is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, (list, tuple)) else []
