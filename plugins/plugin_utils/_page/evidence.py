# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was found besides: the first export, health, snapshots, the tenant's word; what is compared stands in pending.py and settings.py.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .parts import Values, mapping, rows, section, table
from .pending import pending_section
from .settings import settings_sections

COUNTS = ("adds", "updates", "deletes", "failures")


def evidence_sections(result: Mapping[str, Any]) -> list[Values | None]:
    """The sections, in the order of the run."""
    return [
        pending_section(result),
        *settings_sections(mapping(result.get("settings"))),
        _named(result, "snapshot", "Snapshots", "Taken while a server was held", "server"),
        _first_export(result),
        _health(result),
        _named(result, "tenant", "The tenant's own word", "As your tasks told it", "fact"),
        _named(result, "object", "A recent change in AD", "As your tasks told it", "fact"),
    ]


def _named(result: Mapping[str, Any], key: str, title: str, caption: str, column: str) -> Values | None:
    """What another part of the run found, by name, as it told it."""
    value = result.get(key)
    lines: list[tuple[Any, Any]] = list(mapping(value).items()) or list(enumerate(value if isinstance(value, list) else [], 1))
    return section(key, title, tables=[table(caption, (column, "what was found"), lines)]) if lines else None


def _first_export(result: Mapping[str, Any]) -> Values | None:
    counts = mapping(result.get("first_export"))
    if not counts:
        return None
    lines = [(name, *(mapping(each).get(kind, 0) for kind in COUNTS)) for name, each in counts.items()]
    return section("first_export", "First export", tables=[table("What the new active server exported at first", ("connector", *COUNTS), lines)])


def _health(result: Mapping[str, Any]) -> Values | None:
    servers = mapping(result.get("health"))
    if not servers:
        return None
    events: list[Any] = []
    services: list[Any] = []
    imports: list[Any] = []
    unread: list[Any] = []
    for name, server in servers.items():
        told = mapping(server)
        for kind in ("new", "old"):
            for each in rows(told.get(kind)):
                what = f"{each.get('provider')} {each.get('id')}"
                says = [str(each.get("meaning") or ""), *(str(one) for one in each.get("messages") or [])]
                events.append((name, kind, each.get("verdict"), what, each.get("count"), each.get("last"), [one for one in says if one]))
        services += [(name, each.get("name"), each.get("status"), each.get("start_type")) for each in rows(told.get("services")) if each.get("found")]
        imports += [(name, each.get("connector"), each.get("result"), each.get("ended") or "") for each in rows(told.get("imports"))]
        unread += [(name, each) for each in told.get("not_read") or []]
    hashes = [(name, mapping(mapping(each).get("password_hashes"))) for name, each in servers.items()]
    checked = [(name, each.get("last"), each.get("age_seconds"), each.get("late")) for name, each in hashes if each.get("checked")]
    columns = ("server", "new or old", "verdict", "event", "times", "last", "what it says")
    return section(
        "health",
        "How the servers have been",
        ["New is what the event logs did not tell before the change at a similar rate."],
        [
            table("Events", columns, events),
            table("Last imports", ("server", "connector", "result", "ended"), imports),
            table("Password hashes", ("server", "last success", "seconds ago", "late"), checked),
            table("Services", ("server", "service", "status", "start type"), services),
            table("Not read", ("server", "what"), unread),
        ],
    )
