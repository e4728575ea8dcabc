# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guards as one declarative table: every check that can refuse, where it stands, which invariant it protects and why.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .tables import read_table

if TYPE_CHECKING:
    from .gates._gate import Gate


@dataclass(frozen=True)
class Guard:
    """One check.

    Attributes:
        id: stable name.
        at: where it stands: ``_rules.module.function``, ``_flows.module.function``, or a PowerShell function.
        codes: refusal codes that it gives.
        judged: the codes come from elsewhere and take effect here; ``codes`` are then those that a test shows.
        protects: invariant of the design, ``S1`` to ``S7`` or ``L1``.
        why: in one sentence.
        covered_by: ids of guards each of which alone prevents the same harm.
    """

    id: str
    at: str
    codes: tuple[str, ...]
    judged: bool
    protects: str
    why: str
    covered_by: tuple[str, ...]

    @property
    def server(self) -> bool:
        """Whether it stands on the server, where no late or repeated request gets past it."""
        return not self.at.startswith(("_rules.", "_flows."))


@lru_cache(maxsize=1)
def guards() -> tuple[Guard, ...]:
    """All guards: those of ``guards.yml`` in its order, then those of the gates, which stand in their files."""
    from .gates import GATES  # they rest on rules that know guards

    written = [
        Guard(
            each["id"],
            each["at"],
            tuple(each["codes"]),
            each.get("judged", False),
            each["protects"],
            each["why"],
            tuple(each.get("covered_by", ())),
        )
        for each in read_table(__file__, "guards.yml")["guards"]
    ]
    return (*written, *(each for gate in GATES for each in _of_gate(gate)))


def _of_gate(gate: Gate) -> Iterator[Guard]:
    """Each way in which a gate says no, and its place among the gates, without which none of them takes effect; one that only tells has none."""
    if not gate.protects:
        return
    here, name = f"_rules.gates.{gate.file}", f"gate_{gate.id.lower()}"
    yield Guard(name, f"{here}.GATE", gate.shows, True, gate.protects, gate.why, gate.covered_by)
    for each in gate.checks:
        yield Guard(f"{name}_{each.codes[0]}", f"{here}.{each.function}", each.codes, each.judged, each.protects or gate.protects, each.why, ())


def guard(name: str) -> Guard:
    """The guard with this id.

    Raises:
        KeyError: there is none.
    """
    return _by_id()[name]


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Guard]:
    return {each.id: each for each in guards()}
