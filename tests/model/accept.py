# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the product's own journals of a run are a path that the switch table allows.

The journals of all servers are merged by time and walked once. What is asked of them comes from the table's rows, in their order, and
from `accept.yml`. Nothing here looks at the simulated world: a journal is all that there is after a run on real servers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import rows

CLAIM, COMPLETE, CLOSE = "New-EntraSyncClaim", "Complete-EntraSyncClaim", "Close-EntraSyncClaim"
HOLD, START = "Enter-EntraSyncHold", "Start-EntraSyncRelease"
FENCE, UNFENCE = "Set-EntraSyncFence", "Clear-EntraSyncFence"
PROMOTIONS = ("Disable-EntraSyncStaging", "Register-EntraSyncPromotion")


class Deed(NamedTuple):
    """One call that began to change a server: ``result`` is done, refused, unknown, or intent where nothing more was written; ``detail`` is
    that of the intent.
    """

    at: float
    server: str
    function: str
    token: str
    result: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.function} on {self.server} with token {self.token or 'none'}"


class Places(NamedTuple):
    """Where functions may stand: numbers of the table's rows by function, and the groups of `accept.yml`."""

    rows: dict[str, frozenset[int]]
    phase_end: int
    phase_start: int
    anywhere: frozenset[str]
    aside: frozenset[str]
    without_token: frozenset[str]


class NotAccepted(Exception):
    """The journals are no path of the table; the text says where."""


@lru_cache(maxsize=1)
def places() -> Places:
    """The table and `accept.yml` together. Raises `KeyError` where that file names an action that the table does not have."""
    more = yaml.safe_load((Path(__file__).parent / "accept.yml").read_text(encoding="utf-8"))
    number = {row.action: index for index, row in enumerate(rows())}
    found: dict[str, set[int]] = defaultdict(set)
    for index, row in enumerate(rows()):
        for function in row.functions:
            found[function].add(index)
    for entry in more["also"]:
        found[entry["function"]] |= {number[action] for action in entry["at"]}
    again = more["next_phase"]
    groups = (frozenset(more[name]) for name in ("anywhere", "aside", "without_token"))
    return Places({name: frozenset(where) for name, where in found.items()}, number[again["after"]], number[again["to"]], *groups)


def accepts(
    journals: Mapping[str, Iterable[Mapping[str, Any]]], out: Iterable[str] = (), held: Iterable[str] = (), forgot: Iterable[str] = ()
) -> str | None:
    """Why these journals are no path that the table allows; None where they are one.

    Args:
        journals: per server its entries in the order they were written, each with ``at`` (UTC text or seconds), ``function``, ``what``
            (``intent``, ``done``, ``refused``, ``unknown``) and ``token`` (``epoch.run id``; ``0.`` or empty for none).
        out: servers that are declared out all the time: nobody asks them, so a claim and a promotion do without them. One whose fence
            the journals tell is out from the claim of the run that set it until a run cleared it.
        held: servers that were in an unbroken hold before their journal begins.
        forgot: servers whose record went back or was lost on the way, so that a claim there may begin with a low epoch again.
    """
    try:
        deeds = [deed for server, entries in journals.items() for deed in _deeds(server, entries)]
        walk = _Walk([name for name in journals if name not in set(out)], held, forgot)
        walk.fencing = {(deed.token, deed.detail.partition(" ")[2]) for deed in deeds if deed.function == FENCE and deed.result != "refused"}
        walk.ever = {deed.server for deed in deeds if deed.function == CLAIM and deed.result != "refused"}
        for deed in sorted(deeds, key=lambda each: each.at):  # stable: entries of one server keep their order
            if deed.result != "refused":
                walk.step(deed)
    except NotAccepted as no:
        return str(no)
    return None


def _deeds(server: str, entries: Iterable[Mapping[str, Any]]) -> list[Deed]:
    """Each intent with its result. The mutex lets one change begin only after the one before it has ended or died."""
    deeds: list[Deed] = []
    for entry in entries:
        function, what = str(entry["function"]), str(entry["what"])
        token = str(entry.get("token") or "")
        token = "" if token.startswith("0.") else token
        if what == "intent":
            deeds.append(Deed(_seconds(entry["at"]), server, function, token, what, str(entry.get("detail") or "")))
            continue
        last = deeds[-1] if deeds else None
        if function in places().aside:  # a file that comes in chunks ends in a later call than it begins in
            continue
        if last is None or last.result != "intent" or (last.function, last.token) != (function, token):
            raise NotAccepted(f"{server}: {function} is {what} with token {token or 'none'}, but that was not the intent before it")
        deeds[-1] = last._replace(result=what)
    return deeds


