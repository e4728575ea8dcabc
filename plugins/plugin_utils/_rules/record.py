# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we ourselves keep on a server: claim, goal, hold, quarantine, promotion, fences, found values.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from .declared import Declared
from .fields import Answer, flag, number, text, texts


class Token(NamedTuple):
    """Identity of a claim: a change needs the equal one. Ordered by epoch, so that the newest is the greatest."""

    epoch: int
    run_id: str

    def __str__(self) -> str:
        return f"{self.epoch}.{self.run_id}"

    @classmethod
    def parse(cls, written: str) -> Token:
        """Read ``epoch.run_id`` as `adsync_claim` gives it.

        Raises:
            ValueError: it is none.
        """
        epoch, _dot, run_id = written.partition(".")
        if not epoch.isdigit() or not run_id:
            raise ValueError(f"'{written}' is no claim token; write the value 'claim' that adsync_claim returned, for instance 3.5f2a9c0d1e7b")
        return cls(int(epoch), run_id)


def _token(answer: Answer) -> Token:
    return Token(number(answer, "epoch") or 0, text(answer, "run_id") or "")


@dataclass(frozen=True)
class Claim:
    """Who may change this server. ``live`` and ``ended`` are the server's own judgement, by its clock; unknown counts as live.

    ``verb`` is the playbook that claimed (empty: by hand), ``member_names`` the inventory names in the order of ``members``. A record of an
    earlier version of the collection has neither: both are empty then.
    """

    token: Token
    who: str
    since: str
    live: bool
    ended: bool
    kind: str
    complete: bool
    members: tuple[str, ...]
    member_names: tuple[str, ...]
    tenant: str
    active: str
    former: str
    version: str
    order: str
    method: str
    verb: str

    @classmethod
    def of(cls, answer: Answer) -> Claim:
        """From the record ``claim`` of an answer."""
        ended = flag(answer, "ended") is True
        return cls(
            _token(answer),
            text(answer, "who") or "unknown",
            text(answer, "since") or "",
            not ended and flag(answer, "live") is not False,
            ended,
            text(answer, "kind") or "",
            flag(answer, "complete") is True,
            tuple(texts(answer, "members") or ()),
            tuple(texts(answer, "member_names") or ()),
            text(answer, "tenant") or "",
            *(text(answer, name) or "" for name in ("goal_active", "goal_former", "goal_version", "goal_order", "goal_method", "goal_verb")),
        )


@dataclass(frozen=True)
class GoalRecord:
    """The goal of the last complete claim; ``outcome`` is empty while it is open, ``verb`` and ``member_names`` are those of the claim."""

    token: Token
    active: str
    former: str
    version: str
    order: str
    method: str
    outcome: str
    members: tuple[str, ...]
    tenant: str
    verb: str
    member_names: tuple[str, ...]

    @classmethod
    def of(cls, answer: Answer) -> GoalRecord:
        """From the record ``goal`` of an answer."""
        return cls(
            _token(answer),
            text(answer, "active") or "",
            text(answer, "former") or "",
            text(answer, "version") or "",
            text(answer, "order") or "",
            text(answer, "method") or "",
            text(answer, "outcome") or "",
            tuple(texts(answer, "members") or ()),
            text(answer, "tenant") or "",
            text(answer, "verb") or "",
            tuple(texts(answer, "member_names") or ()),
        )


@dataclass(frozen=True)
class Hold:
    """Our record of a hold. ``starts_since`` counts the logged starts of the service since; None is unknown."""

    state: str
    since: str
    staging: str
    by: str
    starts_since: int | None
    log_reaches: bool
    facts: str

    def noted(self) -> dict[str, Any]:
        """The facts that were noted when the server was held; none where they cannot be read."""
        try:
            value = json.loads(self.facts)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @classmethod
    def of(cls, answer: Answer) -> Hold:
        """From the record ``hold`` of an answer."""
        return cls(
            text(answer, "state") or "",
            text(answer, "since") or "",
            text(answer, "staging") or "",
            text(answer, "by") or "",
            number(answer, "starts_since"),
            flag(answer, "log_reaches") is True,
            text(answer, "facts") or "",
        )


@dataclass(frozen=True)
class Quarantine:
    """Our outbound block; ``effective`` is checked at each read, ``reason`` says what makes it ineffective."""

    effective: bool
    reason: str

    @classmethod
    def of(cls, answer: Answer) -> Quarantine:
        """From the record ``quarantine`` of an answer."""
        return cls(flag(answer, "effective") is True, text(answer, "reason") or "")


@dataclass(frozen=True)
class Promotion:
    """A promotion that was sent, or asked of an operator, and may still land (S4)."""

    token: Token
    method: str

    @classmethod
    def of(cls, answer: Answer) -> Promotion:
        """From the record ``promotion`` of an answer."""
        return cls(_token(answer), text(answer, "method") or "")


@dataclass(frozen=True)
class Fence:
    """Another server that is declared out, and what keeps it from exporting.

    Attributes:
        server: its inventory name.
        kind: ``cloud``, ``powered_off`` or ``asserted``.
        reason: why it is out.
        evidence: what shows it.
        identity: name of its cloud identity (kind ``cloud``).
        exported: its last export as the cloud told it when the identity was read (kind ``cloud``).
        since: when it was recorded, or when one of kind, identity and last export changed.
        by: who claimed then.
        age_seconds: since then, by the clock of the server whose record it is; None is unknown.
    """

    server: str
    kind: str
    reason: str
    evidence: str
    identity: str
    exported: str
    since: str
    by: str
    age_seconds: int | None

    @classmethod
    def of(cls, answer: Answer) -> Fence:
        """From one entry of ``fences`` of an answer."""
        server, kind, reason, evidence, identity, exported, since, by = (
            text(answer, name) or "" for name in ("server", "kind", "reason", "evidence", "identity", "exported", "since", "by")
        )
        return cls(server, kind, reason, evidence, identity, exported, since, by, number(answer, "age_seconds"))

    @classmethod
    def declared(cls, declared: Declared) -> Fence:
        """One that is declared and stands in no record yet."""
        return cls(declared.server, declared.kind, declared.reason, declared.evidence, "", "", "", "", None)


@dataclass(frozen=True)
class Found:
    """A value as it was found, and what we set instead."""

    name: str
    found: str
    set: str

    @classmethod
    def of(cls, answer: Answer) -> Found:
        """From one entry of ``found`` of an answer."""
        return cls(*(str(answer.get(name)) if answer.get(name) is not None else "" for name in ("name", "found", "set")))
