# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judge a sync cycle by the runs that appeared in the history since it was asked for (adsync.md 2.6).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .budget import limits
from .runs import RunStep

GOOD = frozenset(
    {"success", "completed-no-objects", "completed-transient-objects", "completed-warnings", "completed-skipped-already-completed", "skipped"}
)
EXPORT = "export"


@dataclass(frozen=True)
class Judgement:
    """What a cycle did.

    Attributes:
        ok: every run that began since ended well, and there was at least one.
        text: what was not well, for people.
        runs: the runs as documented return values.
        counts: exported objects per connector and kind.
        exported: whether any export run was among them.
    """

    ok: bool
    text: str
    runs: list[dict[str, Any]]
    counts: dict[str, dict[str, int]]
    exported: bool


def judge_runs(known: Iterable[RunStep], now: Sequence[RunStep]) -> Judgement:
    """Judge the steps in ``now`` that are not in ``known``. No new run at all is not success: nothing was proved."""
    old = {step.key for step in known if step.complete is not False}
    new = [step for step in now if step.key not in old]
    bad = [step for step in new if not _good(step)]
    counts: dict[str, dict[str, int]] = {}
    for step in new:
        if is_export(step):
            sums = counts.setdefault(step.connector, {"adds": 0, "updates": 0, "deletes": 0, "failures": 0})
            sums["adds"] += step.export_adds
            sums["updates"] += step.export_updates
            sums["deletes"] += step.export_deletes
            sums["failures"] += step.export_failures
    text = "; ".join(f"{step.connector}, {step.profile}, step {step.step}: {step.step_result or step.result or 'no result'}" for step in bad)
    if not new:
        text = "no run appeared in the run history"
    return Judgement(bool(new) and not bad, text, [_shown(step) for step in new], counts, any(is_export(step) for step in new))


def is_export(step: RunStep) -> bool:
    """Whether this step exported: by its type where the history tells it, else by the name of its run profile."""
    return step.step_type == EXPORT if step.step_type else EXPORT in step.profile.lower()


def is_kind(step_type: str, profile: str, kind: str) -> bool:
    """Whether a step is of a kind, ``import`` or ``sync``: by its type where the history tells it, else by the name of its run profile."""
    return kind in (step_type or profile).lower()


def over_limits(counts: Mapping[str, Mapping[str, int]], max_exported: Mapping[str, Any]) -> str:
    """What was exported beyond the budget, for people; empty where it was inside (S5)."""
    over = [
        f"{connector}: {sums[kind]} {kind}, at most {limit} planned"
        for connector, sums in sorted(counts.items())
        for kind, limit in limits(max_exported).items()
        if sums.get(kind, 0) > limit
    ]
    return "; ".join(over)


def _good(step: RunStep) -> bool:
    results = [each for each in (step.step_result, step.result) if each]
    return step.complete is not False and bool(results) and all(each in GOOD for each in results)


def _shown(step: RunStep) -> dict[str, Any]:
    return {
        "connector": step.connector,
        "profile": step.profile,
        "step": step.step,
        "step_type": step.step_type,
        "result": step.step_result or step.result,
        "started": step.started,
        "ended": step.ended,
        "export": {"adds": step.export_adds, "updates": step.export_updates, "deletes": step.export_deletes, "failures": step.export_failures},
    }
