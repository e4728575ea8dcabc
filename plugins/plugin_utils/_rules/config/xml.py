# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML of an export that nobody vouches for: no document type, no entities, nothing outside the file, bounded in size and depth.

Internal to the collection: no promise of stability between releases.

The standard library's expat with hooks, and not the library defusedxml: that would be one more package on every controller, while an export needs
none of what the hooks forbid, so that a dozen lines forbid the whole class.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MOST_BYTES = 64 * 1024 * 1024  # the largest connector of a real export has under 2 MB; a schema of several forests stays far below this
MOST_DEPTH = 100
MOST_ELEMENTS = 2_000_000


class Unreadable(ValueError):
    """A file of an export cannot be read; the text is one sentence without a full stop."""


def parse(data: bytes, name: str) -> Element:
    """The root element, names without their namespaces.

    Args:
        data: the whole file.
        name: what messages call it.

    Raises:
        Unreadable: it is too large or too deep, declares a document type or entities, or is no XML.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{name} has {len(data)} bytes, more than the {MOST_BYTES} that are read")
    builder, reader, state = TreeBuilder(), expat.ParserCreate(namespace_separator="}"), {"depth": 0, "count": 0}

    def forbidden(*_given: Any) -> Any:
        raise Unreadable(f"{name} declares a document type or entities, which no export does")

    def start(tag: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        state["count"] += 1
        if state["depth"] > MOST_DEPTH or state["count"] > MOST_ELEMENTS:
            raise Unreadable(f"{name} is nested deeper than {MOST_DEPTH} or has more than {MOST_ELEMENTS} elements")
        builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        state["depth"] -= 1
        builder.end(_local(tag))

    reader.buffer_text = True
    reader.StartDoctypeDeclHandler = reader.EntityDeclHandler = reader.UnparsedEntityDeclHandler = forbidden
    reader.ExternalEntityRefHandler = forbidden
    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = start, end, builder.data
    try:
        reader.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{name} is no XML: {error}") from None
    return builder.close()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
