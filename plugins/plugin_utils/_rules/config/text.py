# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A comparison of two exports as plain values and as text.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from .compare import Difference, compare, worst
from .leaves import shown
from .tables import counted, groups, wizard_unread
from .things import Export

MOST_VALUES = 50  # of one difference; a schema has thousands


def comparison(reference: Export, other: Export) -> dict[str, Any]:
    """Both sides, every difference, how many there are by group and verdict, and the heaviest verdict."""
    differences = compare(reference, other)
    return {
        "reference": _side(reference),
        "other": _side(other),
        "verdict": worst(differences),
        "by_group": dict(Counter(each.group for each in differences)),
        "by_verdict": dict(Counter(each.verdict for each in differences)),
        "differences": [_values(each) for each in differences],
        "wizard_compared": bool(reference.wizard and other.wizard),
    }


def _side(export: Export) -> dict[str, str]:
    return {"name": export.name, "version": export.version, "computer": export.server, "wizard_file": export.wizard}


def _values(each: Difference) -> dict[str, Any]:
    return {
        "group": each.group,
        "kind": each.kind,
        "verdict": each.verdict,
        "why": each.why,
        "title": each.title,
        "field": each.field,
        "reference": _some(each.reference),
        "other": _some(each.other),
    }


def _some(values: tuple[str, ...]) -> list[str]:
    told = [shown(value) for value in values[:MOST_VALUES]]
    return told if len(values) <= MOST_VALUES else [*told, f"and {len(values) - MOST_VALUES} more"]


def lines(found: dict[str, Any]) -> list[str]:
    """A comparison as lines of text; the first one says it all."""
    one, two = found["reference"], found["other"]
    told = [f"{two['name']} against {one['name']}: {counted(found['by_verdict'])}"]
    if one["version"] != two["version"]:
        told.append(f"  versions: {one['name']} {one['version'] or 'unknown'}, {two['name']} {two['version'] or 'unknown'}")
    for group in groups():
        of_group = [each for each in found["differences"] if each["group"] == group]
        if of_group:
            told.append(f"  {group.replace('_', ' ')}:")
        for each in of_group:
            told.append(f"    [{each['verdict']}] {each['title']}{': ' + each['field'] if each['field'] else ''}")
            told += [f"      only {side['name']}: {value}" for side, key in ((one, "reference"), (two, "other")) for value in each[key]]
    if not found["wizard_compared"]:
        told.append(f"  {wizard_unread()}")
    return told
