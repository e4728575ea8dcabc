# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's own file (Applied-SynchronizationPolicy-*.JSON): what the export lacks, such as sign-in methods (adsync.md 7.1).

Internal to the collection: no promise of stability between releases.

Only wizard runs write it, so that it may be older than what holds; rules are therefore never taken from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .leaves import Names
from .tables import is_left_out, is_secret
from .things import Field, Thing
from .xml import MOST_BYTES, MOST_DEPTH, Unreadable

_NAMES = ("friendlyName", "name", "fullyQualifiedDomainName", "distinguishedName")


def read(files: Mapping[str, bytes], names: Names) -> tuple[str, Thing | None]:
    """Name and thing of the wizard's file; nothing where there is none. Raises `Unreadable` for one that is no JSON."""
    found = sorted(path for path in files if "policy" in path.lower())
    if not found:
        return "", None
    path = found[-1]
    if len(files[path]) > MOST_BYTES:
        raise Unreadable(f"{path} has {len(files[path])} bytes, more than the {MOST_BYTES} that are read")
    try:
        value = json.loads(files[path].decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} is no JSON: {error}") from None
    fields: dict[str, list[str]] = {}
    for where, text in _leaves(value, "", 0, path):
        if text and not is_left_out("wizard", where) and not is_secret(where):
            fields.setdefault(where, []).append(names.resolve(text))
    told = {where: Field("wizard", tuple(sorted(values))) for where, values in fields.items()}
    return path.rpartition("/")[2], Thing("the wizard's file", "wizard", told)


def _leaves(value: Any, prefix: str, depth: int, file: str) -> Iterator[tuple[str, str]]:
    if depth > MOST_DEPTH:
        raise Unreadable(f"{file} is nested deeper than {MOST_DEPTH}")
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{prefix}/{key}" if prefix else str(key), depth + 1, file)
    elif isinstance(value, list):
        for inner in value:
            name = next((str(inner[key]) for key in _NAMES if inner.get(key)), "") if isinstance(inner, dict) else ""
            yield from _leaves(inner, f"{prefix}[{name}]" if name else prefix, depth + 1, file)
    elif value is not None:
        yield prefix, str(value)
