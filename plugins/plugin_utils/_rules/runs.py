# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connectors, their pending exports and their runs (adsync.md 2.5 to 2.7).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass

from .fields import Answer, flag, number, text


@dataclass(frozen=True)
class Export:
    """The newest export run of a connector. Told apart by number and start, which are never compared with a clock."""

    connector: str
    run_number: int | None
    started: str
    complete: bool | None
    result: str

    @classmethod
    def of(cls, answer: Answer) -> Export:
        """From one entry of ``exports`` of an answer."""
        return cls(
            text(answer, "connector") or "",
            number(answer, "run_number"),
            text(answer, "started") or "",
            flag(answer, "complete"),
            text(answer, "result") or "",
        )


@dataclass(frozen=True)
class PasswordSync:
    """The last password-hash cycle of one partition."""

    dn: str
    status: str
    started: str

    @classmethod
    def of(cls, answer: Answer) -> PasswordSync:
        """From one entry of ``password_sync`` of an answer."""
        return cls(text(answer, "dn") or "", text(answer, "status") or "", text(answer, "started") or "")


@dataclass(frozen=True)
class Connector:
    """A connector; ``kind`` is ``entra``, ``ad`` or ``other``."""

    name: str
    identifier: str
    kind: str

    @classmethod
    def of(cls, answer: Answer) -> Connector:
        """From one entry of ``connectors`` of an answer."""
        return cls(text(answer, "name") or "", text(answer, "identifier") or "", text(answer, "kind") or "other")


@dataclass(frozen=True)
class Pending:
    """Objects that a connector would export; None is unknown."""

    connector: str
    adds: int | None
    updates: int | None
    deletes: int | None

    @classmethod
    def of(cls, answer: Answer) -> Pending:
        """From one entry of ``pending`` of an answer."""
        return cls(text(answer, "connector") or "", number(answer, "adds"), number(answer, "updates"), number(answer, "deletes"))


@dataclass(frozen=True)
class Override:
    """A full import or full synchronisation that is queued for a connector."""

    connector: str
    full_import: bool | None
    full_sync: bool | None

    @classmethod
    def of(cls, answer: Answer) -> Override:
        """From one entry of ``overrides`` of an answer."""
        return cls(text(answer, "connector") or "", flag(answer, "full_import"), flag(answer, "full_sync"))


@dataclass(frozen=True)
class RunStep:
    """One step of one run; the counters are zero where the history gives none."""

    connector: str
    profile: str
    run_number: int | None
    run_id: str
    complete: bool | None
    result: str
    started: str
    ended: str
    step: int | None
    step_type: str
    step_result: str
    export_adds: int
    export_updates: int
    export_deletes: int
    export_failures: int

    @property
    def key(self) -> tuple[str, str, int | None]:
        """What tells this step from all others."""
        return (self.connector, self.run_id or f"{self.run_number}/{self.started}", self.step)

    @classmethod
    def from_answer(cls, answer: Answer) -> RunStep:
        """From one entry of ``runs`` of an answer."""
        return cls(
            text(answer, "connector") or "",
            text(answer, "profile") or "",
            number(answer, "run_number"),
            text(answer, "run_id") or "",
            flag(answer, "complete"),
            text(answer, "result") or "",
            text(answer, "started") or "",
            text(answer, "ended") or "",
            number(answer, "step"),
            text(answer, "step_type") or "",
            text(answer, "step_result") or "",
            number(answer, "export_adds") or 0,
            number(answer, "export_updates") or 0,
            number(answer, "export_deletes") or 0,
            number(answer, "export_failures") or 0,
        )
