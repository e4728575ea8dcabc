# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules by which requests go wrong on purpose (psrp-lab.md 6.1)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

DEEDS = frozenset({"drop", "rst", "hang", "delay", "status", "fault", "truncate", "garbage", "deny", "badid", "close", "late"})
ON_ANSWER = frozenset({"truncate", "badid", "close"})  # they spoil an answer, so there must be one


@dataclass
class Rule:
    """Which request goes wrong, and how.

    Attributes:
        do: drop (close without an answer), rst (the same, as a TCP reset), hang (``secs``, then close; 0: until the host stops),
            delay (``secs``, then go on), status (HTTP ``status``), fault (WSMan fault ``code``), truncate (half an answer, then close),
            garbage (an answer that is no XML), deny (401), badid (answer to another request), close (close behind the answer),
            late (for a Command: close at once, the function runs ``secs`` later, whatever became of the shell).
        verb: WSMan verb (Create, Command, Send, Receive, Signal, Delete); None for any.
        function: name or pattern (``Get-*``) of the function that the request's pipeline calls, in any case; ``script`` for a script;
            None for any request.
        nth: the first matching request that goes wrong, counted from 1.
        times: how many in a row; -1 for ever.
        when: ``before`` or ``after`` the request took effect; after a Command means that its function has ended (waits 5 s at most).
            truncate, badid and close are always after.
        secs: seconds, for hang, delay and late.

    Raises:
        ValueError: there is no such fault.
    """

    do: str
    verb: str | None = None
    function: str | None = None
    nth: int = 1
    times: int = 1
    when: str = "before"
    secs: float = 0.0
    status: int = 500
    code: int = 2150859012
    text: str = "a fault of the lab"
    seen: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if self.do not in DEEDS or self.when not in ("before", "after"):
            raise ValueError(f"no such fault: {self.do} {self.when}")
        if self.do in ON_ANSWER:
            self.when = "after"
        if self.do == "late":
            self.verb, self.when = "Command", "before"

    def hits(self, verb: str, function: str | None, when: str) -> bool:
        """Whether this request is one of those; counts it."""
        if when != self.when or self.verb not in (None, verb):
            return False
        if self.function is not None and not fnmatchcase((function or "").lower(), self.function.lower()):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times < 0 or self.seen < self.nth + self.times)


class Faults:
    """The rules of one server. Thread-safe."""

    def __init__(self, *rules: Rule | Mapping[str, Any]) -> None:
        self._rules = [_rule(rule) for rule in rules]
        self._lock = threading.Lock()

    @property
    def rules(self) -> list[Rule]:
        """The rules, with what they have ``seen``."""
        with self._lock:
            return list(self._rules)

    def set(self, *rules: Rule | Mapping[str, Any]) -> None:
        """Replace all rules; none: nothing goes wrong any more.

        Raises:
            ValueError: one is not a rule; then all stay as they were.
        """
        wanted = [_rule(rule) for rule in rules]
        with self._lock:
            self._rules = wanted

    def add(self, *rules: Rule | Mapping[str, Any]) -> None:
        """Put rules behind those that are there.

        Raises:
            ValueError: one is not a rule.
        """
        wanted = [_rule(rule) for rule in rules]
        with self._lock:
            self._rules += wanted

    def pick(self, verb: str, function: str | None, when: str) -> Rule | None:
        """The first rule that this request falls under, if any; every rule counts the request."""
        with self._lock:
            hits = [rule for rule in self._rules if rule.hits(verb, function, when)]
            return hits[0] if hits else None


def _rule(rule: Rule | Mapping[str, Any]) -> Rule:
    if isinstance(rule, Rule):
        return rule
    try:
        return Rule(**rule)
    except TypeError as error:
        raise ValueError(f"no such fault: {error}") from None
