# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What servers would export, and how their settings differ, as tables.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .parts import Values, mapping, rows, section, table

KINDS = ("adds", "updates", "deletes", "renames")
COUNTS = ("added", "changed", "removed", "on_added")


def pending_section(result: Mapping[str, Any]) -> Values | None:
    """Pending exports by the moment at which they were read, as ``adsync_pending_export_info`` tells them; what was not read is said."""
    read: list[Any] = []
    attributes: list[Any] = []
    samples: list[Any] = []
    unread: list[Any] = []
    for moment, servers in mapping(result.get("pending")).items():
        for name, server in mapping(servers).items():
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


def settings_section(result: Mapping[str, Any]) -> Values | None:
    """The settings of each server beside those of the reference, as ``adsync_config_diff`` tells them, and where the exports lie."""
    told = mapping(result.get("settings"))
    if not told:
        return None
    compared: list[Any] = []
    differences: list[Any] = []
    for name, each in mapping(told.get("comparisons")).items():
        one = mapping(each)
        compared.append(
            (name, told.get("reference"), one.get("verdict") if one.get("checked") else "not checked", one.get("reason") or "", one.get("by_group"))
        )
        for found in rows(one.get("differences")):
            what = " ".join(str(found.get(key) or "") for key in ("title", "field")).strip()
            values = (found.get("reference", ""), found.get("other", ""))
            differences.append((name, found.get("group"), found.get("verdict"), what, *values, found.get("why") or ""))
    exports = [
        (name, each.get("path") or each.get("reason") or "not read", each.get("sha256") or "", each.get("taken_at") or "")
        for name, each in ((name, mapping(value)) for name, value in mapping(told.get("servers")).items())
    ]
    return section(
        "settings",
        "Settings compared",
        tables=[
            table("Servers", ("server", "compared with", "verdict", "why not", "differences by group"), compared),
            table("Differences", ("server", "group", "verdict", "what", "reference", "server's own", "why it matters"), differences),
            table("Rules that an upgrade would reset", ("rule",), [(each,) for each in told.get("at_risk") or []]),
            table("Exports of the settings, on the controller", ("server", "folder", "SHA-256", "taken at"), exports),
        ],
    )
