# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a run may go wrong: every connection that it opens and every call that it makes, polls of one wait as one place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.lab.faults import Faults, Rule
from tests.lab.recorder import RequestRecord

POLL = "Update-EntraSyncLease"
DROP = {"do": "drop", "times": -1}


@dataclass(frozen=True, order=True)
class Place:
    """One request of a run.

    Attributes:
        server: to which server.
        connection: the how many-th connection to it, from 1; a task opens at most one.
        function: what is called; empty for the opening of the connection itself.
        number: the how many-th call of this function over this connection, from 1; polls that follow each other count as one.
    """

    server: str
    connection: int
    function: str = ""
    number: int = 0

    @property
    def kind(self) -> str:
        """``call`` or ``connection``."""
        return "call" if self.function else "connection"

    def __str__(self) -> str:
        return f"{self.server}/{self.connection}" + (f"/{self.function}/{self.number}" if self.function else "")


class Counter:
    """Says at which place of a server a request is."""

    def __init__(self, server: str) -> None:
        self._server, self._connections = server, 0
        self._seen: dict[str, int] = {}
        self._last = ""

    def count(self, verb: str, function: str | None) -> Place:
        """The place of a request; to be called once for each, in their order."""
        if verb == "Create":
            self._connections, self._seen, self._last = self._connections + 1, {}, ""
        elif verb == "Command" and function:
            if not (function == POLL == self._last):
                self._seen[function] = self._seen.get(function, 0) + 1
            self._last = function
        return self.of(verb, function)

    def of(self, verb: str, function: str | None) -> Place:
        """The place of a request that was counted, or belongs to one that was."""
        name = function if verb != "Create" and function else ""
        return Place(self._server, self._connections, name, self._seen.get(name, 0))


def places(server: str, requests: Iterable[RequestRecord]) -> list[Place]:
    """All places of a recorded run on one server, in its order."""
    counter = Counter(server)
    found = [counter.count(each.verb, each.function) for each in requests if each.verb in ("Create", "Command")]
    return list(dict.fromkeys(found))


class FaultsAt(Faults):
    """Something goes wrong at one place.

    Args:
        place: where.
        kind: an entry of kinds.yml.
        act: what its ``act`` means, called in the thread of the request.
    """

    def __init__(self, place: Place, kind: dict[str, Any], act: Callable[[], None]) -> None:
        super().__init__()
        self._place, self._kind, self._act = place, kind, act
        self._counter, self._guard = Counter(place.server), threading.Lock()
        self.fired = self._acted = self._over = False

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._guard:
            self._over = True

    def pick(self, verb: str, function: str | None, when: str) -> Rule | None:
        """See `Faults.pick`."""
        with self._guard:
            here = self._counter.count(verb, function) if when == "before" else self._counter.of(verb, function)
            rule, acts = (None, False) if self._over else self._due(here, verb, when)
        if acts:
            self._act()
        return rule

    def _due(self, here: Place, verb: str, when: str) -> tuple[Rule | None, bool]:
        if self.fired and self._kind.get("always"):
            return Rule(**DROP), False
        if here != self._place:
            return None, False
        acts = not self._acted and self._kind.get("when") == when and bool(self._kind.get("act")) and self._is_act(verb)
        self._acted = self._acted or acts
        wanted = self._kind.get("rule")
        hit = wanted is not None and not self.fired and Rule(**wanted).hits(verb, here.function or None, when)
        self.fired = self.fired or hit or (acts and wanted is None)
        return (Rule(**wanted), acts) if hit else (None, acts)

    def _is_act(self, verb: str) -> bool:
        """Before a function means when it is asked for; after it, when its answer is fetched, since it has ended then."""
        if self._place.kind == "connection":
            return verb == "Create"
        return verb == ("Command" if self._kind["when"] == "before" else "Receive")
