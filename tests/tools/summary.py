# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures of `make test`, from what the tests noted: without a PowerShell engine those about it are empty, and not ok."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.lab.pwsh import coverage
from tests.lab.pwsh.engine import find
from tests.needs import NO_ENGINE

from . import figures, measured

BUILD = Path("build")
LINES = BUILD / "powershell-coverage"
COMMAND = "make test"
WANTED = {("python", "psrp"), ("pwsh", "psrp"), ("pwsh", "winrm")}
SAMPLES = ("faults_inprocess_sample", "faults_wire_sample")
SEQUENCES, VALUES, LINES_PERCENT = 100, 10_000, 95.0


def forget() -> None:
    """Before a run: nothing of an earlier one may be counted."""
    measured.forget()
    shutil.rmtree(LINES, ignore_errors=True)
    for stale in [*BUILD.glob("diary/*.json"), *BUILD.glob("reports/*.xml")]:
        stale.unlink()


def write(counts: dict[str, Any]) -> bool:
    """Write and print all figures; false where two servers exported at once, nothing was looked at, or with an engine a goal is missed."""
    ran = measured.pairs()
    values = {**counts, "engines": sorted({engine for engine, _backend in ran}), "backends": sorted({backend for _engine, backend in ran})}
    print("the main job ran on: " + ", ".join(f"{engine} over {backend}" for engine, backend in sorted(ran)))
    print(f"the sequences of calls on both engines began with seed {measured.total('seed').get('seed', 'none')}")
    met = [
        figures.write("tests", values, counts["failed"] == 0 and ran >= WANTED, COMMAND),
        _write_sum("differential", lambda found: found["sequences"] >= SEQUENCES and found["disagreements"] == 0),
        _write_sum("injection", lambda found: found["values"] >= VALUES and found["altered"] == found["executed"] == 0),
        _write_sum("secrets", lambda found: found["bytes_searched"] > 0 and found["found"] == 0),
        _write_lines(),
        *(_write_sum(name, lambda found: found["runs"] > 0 and found["violations"] == found["not_converged"] == 0) for name in SAMPLES),
    ]
    print("\n".join(map(_sampled, SAMPLES)))
    return _write_diary() and (all(met) or find() is None)


def without() -> str:
    """Why something was not run, for the line before the last; empty with an engine."""
    return "" if find() is not None else f"skipped is what needs a PowerShell: {NO_ENGINE}"


def _write_sum(name: str, goal: Callable[[dict[str, int]], bool]) -> bool:
    found = measured.total(name)
    return figures.write(name, found, bool(found) and goal(found), COMMAND)


def _sampled(name: str) -> str:
    found = measured.total(name)
    return f"{name}: {found.get('runs', 0)} of {found.get('possible', 0)} were run, all of them by: make faults"


def _write_lines() -> bool:
    try:
        told = coverage.summary(LINES)
    except FileNotFoundError:
        return figures.write("powershell_coverage", {}, False, COMMAND)
    (BUILD / "powershell-coverage.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print("\n".join(coverage.worst(told)))
    return figures.write("powershell_coverage", {"lines_percent": told["lines_percent"]}, told["lines_percent"] >= LINES_PERCENT, COMMAND)


def _write_diary() -> bool:
    diary = [json.loads(path.read_text()) for path in BUILD.glob("diary/*.json")]
    overlaps, made = sum(each["overlaps"] for each in diary), sum(each["by_the_world"] for each in diary)
    good = bool(diary) and overlaps == 0
    return figures.write("diary", {"runs_checked": len(diary), "overlaps": overlaps, "made_by_the_world_itself": made}, good, COMMAND)
