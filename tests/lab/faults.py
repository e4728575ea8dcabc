# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules by which requests go wrong on purpose (psrp-lab.md 6.1)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEEDS = ("drop", "rst", "hang", "delay", "status", "fault", "garbage", "deny", "badid", "late")


@dataclass
class Rule:
    """Which request goes wrong, and how.

    Attributes:
        do: drop (close without an answer), rst, hang (``secs``, then close), delay, status, fault, garbage, deny (401), badid (answer to
            another request), late (close at once, the call happens ``secs`` later).
        verb: WSMan verb; None for any.
        function: name of the function that the request's pipeline calls; None for any.
        nth: the first matching request that goes wrong, counted from 1.
        times: how many in a row; -1 for ever.
        when: ``before`` or ``after`` the request took effect.
    """

    do: str
    verb: str | None = None
    function: str | None = None
    nth: int = 1
    times: int = 1
    when: str = "before"
    secs: float = 0.0
    status: int = 500
    seen: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if self.do not in DEEDS or self.when not in ("before", "after"):
            raise ValueError(f"no such fault: {self.do} {self.when}")

    def hits(self, verb: str, function: str | None, when: str) -> bool:
        """Whether this request is one of those; counts it."""
        if when != self.when or self.verb not in (None, verb) or self.function not in (None, function):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times < 0 or self.seen < self.nth + self.times)


class Faults:
    """The rules of one server."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._lock = threading.Lock()

    def set(self, *rules: Rule | Mapping[str, Any]) -> None:
        """Replace all rules."""
        with self._lock:
            self._rules = [rule if isinstance(rule, Rule) else Rule(**rule) for rule in rules]

    def pick(self, verb: str, function: str | None, when: str) -> Rule | None:
        """The first rule that this request falls under, if any."""
        with self._lock:
            hits = [rule for rule in self._rules if rule.hits(verb, function, when)]
            return hits[0] if hits else None
