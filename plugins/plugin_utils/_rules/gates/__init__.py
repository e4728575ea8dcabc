# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates: named checks with a verdict and evidence (safety.md 2.2). All run, all failures are listed at once. One file a gate.

To add one, write ``gNN_what.py`` (or ``what.py`` where it has no number) here: ``GATE = Gate(...)`` says everything about it, and the pure function
``check(situation)`` returns what fails, what only warns, and the evidence in words. Nothing else has to be touched: the files are found, their codes
join the table of codes, their checks the table of guards, and ``make docs`` writes the page. docs/add_a_gate.md tells the rest.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..codes import explain
from ..refusals import Refusal
from ..situation import Situation
from ._custom import document, judge_custom
from ._facts import judged
from ._gate import FIRST, Gate


def _found() -> tuple[Gate, ...]:
    """Every gate of this folder: those with a number first, then the others by name."""
    stems = [path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")]
    modules = {stem: importlib.import_module(f".{stem}", __name__) for stem in sorted(stems, key=lambda stem: (not re.match(r"g\d\d_", stem), stem))}
    return tuple(replace(module.GATE, file=stem, judge=module.check) for stem, module in modules.items())


GATES: tuple[Gate, ...] = _found()
NEVER_OVERRIDDEN = frozenset(gate.id for gate in GATES if not gate.overridable)


@dataclass(frozen=True)
class GateResult:
    """The verdict of one gate: ``pass``, ``warn`` or ``fail``, what it saw, and the refusals behind a fail or warn."""

    gate: str
    title: str
    verdict: str
    evidence: str
    refusals: tuple[Refusal, ...] = ()


def run_gates(situation: Situation) -> list[GateResult]:
    """Run every gate of the situation's moment; overrides turn a fail into a warning, except for those that nothing overrides."""
    results = []
    overrides = situation.options.get("overrides") or {}
    for gate in GATES:
        if situation.moment not in gate.moments or gate.judge is None:
            continue
        fails, warns, evidence = gate.judge(situation)
        verdict = "fail" if fails else "warn" if warns else "pass"
        if verdict == "fail" and gate.id in overrides and gate.overridable:
            verdict, evidence = "warn", f"overridden: {overrides[gate.id]}; {evidence}"
        results.append(GateResult(gate.id, gate.title, verdict, evidence, (*fails, *warns)))
    return results + (_custom(situation, overrides) if situation.moment in FIRST else [])


def _custom(situation: Situation, overrides: Mapping[str, Any]) -> list[GateResult]:
    """The verdicts of the user's own gates, over one document of all facts."""
    chosen = situation.options.get("custom_gates") or []
    facts = document(situation) if chosen else {}
    results = []
    for each in chosen:
        name = str(each["id"])
        told_of, warns, evidence = judge_custom(each, facts)
        fails, warns, evidence = judged(situation, told_of, warns, evidence)
        verdict = "fail" if fails else "warn" if warns else "pass"
        if fails and name in overrides:
            verdict, evidence = "warn", f"overridden: {overrides[name]}; {evidence}"
        results.append(GateResult(name, str(each["message"]), verdict, evidence, (*fails, *warns)))
    return results


def shown(result: GateResult) -> dict[str, Any]:
    """A verdict as return values."""
    text = [explain(each.code, each.server, each.params)[0] for each in result.refusals]
    return {"id": result.gate, "title": result.title, "verdict": result.verdict, "evidence": result.evidence, "text": text}


def bad_overrides(overrides: Mapping[str, Any], custom: Iterable[Mapping[str, Any]] = ()) -> list[Refusal]:
    """Overrides of gates that do not exist or cannot be overridden, or without a reason.

    Args:
        custom: gates of the user's own, which may be overridden too.
    """
    known = {gate.id for gate in GATES} | {str(each["id"]) for each in custom}
    refusals = []
    for gate, reason in sorted(overrides.items()):
        if gate not in known:
            detail = f"there is no gate {gate}; write one of {', '.join(sorted(known - NEVER_OVERRIDDEN))}"
        elif gate in NEVER_OVERRIDDEN:
            detail = f"gate {gate} can never be overridden"
        elif not isinstance(reason, str) or not reason.strip():
            detail = f"the override of {gate} has no reason; write one as its value"
        else:
            continue
        refusals.append(Refusal("bad_override", "", {"detail": detail}))
    return refusals
