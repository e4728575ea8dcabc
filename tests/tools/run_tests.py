# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run every check and test, sum them up, write the figures. Exit code 1 when anything failed."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.lab.pwsh import coverage

from . import summary

BUILD = Path("build")
REAL_ENGINE = "tests/integration/test_real_engine.py"  # apart, since each task of it starts a PowerShell
NEWEST, OLDEST = ".venv/bin/python", ".venv-oldest/bin/python"


@dataclass(frozen=True)
class Part:
    """One command; a part of pytest leaves a report, every other one counts as one test."""

    name: str
    command: tuple[str, ...]
    reports: bool = False


def pytest(name: str, python: str, *arguments: str, environment: tuple[str, ...] = ()) -> Part:
    """A run of pytest with a report; ``environment`` as NAME=value."""
    report = BUILD / "reports" / f"{name}.xml"
    return Part(
        name,
        (*(("env", *environment) if environment else ()), python, "-m", "pytest", "-q", "-rs", "--no-header", f"--junit-xml={report}", *arguments),
        True,
    )


def main_job(backend: str) -> Part:
    """The main job on PowerShell over one backend; slow, since every session is a process."""
    marks, environment = f"main_job_{backend}", ("ENTRA_LAB_ENGINE=pwsh", f"ENTRA_LAB_CONNECTION={backend}")
    return pytest(f"main-job-pwsh-{backend}", NEWEST, "-m", marks, "tests/integration", environment=environment)


# Two lanes side by side, each takes the next part when it is free. The longest part is the first, so that both end at about the same time
# however fast the machine is.
LANES = 2
PARTS = (
    pytest("integration", NEWEST, "-n", "3", "tests/integration", f"--ignore={REAL_ENGINE}"),
    pytest("unit", NEWEST, "tests/unit"),
    pytest("guards", NEWEST, "tests/guards"),
    pytest("model", NEWEST, "tests/model"),
    pytest("inprocess", NEWEST, "tests/inprocess"),
    pytest("engine", NEWEST, "tests/engine", environment=(f"{coverage.VARIABLE}={summary.LINES.resolve()}",)),
    main_job("winrm"),
    main_job("psrp"),
    pytest("integration-oldest", OLDEST, "-n", "3", "-m", "oldest", "tests/integration"),
    pytest("real-engine", NEWEST, REAL_ENGINE),
    Part("sanity", ("sh", "tests/tools/sanity.sh")),
    Part("lint", ("sh", "tests/tools/lint.sh")),
)


def main() -> int:
    """Run all parts."""
    summary.forget()
    (BUILD / "reports").mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with ThreadPoolExecutor(LANES) as lanes:
        counts = list(lanes.map(run, PARTS))
    passed, failed, skipped = (sum(count[index] for count in counts) for index in range(3))
    good = summary.write({"passed": passed, "failed": failed, "skipped": skipped, "seconds": round(time.monotonic() - start, 1)})
    if note := summary.without():
        print(note)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if good and not failed else 1


def run(part: Part) -> tuple[int, int, int]:
    """Run one part, print what it said, and count."""
    start = time.monotonic()
    done = subprocess.run(part.command, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    lines = said.splitlines()
    shown = lines if done.returncode else [line for line in lines if line.startswith(("SKIPPED", "WARNING: Skip"))] + lines[-1:]
    print(f"== {part.name}: {'ok' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - start:.0f} s\n" + "\n".join(shown[-400:]), flush=True)
    counts = count_report(BUILD / "reports" / f"{part.name}.xml") if part.reports else (1, 0, 0)
    if done.returncode and not counts[1]:
        counts = (counts[0] if part.reports else 0, 1, counts[2])
    return counts


def count_report(path: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a report; a report that is missing counts as one failure."""
    if not path.exists():
        return 0, 1, 0
    suites = ElementTree.parse(path).getroot().iter("testsuite")
    passed = failed = skipped = 0
    for suite in suites:
        total, bad, left = (int(suite.get(name, "0")) for name in ("tests", "failures", "skipped"))
        bad += int(suite.get("errors", "0"))
        passed, failed, skipped = passed + total - bad - left, failed + bad, skipped + left
    return passed, failed, skipped


if __name__ == "__main__":
    sys.exit(main())