class _Walk:
    """What is known while the journals are read in order of time."""

    def __init__(self, servers: list[str], held: Iterable[str], forgot: Iterable[str]) -> None:
        self.servers, self.forgot = servers, set(forgot)
        self.fencing: set[tuple[str, str]] = set()  # token of a run, and a server that it declares out
        self.fenced: set[str] = set()
        self.ever: set[str] = set()  # servers that are claimed at some time
        self.claims: dict[str, list[str]] = {}  # server -> tokens that its claim may have: the last that was surely taken, then what may be
        self.taken: set[tuple[str, str]] = set()  # every claim that was or may have been taken
        self.ended: set[tuple[str, str]] = set()
        self.complete: set[tuple[str, str]] = set()
        # server -> whether it is held; None where a call that did not say done may have had its effect
        self.held: dict[str, bool | None] = dict.fromkeys(held, True)
        self.at: dict[str, set[int]] = {}  # token -> rows at which its run may be
        self.seen: set[tuple[str, str, str]] = set()

    def step(self, deed: Deed) -> None:
        """Raises `NotAccepted` unless this may come next."""
        known = places()
        if deed.function in known.aside:
            return
        if deed.function not in known.rows and deed.function not in known.anywhere:
            raise NotAccepted(f"{deed}: neither the table nor accept.yml knows this function")
        if deed.function == CLAIM:
            self._claim(deed)
        elif deed.token:
            self._owner(deed)
        elif deed.function not in known.without_token and deed.function not in known.anywhere:
            raise NotAccepted(f"{deed}: it needs a claim")
        self._in_order(deed)
        self._effect(deed)

    def _claim(self, deed: Deed) -> None:
        before = self.claims.get(deed.server, [""])[0]
        if _epoch(deed.token) <= _epoch(before) and (deed.token == before or deed.server not in self.forgot):
            raise NotAccepted(f"{deed}: the claim before it, {before or 'none'}, has no lower epoch")
        self.taken.add((deed.server, deed.token))
        self.claims[deed.server] = [deed.token] if deed.result == "done" else [*self.claims.get(deed.server, [""]), deed.token]

    def _owner(self, deed: Deed) -> None:
        possible = self.claims.get(deed.server, [""])
        if deed.token not in possible:
            raise NotAccepted(f"{deed}: the claim there is {possible[0] or 'none'}")
        if (deed.server, deed.token) in self.ended:
            raise NotAccepted(f"{deed}: this claim was ended there")

    def _in_order(self, deed: Deed) -> None:
        """The rows at which the run may be after this; a call that was made before may come again, late or repeated (S4)."""
        known = places()
        if not deed.token or deed.function in known.anywhere:
            return
        key = (deed.token, deed.function, deed.server)
        now = self.at.setdefault(deed.token, {0})
        there = {row for row in known.rows[deed.function] if any(row >= at or (at >= known.phase_end and row >= known.phase_start) for at in now)}
        if not there and (key not in self.seen or deed.function in PROMOTIONS):
            raise NotAccepted(f"{deed}: after {', '.join(sorted(rows()[at].action for at in now))} it is out of the table's order")
        self.seen.add(key)
        if there:
            self.at[deed.token] = there

    def _effect(self, deed: Deed) -> None:
        server, token = deed.server, deed.token
        if deed.function == COMPLETE:
            missing = [name for name in self._members(token) if (name, token) not in self.taken]  # it may land when a newer claim has begun
            if missing:
                raise NotAccepted(f"{deed}: {', '.join(missing)} was not claimed by it")
            self.complete.add((server, token))
        elif deed.function == CLOSE and deed.result == "done":
            self.ended.add((server, token))
        elif deed.function == HOLD:
            self.held[server] = True if deed.result == "done" else None
        elif deed.function == START:
            self.held[server] = False if deed.result == "done" or self.held.get(server) is False else None
        elif deed.function == FENCE:
            self.fenced.add(deed.detail.partition(" ")[2])
        elif deed.function == UNFENCE:
            self.fenced.discard(deed.detail)
        elif deed.function in PROMOTIONS:
            self._promotion(deed)

    def _members(self, token: str) -> list[str]:
        """The servers by now: one that is claimed later for the first time was added later; one that never is, was missed; one that is out
        by this run or by an earlier one does not count.
        """
        known = [name for name in self.servers if name in self.claims or name not in self.ever]
        return [name for name in known if name not in self.fenced and (token, name) not in self.fencing]

    def _promotion(self, deed: Deed) -> None:
        if (deed.server, deed.token) not in self.complete:
            raise NotAccepted(f"{deed}: the claim was not complete there")
        loose = [name for name in self._members(deed.token) if name != deed.server and self.held.get(name, False) is False]
        if loose:
            raise NotAccepted(f"{deed}: {', '.join(loose)} was not held")
        if self.held.get(deed.server) is True:
            raise NotAccepted(f"{deed}: it was itself held")


def of_fleet(fleet: Any) -> dict[str, list[dict[str, Any]]]:
    """The journals of a lab's fleet, of the engine that it has; a last line that is cut off is left out."""
    if fleet.engine != "pwsh":
        return {name: list(server.journal) for name, server in fleet.world.servers.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for name in fleet.world.servers:
        found[name] = []
        for line in fleet.journal(name).splitlines():
            with suppress(ValueError):
                found[name].append(json.loads(line.lstrip("\ufeff")))
    return found


def _epoch(token: str) -> int:
    return int(token.partition(".")[0] or 0)


def _seconds(at: Any) -> float:
    if isinstance(at, (int, float)):
        return float(at)
    moment = datetime.fromisoformat(str(at).replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
