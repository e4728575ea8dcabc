# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connectors of an export: their partitions, run profiles, attributes, schema and settings (adsync.md 7.3, B.5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .leaves import Fields, Names, child_text, fields_of, plain_id, text_of
from .tables import is_left_out, kind_of
from .things import Field, Key, Thing

_APART = ("name", "schema", "attribute-inclusion", "ma-partition-data", "ma-run-data")
_FILTER = {
    "object types": ("object_types", "filter/object-classes/object-class"),
    "included containers": ("containers", "filter/containers/inclusions/inclusion"),
    "excluded containers": ("containers", "filter/containers/exclusions/exclusion"),
}


def ids(data: Element) -> dict[str, str]:
    """What the ids of a connector stand for on its server: itself, its partitions, its run profiles."""
    name = child_text(data, "name")
    found = {plain_id(child_text(data, "id")): f"connector {name}"}
    for partition in data.findall("ma-partition-data/partition"):
        found[plain_id(child_text(partition, "id"))] = f"partition {child_text(partition, 'name')}"
    for profile in data.findall("ma-run-data/run-configuration"):
        found[plain_id(child_text(profile, "id"))] = f"run profile {child_text(profile, 'name')}"
    return found


def connector(data: Element, names: Names) -> Iterator[tuple[Key, Thing]]:
    """A connector and what belongs to it."""
    name = child_text(data, "name")
    key: Key = ("connector", name)
    fields = _kinds(fields_of(data, "connector", names, _APART))
    attributes = tuple(sorted(text_of(each) for each in data.findall("attribute-inclusion/attribute")))
    if attributes:
        fields["selected attributes"] = Field("attribute", attributes)
    fields |= _schema(data)
    yield key, Thing(name, "connector", fields)
    for partition in data.findall("ma-partition-data/partition"):
        title = child_text(partition, "name")
        yield (*key, "partition", title), Thing(f"{title} ({name})", "partition", _partition(partition, names))
    for profile in data.findall("ma-run-data/run-configuration"):
        title = child_text(profile, "name")
        yield (*key, "run profile", title), Thing(f"{title} ({name})", "run_profile", _profile(profile, names))


def _kinds(fields: Fields) -> dict[str, Field]:
    return {path: Field(kind_of("connector", path), values) for path, values in fields.items()}


def _partition(element: Element, names: Names) -> dict[str, Field]:
    found = fields_of(element, "connector", names, ("filter", "selected", "name"))
    fields = _kinds({path: values for path, values in found.items() if not is_left_out("connector", f"partition/{path}")})
    fields["selected"] = Field("partition", (child_text(element, "selected"),))
    for title, (kind, path) in _FILTER.items():
        values = tuple(sorted(text_of(each) for each in element.findall(path) if text_of(each)))
        if values:
            fields[title] = Field(kind, values)
    return fields


def _profile(element: Element, names: Names) -> dict[str, Field]:
    """A run profile: its steps are a list, in which the order counts."""
    fields = {f"step {number}": Field("run_profile", _step(step, names)) for number, step in enumerate(element.findall("configuration/step"), 1)}
    rest = fields_of(element, "connector", names, ("configuration", "name"))
    return fields | {path: Field("run_profile", values) for path, values in rest.items() if not is_left_out("connector", f"profile/{path}")}


def _step(step: Element, names: Names) -> tuple[str, ...]:
    """What a step does; one that says nothing is a step too."""
    return tuple(f"{path}={', '.join(values)}" for path, values in sorted(fields_of(step, "connector", names).items())) or ("nothing told",)


def _schema(data: Element) -> dict[str, Field]:
    """Names alone: ids in a schema are numbers of that server."""
    fields: dict[str, Field] = {}
    for title, tag in (("schema attributes", "attribute-type"), ("schema classes", "class")):
        found = sorted(child_text(each, "name") or each.get("id", "") for each in data.iter(tag) if each.get("id"))
        if found:
            fields[title] = Field("schema", tuple(found))
    return fields
