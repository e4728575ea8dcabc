# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions: read, compare, and judge against the dated table of releases (adsync.md 5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from .reads import ServerRead
from .refusals import Refusal
from .tables import read_table

_FORM = re.compile(r"^\d{1,5}(\.\d{1,5}){3}$")


class Version(NamedTuple):
    """A version of four numbers."""

    major: int
    minor: int
    build: int
    revision: int

    def __str__(self) -> str:
        return ".".join(str(part) for part in self)

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read ``a.b.c.d``.

        Raises:
            ValueError: it is no version; the message says what to write.
        """
        if not _FORM.match(text.strip()):
            raise ValueError(f"'{text}' is no version; write four numbers with dots, for instance 2.6.92.0")
        return cls(*(int(part) for part in text.strip().split(".")))

    @classmethod
    def maybe(cls, text: str | None) -> Version | None:
        """As `parse`, but None where there is no version."""
        try:
            return cls.parse(text or "")
        except ValueError:
            return None


@dataclass(frozen=True)
class VersionFacts:
    """The versions of one server; None is unknown.

    Attributes:
        engine: the running engine's file, the authoritative one.
        wizard: the wizard on disk; newer than the engine means that the upgrade was not finished in the wizard.
        product: the uninstall entry's.
        configuration: the version that last configured the database.
    """

    engine: Version | None
    wizard: Version | None
    product: Version | None
    configuration: Version | None

    @property
    def engine_text(self) -> str:
        """The engine's version, or empty."""
        return str(self.engine) if self.engine else ""

    @property
    def pending_wizard(self) -> bool:
        """Whether the MSI was laid down and the wizard's upgrade not completed; a database of an older version says so too."""
        newer_wizard = self.engine is not None and self.wizard is not None and self.wizard > self.engine
        older_database = self.engine is not None and self.configuration is not None and self.configuration < self.engine
        return newer_wizard or older_database

    def laid_down(self, wanted: Version | None) -> bool:
        """Whether the wizard of this version, or a newer one, is on the disk already."""
        return wanted is not None and self.wizard is not None and self.wizard >= wanted

    def as_dict(self, today: str = "") -> dict[str, Any]:
        """As documented return values."""
        values: dict[str, Any] = {name: str(getattr(self, name) or "") for name in ("engine", "wizard", "product", "configuration")}
        values["pending_wizard"] = self.pending_wizard
        if self.engine is not None:
            values.update(support_of(self.engine, today))
        return values


def facts_of(read: ServerRead) -> VersionFacts:
    """The versions that a full read gave."""
    names = (read.engine_version, read.wizard_version, read.product_version, read.configuration_version)
    return VersionFacts(*(Version.maybe(name) for name in names))


def assert_version(facts: VersionFacts, server: str, minimum: str | None, exact: str | None) -> list[Refusal]:
    """What stands against an asked version; an unknown version never meets one."""
    refusals = []
    try:
        least, same = (Version.parse(text) if text else None for text in (minimum, exact))
    except ValueError as error:
        return [Refusal("bad_version", server, {"detail": str(error)})]
    found = str(facts.engine or "unknown")
    if least and (facts.engine is None or facts.engine < least):
        refusals.append(Refusal("version_low", server, {"found": found, "wanted": str(least)}))
    if same and facts.engine != same:
        refusals.append(Refusal("version_differs", server, {"found": found, "wanted": str(same)}))
    if (least or same) and facts.pending_wizard and not refusals:
        refusals.append(Refusal("wizard_pending", server, {"wizard": str(facts.wizard), "engine": found}))
    return refusals


def support_of(version: Version, today: str = "") -> dict[str, Any]:
    """``supported``, ``end_of_support``, ``known_bad`` and ``hard_stop`` of a version, by the table.

    Args:
        today: ISO date to judge by; by default the table's own date, so that a verdict does not change by itself.
    """
    table = releases()
    day = today or table["as_of"]
    ends = {Version.parse(each["version"]): each["end_of_support"] for each in table["releases"]}
    end = ends.get(version, "" if version > max(ends) else "unknown")
    stops = [each for each in table["hard_stops"] if version < Version.parse(each["below"])]
    return {
        "supported": end == "" or (end != "unknown" and end > day),
        "end_of_support": end,
        "known_bad": next((each["why"] for each in table["known_bad"] if Version.parse(each["version"]) == version), ""),
        "hard_stop": min((each["date"] for each in stops), default=""),
        "as_of": table["as_of"],
    }


def releases() -> dict[str, Any]:
    """The dated table of releases."""
    return read_table(__file__, "versions.yml")
