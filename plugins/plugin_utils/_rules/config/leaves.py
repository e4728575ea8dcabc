# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An element of an export as a flat list of named values.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .tables import is_left_out, is_secret, without_own_names

_ID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_OPAQUE = re.compile(r"[A-Za-z0-9+/=]{120,}")
SHOWN = 200  # characters of a value
Fields = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Names:
    """What ids of one server stand for: id in small letters without braces -> text."""

    known: Mapping[str, str]

    def resolve(self, text: str) -> str:
        """A value with known ids as names, without the names that each server has for itself, and with one kind of line end."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return without_own_names(_ID.sub(lambda found: self.known.get(plain_id(found[0]), found[0].lower()), text))


def plain_id(text: str) -> str:
    """An id as it is compared."""
    return text.strip().strip("{}").lower()


def text_of(element: Element | None) -> str:
    """The text of an element that may not be there."""
    return (element.text or "").strip() if element is not None else ""


def child_text(element: Element, path: str) -> str:
    """The text of a child that may not be there."""
    return text_of(element.find(path))


def fields_of(element: Element, part: str, names: Names, apart: Iterable[str] = ()) -> Fields:
    """Path -> values of everything in an element that is compared, sorted; empty values are no values.

    Args:
        apart: names of children that are read otherwise.
    """
    found: dict[str, list[str]] = {}
    for path, value in _leaves(element, "", frozenset(apart)):
        if value and not is_left_out(part, path) and not is_secret(path):
            found.setdefault(path, []).append(names.resolve(value))
    return {path: tuple(sorted(values)) for path, values in found.items()}


def shown(value: str) -> str:
    """A value for people: without long runs that nobody can read and that may be a key, and not endless."""
    value = _OPAQUE.sub(lambda found: f"(opaque, {len(found[0])} characters)", value)
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}... ({len(value)} characters)"


def _leaves(element: Element, prefix: str, apart: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Path and text of each value below an element; a group that repeats without a name is one value as a whole."""
    tags = [child.tag for child in element]
    for child in element:
        if child.tag in apart or _encrypted(child):
            continue
        name = child.get("name") or (child_text(child, "name") if len(child) else "")
        path = f"{prefix}{child.tag}[{name}]" if name else f"{prefix}{child.tag}"
        if not len(child):
            yield path, _value(child)
        elif not name and tags.count(child.tag) > 1:
            yield path, "; ".join(f"{inner}={value}" for inner, value in sorted(_leaves(child, "")) if value and not is_secret(inner))
        else:
            yield from ((f"{path}/@{key}", value) for key, value in child.attrib.items() if key != "name")
            yield from _leaves(child, f"{path}/")


def _value(element: Element) -> str:
    text = (element.text or "").strip()
    if element.tag == "parameter":
        return text
    more = ", ".join(f"{key}={value}" for key, value in sorted(element.attrib.items()) if key != "name")
    return f"{text} ({more})" if more else text


def _encrypted(element: Element) -> bool:
    """Whether it says of itself that it is a secret."""
    kinds = (element.get("type", "") + element.get("dataType", "")).lower()
    return element.get("encrypted", "0").lower() not in ("0", "false", "") or "encrypted" in kinds or "secure" in kinds
