# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pending exports of one connector as Get-EntraSyncPendingExport tells them."""

from __future__ import annotations

from typing import Any

from ..csexport import KINDS, counted
from ..model.server import ModelServer

NOTHING = {"adds": 0, "updates": 0, "deletes": 0}
PLACES = ("on_added", "added", "changed", "removed")
UNCOUNTED = ("objects", "detail_adds", "detail_updates", "detail_deletes", "renames", "unreadable")


def add(told: dict[str, Any], server: ModelServer, name: str, kind: str, detail: tuple[list[str], int] | None, most_seconds: int) -> None:
    """Its row, and with ``detail`` (attributes to watch, samples) the rows of attributes, types and samples."""
    changes = server.cycles.pending_changes() if kind == "entra" else []
    objects = [change.pending for change in changes]
    numbers = {**NOTHING, **server.cycles.pending()} if kind == "entra" else NOTHING
    row: dict[str, Any] = {"connector": name, "kind": kind, **numbers, "error": "", "detail": False, "detail_error": "", "attributes_left_out": 0}
    row |= dict.fromkeys(UNCOUNTED)
    told["connectors"].append(row)
    if detail is None:
        return
    if most_seconds <= 0 or server.csexport_says:
        said = f"csexport does not say that it succeeded: '{server.csexport_says}'"
        row["detail_error"] = "no time was left for it" if most_seconds <= 0 else said
        return
    watch, samples = detail
    counts = counted(objects)
    row |= {"detail": True, "objects": counts["objects"], "renames": counts["renames"], "unreadable": 0}
    row |= {f"detail_{each}": counts["kinds"][each] for each in NOTHING}
    spelled = {each.lower(): each for each in watch}  # names of attributes ignore case
    touched = {each: dict.fromkeys(PLACES, 0) for each in watch}
    for (attribute, place), count in counts["attributes"].items():
        touched.setdefault(spelled.get(attribute.lower(), attribute), dict.fromkeys(PLACES, 0))[place] = count
    order = sorted(touched, key=lambda each: (each not in watch, -sum(touched[each].values()), each.lower()))
    told["attributes"] += [{"connector": name, "name": each, **touched[each]} for each in order]
    types = sorted({each for each, _kind in counts["types"]})
    told["object_types"] += [{"connector": name, "name": each, **{kind: counts["types"].get((each, kind), 0) for kind in NOTHING}} for each in types]
    left = dict.fromkeys(NOTHING, samples)
    for each in objects:
        group = KINDS[each.operation][0]
        if left[group] > 0:
            left[group] -= 1
            names = ", ".join(attribute for attribute, _operation in each.attributes)
            told["samples"].append(
                {"connector": name, "dn": each.dn, "operation": each.operation, "object_type": each.object_type, "attributes": names}
            )
