# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What servers would export, as tables.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .parts import Values, mapping, rows, section, table, words

KINDS = ("adds", "updates", "deletes", "renames")
COUNTS = ("added", "changed", "removed", "on_added")


def pending_section(result: Mapping[str, Any]) -> Values | None:
    """Pending exports by the moment at which they were read, as ``adsync_pending_export_info`` tells them; what was not read is said."""
    read: list[Any] = []
    attributes: list[Any] = []
    samples: list[Any] = []
    unread: list[Any] = []
    found = mapping(result.get("pending"))
    when = words()["pending"]
    for key in [*(each for each in when if each in found), *(each for each in found if each not in when)]:
        moment = when.get(key, key)
        for name, server in mapping(found[key]).items():
            if mapping(server).get("read") is not True:
                unread.append((name, moment, mapping(server).get("reason") or "no answer"))
            for each in rows(mapping(server).get("connectors")):
                place = (name, moment, each.get("connector"))
                read.append((*place, *(each.get(kind) for kind in KINDS), each.get("error") or each.get("detail_error") or ""))
                touched = [one for one in rows(each.get("attributes")) if any(one.get(count) for count in COUNTS)]
                attributes += [(*place, one.get("name"), *(one.get(count) for count in COUNTS)) for one in touched]
                samples += [(*place, *(one.get(key) for key in ("dn", "operation", "attributes"))) for one in rows(each.get("samples"))]
    if not read and not unread:
        return None
    columns = ("server", "when", "connector")
    return section(
        "pending",
        "Pending exports",
        tables=[
            table("What each server would export", (*columns, *KINDS, "not read"), read),
            table("Attributes that are touched", (*columns, "attribute", "added", "changed", "removed", "on new objects"), attributes),
            table("Some of the objects", (*columns, "object", "operation", "attributes"), samples),
            table("Not read", ("server", "when", "why"), unread),
        ],
    )
