# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration of `model.yml`, searched: its figures, and every violation with the shortest way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import rows

from tests.lab.twins import Twin

from . import liveness
from .controller import Controller, Without
from .events import BUDGETS, EVENTS, TIME
from .search import Scope, Search
from .servers import NAMES, Fleet, Server

LIMIT = 3_000_000
KEYS = {"name", "operators", "servers", "method", "take_over", "budgets", "events", "invariant", "liveness", "small"}
KEYS |= {"merged", "cut_off", "writeback"}


@dataclass
class Result:
    """What a configuration came to. ``rests``: configurations of servers that L1 was asked of; ``asked``: calls that the twins answered."""

    name: str
    states: int
    edges: int
    seconds: float
    complete: bool
    rests: int = 0
    asked: int = 0
    violations: list[str] = field(default_factory=list)

    def line(self) -> str:
        """As it is printed."""
        verdict = "holds" if not self.violations else f"{len(self.violations)} VIOLATIONS"
        more = "" if self.complete else " INCOMPLETE"
        return f"{self.name:<78} {self.states:>9,} states {self.edges:>10,} edges {self.rests:>6,} rests {self.seconds:6.1f} s  {verdict}{more}"


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """`model.yml`.

    Raises:
        ValueError: it has a word that nothing knows, or leaves a row of the switch table out that asks nothing here.
    """
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "model.yml").read_text(encoding="utf-8"))
    for each in found["configurations"]:
        unknown = (set(each) - KEYS) | (set(each["budgets"]) - set(BUDGETS)) | (set(each["events"]) - {*EVENTS, TIME})
        if unknown:
            raise ValueError(f"{each['name']}: nothing knows {', '.join(sorted(unknown))}")
    if strange := set(found["no_influence"]) - {row.action for row in rows()}:
        raise ValueError(f"no_influence: the switch table has no {', '.join(sorted(strange))}")
    return found


def scope(values: Mapping[str, Any], without: Without | None = None, twins: Mapping[str, Twin] | None = None) -> Scope:
    """The scope of a configuration, with guards taken out."""
    count = values.get("servers", 2)
    fleet = Fleet(count, twins)
    method, take_over = values.get("method", "settings"), values.get("take_over", True)
    controllers = [
        Controller(letter, tuple(targets), NAMES[:count], method, take_over, without or Without()) for letter, targets in values["operators"].items()
    ]
    active = values.get("active", NAMES[0])
    cut_off, writeback = values.get("cut_off", ""), values.get("writeback", False)
    servers = [Server(index, NAMES[index] != active, reach=NAMES[index] != cut_off, writeback=writeback) for index in range(count)]
    merged = frozenset(values.get("merged", ()))
    return Scope(fleet, controllers, servers, values["budgets"], values["events"], values.get("invariant", "S1"), merged)


def search(values: Mapping[str, Any]) -> Result:
    """Search one configuration, then ask L1 where it is to be asked."""
    made = Search(scope(values))
    found = made.go(LIMIT)
    result = Result(values["name"], found.states, found.edges, found.seconds, found.complete)
    if found.trace:
        result.violations.append(f"{made.scope.invariant}: " + " | ".join(found.trace))
    if values.get("liveness") and not found.trace:
        result.rests, stuck, seconds = liveness.check(made, found.visited)
        result.seconds += seconds
        for said in {each[2]: each for each in stuck}.values():
            target, state, what = said
            result.violations.append(f"L1 to {target}: {what}: after " + " | ".join(made.trace_to(found, state)))
    result.asked = made.fleet.asked
    return result
