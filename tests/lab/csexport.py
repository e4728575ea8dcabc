# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated output of csexport.exe: pending exports as XML, after the format that adsync.md 2.9 and 2.10 tell. No real tool or directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

HEAD, TAIL = '<?xml version="1.0" encoding="{encoding}" ?>\n<cs-objects>\n', "</cs-objects>\n"
REFERENCES = frozenset({"member", "manager"})
KINDS = {
    "add": ["adds"],
    "update": ["updates"],
    "modify": ["updates"],
    "replace": ["updates"],
    "delete": ["deletes"],
    "delete-add": ["deletes", "adds"],
}
PLACES = {"add": "added", "delete": "removed"}


@dataclass(frozen=True)
class PendingObject:
    """One object with a pending export.

    Attributes:
        dn: its name in the connector space.
        operation: of its delta: add, update, modify, replace, delete.
        object_type: such as user.
        attributes: name and operation of each that the delta touches.
        new_dn: its name after a rename; empty for none.
        ballast: characters of the values in its holograms, which a reader passes over.
    """

    dn: str
    operation: str
    object_type: str = "user"
    attributes: tuple[tuple[str, str], ...] = ()
    new_dn: str = ""
    ballast: int = 0


def xml_of(each: PendingObject) -> str:
    """One cs-object."""
    dn, renamed = quoteattr(each.dn), f" newdn={quoteattr(each.new_dn)}" if each.new_dn else ""
    attributes = "".join(_attribute(name, operation) for name, operation in each.attributes)
    hologram = f'<entry dn={dn}><attr name="description" type="string" multivalued="false"><value>{"x" * each.ballast}</value></attr></entry>'
    return (
        f'<cs-object cs-dn={dn} id="{{00000000-0000-0000-0000-000000000000}}" object-type={quoteattr(each.object_type)}>\n'
        f"<unapplied-export><delta operation={quoteattr(each.operation)} dn={dn}{renamed}>{attributes}</delta></unapplied-export>\n"
        f"<unapplied-export-hologram>{hologram}</unapplied-export-hologram>\n<synchronized-hologram>{hologram}</synchronized-hologram>\n</cs-object>\n"
    )


def _attribute(name: str, operation: str) -> str:
    if name in REFERENCES:
        value = f"<dn-value operation={quoteattr(operation)}><dn>CN=secret-value</dn></dn-value>"
        return f'<dn-attr name={quoteattr(name)} operation={quoteattr(operation)} multivalued="true">{value}</dn-attr>'
    value = f"<value>{escape('secret-value <of> ' + name)}</value>"
    return f'<attr name={quoteattr(name)} operation={quoteattr(operation)} type="string" multivalued="false">{value}</attr>'


def document(objects: Iterable[PendingObject], encoding: str = "utf-8") -> Iterator[str]:
    """The file in parts."""
    yield HEAD.format(encoding=encoding)
    for each in objects:
        yield xml_of(each)
    yield TAIL


def counted(objects: Iterable[PendingObject]) -> dict[str, Any]:
    """A naive count over the objects themselves, to compare a reader with."""
    kinds, attributes, types = Counter(adds=0, updates=0, deletes=0), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    total = renames = 0
    for each in objects:
        total, renames = total + 1, renames + bool(each.new_dn)
        kind = KINDS[each.operation]
        kinds.update(kind)
        types[each.object_type, kind[0]] += 1
        if kind[0] != "deletes":
            attributes.update((name, "on_added" if kind[0] == "adds" else PLACES.get(operation, "changed")) for name, operation in each.attributes)
    return {"objects": total, "renames": renames, "kinds": dict(kinds), "attributes": dict(attributes), "types": dict(types)}
