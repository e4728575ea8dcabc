# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as lines of at most 100 columns, for someone who reads one for the first time.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from .codes import explain
from .declared import NOBODY, Declared
from .gates import GateResult
from .goal import Goal
from .invariant import judge, table
from .plan import Plan, Step
from .reads import ServerRead
from .switch_table import row_of

WIDTH = 94
MARKS = {"pass": "ok  ", "warn": "WARN", "fail": "FAIL"}


def render(
    reads: Mapping[str, ServerRead],
    goal: Goal,
    plan: Plan,
    gates: Sequence[GateResult],
    notes: Sequence[str],
    out: Mapping[str, Declared] = NOBODY,
) -> list[str]:
    """The whole plan: what is, what is wanted, the gates, the steps, what users will notice."""
    version = f", every server at {goal.version}" if goal.version else ""
    lines = [*table(judge(reads, "at_most_one", out=out)), "", f"wanted: {goal.active} active{version}"]
    lines += ["", "gates"] if gates else []
    lines += gate_lines(gates)
    lines += ["", "nothing is left to do" if not plan.steps else f"plan {plan.id}"]
    lines += [each for step in group(plan.steps) for each in _wrap(f"  {step}", 9)]
    lines += [""] + [each for note in notes for each in _wrap(f"  note: {note}", 8)] if notes and plan.steps else []
    return lines


def gate_lines(gates: Sequence[GateResult]) -> list[str]:
    """The verdicts, one gate a line, and below it what stands against it."""
    lines: list[str] = []
    for gate in gates:
        lines += _wrap(f"  {MARKS[gate.verdict]} {gate.gate:<12} {gate.title}: {gate.evidence}", 20)
        for refusal in gate.refusals:
            lines += _wrap(f"       - {explain(refusal.code, refusal.server, refusal.params)[0]}", 9)
    return lines


def group(steps: Sequence[Step]) -> list[str]:
    """Steps that follow each other with the same action become one line: ``1-2    claim srv1, srv2``."""
    lines: list[str] = []
    start = 0
    while start < len(steps):
        end = start
        while end + 1 < len(steps) and steps[end + 1].action == steps[start].action:
            end += 1
        first, last = steps[start], steps[end]
        servers = ", ".join(step.server for step in steps[start : end + 1])
        number = f"{first.number}" if start == end else f"{first.number}-{last.number}"
        lines.append(f"{number:<7}{_with_servers(first, servers)}")
        start = end + 1
    return lines


def _with_servers(step: Step, servers: str) -> str:
    """The step's text with more servers in the place of its own; found by the pattern, since a name may be any word."""
    start = len(row_of(step.action).text.partition("{server}")[0])
    return step.text[:start] + servers + step.text[start + len(step.server) :]


def _wrap(line: str, indent: int) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent, drop_whitespace=True, replace_whitespace=False) or [""]
