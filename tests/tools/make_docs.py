# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make docs`: docs/role_switch.md and docs/gates.md, made from what the product itself reads: rows, guards, codes, gates. Tests compare them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import codes as codes_module
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import codes
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import GATES
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates._gate import Gate
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.guards import Guard, guards
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import mermaid, rows
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.thresholds import table

FILE = Path(__file__).resolve().parents[2] / "docs" / "role_switch.md"
GATES_FILE = FILE.with_name("gates.md")
CODES = Path(codes_module.__file__).parent / "codes.yml"
HEAD = """\
<!--
SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
SPDX-License-Identifier: GPL-3.0-or-later
Made by `make docs` from plugins/plugin_utils/_rules: switch_table.yml, guards.yml, codes.yml, gates. Do not edit.
-->
# The role switch

Every doubt ends with nobody active, never with two. The plan that check mode prints, the checks and this page come from the same tables. Why each
invariant (S1 to S7, L1) is one, and which test backs it, is in [safety.md](safety.md).
"""
ROWS = """\
## The steps

`others` are all servers but the target. What is so *if the run ends right after* a step is what the message then says.
"""
GUARDS = """\
## The guards

Each check that can refuse, the invariant that it protects, and why. *Also prevented by*: guards each of which alone prevents the same harm. That
a test misses each of them when it is taken out is shown by `make guards`. *Judged elsewhere*: the codes come from other checks, or from the error
of a cmdlet, and take effect there; named are those that a test shows.
"""
REFUSALS = """\
## All codes

What a message says, and what it says to do next. `{server}` is the inventory name; other names in braces are filled in too. A code without a guard is
told after a change, or about the connection.
"""
GATES_HEAD = """\
<!--
SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
SPDX-License-Identifier: GPL-3.0-or-later
Made by `make docs` from plugins/plugin_utils/_rules/gates. Do not edit.
-->
# The gates

Named checks with a verdict and evidence. All run, and all failures are listed at once, in check mode too; one that fails refuses before anything has
changed. *before*: before anything changes. *between*: while nobody is active, after the target's catch-up cycle and before its promotion. *after*:
when the switch is proved.

A fail is accepted by its id with a reason: `entra_connect_overrides: {G7: "CHG-123, the server was off for a week"}`. It is a warning then, and the
reason stands in the plan, the report and the servers' journals. What could not be read is never taken for good. How to add a gate:
[add_a_gate.md](add_a_gate.md).
"""
THRESHOLDS = """\
## Thresholds

The numbers by which gates judge. `entra_connect_thresholds: {disk_free_gb: 20}` changes one.
"""


def main() -> None:
    """Write the files."""
    FILE.write_text(text(), encoding="utf-8")
    GATES_FILE.write_text(gates_text(), encoding="utf-8")


def gates_text() -> str:
    """The whole page about the gates."""
    head = ("gate", "passes where", "when", "what is read", "verdict", "override", "what to do")
    return "\n".join([GATES_HEAD, *_table(head, map(_gate, GATES)), *_thresholds()])


def _thresholds() -> Iterator[str]:
    yield THRESHOLDS
    used = {name: " ".join(gate.id for gate in GATES if name in gate.thresholds) for name in table()}
    rows = ((_code(name), str(row["value"]), row["unit"], used[name], row["why"]) for name, row in table().items())
    yield from _table(("threshold", "default", "unit", "gates", "why"), rows)


def _gate(gate: Gate) -> tuple[str, ...]:
    override = ("with a reason" if gate.overridable else "never") if gate.protects else "not needed"
    return gate.id, gate.title, ", ".join(gate.moments), gate.reads, gate.verdict, override, gate.todo


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD, "```mermaid", mermaid() + "```", "", *_rows(), *_guards(), *_codes()])


def _rows() -> Iterator[str]:
    yield ROWS
    yield from _table(
        ("state", "step", "on", "functions on the servers", "next state", "if the run ends right after it"),
        ((row.state, row.action, row.servers, " ".join(map(_code, row.functions)), row.next, row.stopped) for row in rows()),
    )


def _guards() -> Iterator[str]:
    yield GUARDS
    for title, server in (
        ("Before anything is sent, on the controller", False),
        ("On the server, where no late or repeated request gets past", True),
    ):
        yield f"### {title}\n"
        yield from _table(
            ("guard", "protects", "why", "codes", "where", "before", "also prevented by"),
            (_guard(each) for each in guards() if each.server is server),
        )


def _guard(each: Guard) -> tuple[str, ...]:
    told = " ".join(map(_code, each.codes)) + (" *(judged elsewhere)*" if each.judged else "")
    steps = " ".join(row.action for row in rows() if each.id in row.guards)
    return each.id, each.protects, each.why, told, _code(each.at), steps, " ".join(each.covered_by)


def _codes() -> Iterator[str]:
    yield REFUSALS
    given = {code: " ".join(each.id for each in guards() if code in each.codes) for code in codes()}
    for title, names in [*groups(CODES.read_text(encoding="utf-8")), *gate_groups()]:
        yield f"### {title[0].upper()}{title[1:]}\n"
        yield from _table(
            ("code", "says", "next", "guards"), ((_code(name), codes()[name]["text"], codes()[name]["next"], given[name]) for name in names)
        )


def groups(table: str) -> list[tuple[str, list[str]]]:
    """The headings of the table of codes (``# -- heading``), each with the codes below it."""
    found: list[tuple[str, list[str]]] = []
    for line in table.splitlines():
        if heading := re.match(r"# -- (.+)", line):
            found.append((heading[1], []))
        elif name := re.match(r"(\w+):$", line):
            found[-1][1].append(name[1])
    return found


def gate_groups() -> list[tuple[str, list[str]]]:
    """Likewise the codes that stand in the files of the gates."""
    return [(f"gate {gate.id}: {gate.title}", list(gate.codes)) for gate in GATES if gate.codes]


def _table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _line(head)
    yield "|" + "---|" * len(head)
    yield from (_line(line) for line in lines)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(name: str) -> str:
    return f"`{name}`"


if __name__ == "__main__":
    main()
