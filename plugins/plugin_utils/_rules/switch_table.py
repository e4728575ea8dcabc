# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role switch as one declarative table: what the plan prints, what the guards refuse, and the diagram come from it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .guards import guard
from .tables import read_table


@dataclass(frozen=True)
class Row:
    """One edge of the switch.

    Attributes:
        state: where it starts.
        action: id of what is done.
        servers: on which servers: ``target``, ``former``, ``others``, ``all``.
        text: the action in words; ``{server}`` and ``{method}`` are filled in.
        next: the state it leads to.
        stopped: what is so if the run ends right after it, in words for the operator.
        guards: ids of the guards that stand before it or prove it (guards.yml).
        functions: what it calls on the servers, in order.
    """

    state: str
    action: str
    servers: str
    text: str
    next: str
    stopped: str
    guards: tuple[str, ...]
    functions: tuple[str, ...]

    @property
    def refusals(self) -> tuple[str, ...]:
        """Codes that may stand against it: those of its guards, each once."""
        return tuple(dict.fromkeys(code for name in self.guards for code in guard(name).codes))


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """All rows, in the order of the switch."""
    return tuple(
        Row(
            row["state"],
            row["action"],
            row["servers"],
            row["text"],
            row["next"],
            row["stopped"],
            tuple(row["guards"]),
            tuple(row.get("functions", ())),
        )
        for row in read_table(__file__, "switch_table.yml")["rows"]
    )


def row_of(action: str) -> Row:
    """The row of an action.

    Raises:
        KeyError: there is none.
    """
    return {row.action: row for row in rows()}[action]


def mermaid() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {rows()[0].state}"]
    lines += [f"    {row.state} --> {row.next}: {row.action} ({row.servers})" for row in rows()]
    return "\n".join([*lines, f"    {rows()[-1].next} --> [*]", ""])
