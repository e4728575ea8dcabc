# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures of `make test`, from what the tests noted: without a PowerShell engine those about it are empty, and not ok."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.lab.pwsh import coverage

from . import figures, measured

BUILD = Path("build")
LINES = BUILD / "powershell-coverage"
COMMAND = "make test"
WANTED = {("python", "psrp"), ("pwsh", "psrp"), ("pwsh", "winrm")}
SEQUENCES, VALUES, LINES_PERCENT = 100, 10_000, 95.0


def forget() -> None:
    """Before a run: nothing of an earlier one may be counted."""
    measured.forget()
    shutil.rmtree(LINES, ignore_errors=True)
    for stale in [*BUILD.glob("diary/*.json"), *BUILD.glob("reports/*.xml")]:
        stale.unlink()


def write(counts: dict[str, Any]) -> bool:
    """Write and print all figures; false where two servers exported at once, or nothing was looked at."""
    ran = measured.pairs()
    values = {**counts, "engines": sorted({engine for engine, _backend in ran}), "backends": sorted({backend for _engine, backend in ran})}
    print("the same tests of the main job ran on: " + ", ".join(f"{engine} over {backend}" for engine, backend in sorted(ran)))
    figures.write("tests", values, counts["failed"] == 0 and ran >= WANTED, COMMAND)
    found = measured.total("differential")
    figures.write("differential", found, found.get("sequences", 0) >= SEQUENCES and found["disagreements"] == 0, COMMAND)
    found = measured.total("injection")
    figures.write("injection", found, found.get("values", 0) >= VALUES and found["altered"] == found["executed"] == 0, COMMAND)
    found = measured.total("secrets")
    figures.write("secrets", found, found.get("bytes_searched", 0) > 0 and found["found"] == 0, COMMAND)
    _write_lines()
    return _write_diary()


def _write_lines() -> None:
    try:
        told = coverage.summary(LINES)
    except FileNotFoundError:
        figures.write("powershell_coverage", {}, False, COMMAND)
        return
    (BUILD / "powershell-coverage.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    figures.write("powershell_coverage", {"lines_percent": told["lines_percent"]}, told["lines_percent"] >= LINES_PERCENT, COMMAND)
    print("\n".join(coverage.worst(told)))


def _write_diary() -> bool:
    diary = [json.loads(path.read_text()) for path in BUILD.glob("diary/*.json")]
    overlaps, made = sum(each["overlaps"] for each in diary), sum(each["by_the_world"] for each in diary)
    good = bool(diary) and overlaps == 0
    figures.write("diary", {"runs_checked": len(diary), "overlaps": overlaps, "made_by_the_world_itself": made}, good, COMMAND)
    return good
