# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare two exports: every difference once, with its group and what gate G9 makes of it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .tables import groups, kind_facts
from .things import Export, Field, Key, Thing

EXPECTED = "expected"
NOTHING = Field("", ())


@dataclass(frozen=True)
class Difference:
    """One difference.

    Attributes:
        group, kind, verdict, why: by the table kinds.yml; of a standard rule that another version of the product brings the verdict is ``expected``.
        title: the thing that it is about.
        field: its property; empty where one side lacks the whole thing.
        reference, other: the values that only that side has; for a thing that only one side has, the word ``present`` there.
    """

    group: str
    kind: str
    verdict: str
    why: str
    title: str
    field: str
    reference: tuple[str, ...]
    other: tuple[str, ...]


def compare(reference: Export, other: Export) -> list[Difference]:
    """All differences, by group. What belongs to a thing that one side lacks is not told again."""
    found = list(_differences(reference, other))
    return sorted(found, key=lambda each: (groups().index(each.group), each.title, each.field))


def _differences(reference: Export, other: Export) -> Iterator[Difference]:
    versions_differ = reference.version != other.version
    single = {key for key in {*reference.things, *other.things} if (key in reference.things) != (key in other.things)}
    for key in sorted({*reference.things, *other.things}):
        if any(key[:length] in single for length in range(1, len(key))):
            continue
        mine, theirs = reference.things.get(key), other.things.get(key)
        if mine is not None and theirs is not None:
            yield from _fields(key, mine, theirs, versions_differ)
        elif (one := mine or theirs) is not None and one.kind != "wizard":  # a wizard's file that is missing says nothing
            kind = "rule_version" if one.standard and versions_differ else one.kind
            yield _difference(kind, one.title, "", ("present",) if mine else (), ("present",) if theirs else ())


def _fields(key: Key, mine: Thing, theirs: Thing, versions_differ: bool) -> Iterator[Difference]:
    other_version = mine.standard and versions_differ and mine.tag_version != theirs.tag_version
    for name in sorted({*mine.fields, *theirs.fields}):
        one, two = mine.fields.get(name, NOTHING), theirs.fields.get(name, NOTHING)
        if one.values == two.values:
            continue
        kind = one.kind or two.kind
        if other_version and kind != "rule_state":  # nobody but a person turns a rule off
            kind = "rule_version"
        yield _difference(kind, mine.title, name, _only(one, two), _only(two, one))
    if mine.standard and mine.tag_version != theirs.tag_version and not versions_differ:
        yield _difference("rule_other", mine.title, "version of the standard rule", (mine.tag_version,), (theirs.tag_version,))


def _only(these: Field, others: Field) -> tuple[str, ...]:
    """The values that the first has more often than the second; all of them where only their order or number tells them apart."""
    left = list(others.values)
    only = []
    for value in these.values:
        if value in left:
            left.remove(value)
        else:
            only.append(value)
    return tuple(only)


def _difference(kind: str, title: str, field: str, reference: tuple[str, ...], other: tuple[str, ...]) -> Difference:
    facts = kind_facts(kind)
    return Difference(facts["group"], kind, facts["verdict"], facts["why"], title, field, reference, other)


def worst(differences: list[Difference]) -> str:
    """``equal``, ``expected``, ``warn`` or ``refuse``: what the heaviest of them is."""
    present = {each.verdict for each in differences}
    return next((verdict for verdict in ("refuse", "warn", EXPECTED) if verdict in present), "equal")
