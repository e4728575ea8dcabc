# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an export says, in a form that can be compared: things (connectors, partitions, run profiles, rules, the server) with their fields.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One property: its kind (see kinds.yml) and its values, sorted."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Thing:
    """One thing of an export.

    Attributes:
        title: what people call it.
        kind: what its absence on the other side is.
        fields: by name.
        standard: whether it is a rule of the product.
        tag_version: of a standard rule, the last part of its tag; empty otherwise.
    """

    title: str
    kind: str
    fields: Mapping[str, Field]
    standard: bool = False
    tag_version: str = ""


@dataclass(frozen=True)
class Export:
    """The settings of one server.

    Attributes:
        name: what messages call it: an inventory name or a folder.
        version: of the product that configured the server last; empty where it is not told.
        server: computer name in the export; empty where it is not told.
        things: by key; the key of what belongs to another thing begins with that one's.
        wizard: name of the wizard's file that is compared too; empty where there is none.
        active: whether staging mode was off; None where that is not told.
    """

    name: str
    version: str
    server: str
    things: Mapping[Key, Thing] = field(default_factory=dict)
    wizard: str = ""
    active: bool | None = None

    @property
    def rules(self) -> dict[Key, Thing]:
        """The synchronisation rules alone."""
        return {key: thing for key, thing in self.things.items() if thing.kind == "rule"}
