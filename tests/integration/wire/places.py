# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a run may go wrong: every connection that it opens and every call that it makes, polls of one wait as one place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from tests.lab.faults import Faults, Rule
from tests.lab.recorder import RequestRecord

POLL = "Update-EntraSyncLease"
DROP = {"do": "drop", "times": -1}


@dataclass(frozen=True, order=True)
class Place:
    """One request of a run, told by what the run has come to, so that slow and quick runs have the same places.

    Attributes:
        server: to which server.
        function: what is called, or was called last, polls aside; empty before the first call.
        number: the how many-th call of this function to this server, from 1.
        what: the ``call`` itself, the first ``poll`` after it, or the first ``connection`` that is opened after it.
    """

    server: str
    function: str
    number: int
    what: str = "call"

    @property
    def kind(self) -> str:
        """``connection`` or ``call``: what can go wrong here, in the words of kinds.yml."""
        return "connection" if self.what == "connection" else "call"

    def __str__(self) -> str:
        return f"{self.server} {'' if self.what == 'call' else f'{self.what} after '}{self.function or 'nothing'}#{self.number}"


class Counter:
    """Says at which place of a server a request is; what belongs to no call or connection of its own is at that of the last one."""

    def __init__(self, server: str) -> None:
        self._seen: dict[str, int] = {}
        self._call = self._here = Place(server, "", 0)

    def count(self, verb: str, function: str | None) -> Place:
        """The place of a request; to be called once for each, in their order."""
        if verb == "Create":
            self._here = replace(self._call, what="connection")
        elif verb == "Command" and function == POLL:
            self._here = replace(self._call, what="poll")
        elif verb == "Command" and function:
            self._seen[function] = self._seen.get(function, 0) + 1
            self._here = self._call = Place(self._call.server, function, self._seen[function])
        return self._here

    @property
    def here(self) -> Place:
        """The place of the last request that was counted."""
        return self._here


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
            here = self._counter.count(verb, function) if when == "before" else self._counter.here
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
        hit = wanted is not None and not self.fired and Rule(**wanted).hits(verb, None, when)
        self.fired = self.fired or hit or (acts and wanted is None)
        return (Rule(**wanted), acts) if hit else (None, acts)

    def _is_act(self, verb: str) -> bool:
        """Before a function means when it is asked for; after it, when its answer is fetched, since it has ended then."""
        if self._place.kind == "connection":
            return verb == "Create"
        return verb == ("Command" if self._kind["when"] == "before" else "Receive")
