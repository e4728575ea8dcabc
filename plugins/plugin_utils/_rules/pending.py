# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pending exports of one server, in detail, as Get-EntraSyncPendingExport answers and as a user sees them (adsync.md 2.7, 2.9).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .fields import Answer, flag, number, records, text
from .tables import read_table


def watched() -> dict[str, str]:
    """Attributes that are always told -> why."""
    return read_table(__file__, "watched_attributes.yml")


@dataclass(frozen=True)
class Touched:
    """One attribute and on how many objects it is touched: on new ones, and on updated ones added, changed or removed."""

    name: str
    on_added: int
    added: int
    changed: int
    removed: int

    @property
    def updates(self) -> int:
        """Objects that exist and would get another value, a first one, or none: what a budget counts."""
        return self.added + self.changed + self.removed

    @classmethod
    def of(cls, answer: Answer) -> Touched:
        """From one entry of ``attributes``."""
        return cls(text(answer, "name") or "", *(number(answer, key) or 0 for key in ("on_added", "added", "changed", "removed")))


@dataclass(frozen=True)
class ConnectorPending:
    """What one connector would export; None is unknown.

    Attributes:
        adds, updates, deletes: by the statistics; ``error`` says why they are unknown.
        detail: whether csexport's file was read whole; ``detail_error`` says why not, empty where nobody asked for it.
        objects, detail_adds, detail_updates, detail_deletes, renames, unreadable: by that file.
        attributes_left_out: how many attributes are touched that are not in ``attributes``.
    """

    connector: str
    kind: str
    adds: int | None
    updates: int | None
    deletes: int | None
    error: str
    detail: bool
    detail_error: str
    objects: int | None
    detail_adds: int | None
    detail_updates: int | None
    detail_deletes: int | None
    renames: int | None
    unreadable: int | None
    attributes_left_out: int
    attributes: tuple[Touched, ...] = ()
    object_types: tuple[Mapping[str, Any], ...] = ()
    samples: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, answer: Answer, whole: Answer | None = None) -> ConnectorPending:
        """From one entry of ``connectors``; the rows of a server's answer, ``whole``, name their connector, those of a result stand in it."""
        name = text(answer, "connector") or ""

        def mine(key: str) -> tuple[Answer, ...]:
            rows = records(answer if whole is None else whole, key, dict) or []
            return tuple(each for each in rows if whole is None or each.get("connector") == name)

        numbers = {key: number(answer, key) for key in _NUMBERS}
        return cls(
            connector=name,
            kind=text(answer, "kind") or "other",
            error=text(answer, "error") or "",
            detail=flag(answer, "detail") is True and None not in (numbers["objects"], numbers["detail_deletes"], numbers["unreadable"]),
            detail_error=text(answer, "detail_error") or "",
            attributes_left_out=number(answer, "attributes_left_out") or 0,
            attributes=tuple(Touched.of(each) for each in mine("attributes")),
            object_types=tuple({key: each.get(key) for key in ("name", "adds", "updates", "deletes")} for each in mine("object_types")),
            samples=tuple({key: each.get(key) for key in ("dn", "operation", "object_type", "attributes")} for each in mine("samples")),
            **numbers,
        )

    def touched(self, attribute: str) -> int:
        """Updated objects on which an attribute is touched; names of attributes ignore case."""
        return sum(each.updates for each in self.attributes if each.name.lower() == attribute.lower())

    @property
    def disagrees(self) -> bool:
        """Whether statistics and csexport tell different numbers of deletions (safety.md 8.9)."""
        return self.detail and self.deletes is not None and self.deletes != self.detail_deletes


_NUMBERS = ("adds", "updates", "deletes", "objects", "detail_adds", "detail_updates", "detail_deletes", "renames", "unreadable")


@dataclass(frozen=True)
class PendingRead:
    """What was read of one server; where it was not, ``reason`` says why."""

    server: str
    read: bool
    reason: str = ""
    code: str = ""
    detailed: bool = False
    connectors: tuple[ConnectorPending, ...] = ()

    @classmethod
    def from_answer(cls, server: str, answer: Answer, detailed: bool) -> PendingRead:
        """From what the server answered."""
        rows = records(answer, "connectors", lambda row: ConnectorPending.of(row, answer)) or []
        return cls(server, bool(rows), "" if rows else "the server named no connector", "", detailed, tuple(rows))

    @classmethod
    def from_value(cls, server: str, value: Any) -> PendingRead:
        """From a result of the module, as the evidence of a plan carries it; what is no such result was not read."""
        if not isinstance(value, Mapping):
            return cls(server, False, "nothing was read")
        rows = tuple(records(value, "connectors", ConnectorPending.of) or ())
        whole = flag(value, "read") is True and bool(rows)
        return cls(server, whole, text(value, "reason") or "", text(value, "code") or "", flag(value, "detailed") is True, rows)

    def as_value(self) -> dict[str, Any]:
        """Plain values, for results and files."""
        rows = [{**asdict(each), **{key: [*asdict(each)[key]] for key in ("attributes", "object_types", "samples")}} for each in self.connectors]
        return {"read": self.read, "reason": self.reason, "code": self.code, "detailed": self.detailed, "connectors": rows}

    def text(self) -> str:
        """One line for people: each connector's numbers, and the watched attributes that are touched."""
        if not self.read:
            return f"not read: {self.reason}"
        return "; ".join(map(_line, self.connectors))


def _line(each: ConnectorPending) -> str:
    if each.error:
        return f"{each.connector} not read: {each.error}"
    touched = [f"{name} on {each.touched(name)}" for name in watched() if each.touched(name)]
    return f"{each.connector} +{each.adds} ~{each.updates} -{each.deletes}" + (f" ({', '.join(touched)})" if touched else "")
