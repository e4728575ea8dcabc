# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault at every request, two processes side by side, with the figures ``faults_single`` and ``faults_double``.

    python -m tests.inprocess [--single] [--double] [--every N] [--until 12:00] [VERB ...]

Verbs are tried in parts, and what a part found is kept in build/inprocess, so that it may be stopped and started again at any time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.tools import figures
from tests.tools.sources import ROOT, checksum

from .explore import Count, explore
from .verbs import PAIRS, VERBS

COMMAND = "make faults"
SHOWN = 20
SOURCES = ("plugins", "roles", "playbooks", "tests/lab", "tests/inprocess", "tests/model", "tests/integration/identity_tasks.yml")
FIGURES = {1: "faults_single", 2: "faults_double"}  # by faults in one run
PARTS = {1: 1, 2: 64}  # so that each is minutes of work


class Part(NamedTuple):
    """One part of a verb's runs: so many faults in each, each n-th of them, this part of so many."""

    depth: int
    every: int
    number: int
    of: int
    verb: str

    @property
    def kept(self) -> Path:
        """Where its result is kept, as long as the code is the same."""
        return ROOT / "build" / "inprocess" / checksum(*SOURCES) / f"{'-'.join(map(str, self))}.json"


def main() -> int:
    """Explore what has no result yet, print, write the figures; 1 where a promise was broken or a target not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verbs", nargs="*", help="by default all")
    parser.add_argument("--every", type=int, default=1, help="only each n-th branch")
    parser.add_argument("--single", action="store_true", help="one fault in each run")
    parser.add_argument("--double", action="store_true", help="two")
    parser.add_argument(
        "--until", type=lambda text: datetime.strptime(text, "%H:%M").time(), default=None, help="begin no part after this time of day"
    )
    parser.add_argument("--here", help=argparse.SUPPRESS)  # one part in this very process: its numbers, with commas; the verb
    given = parser.parse_args()
    if given.here:
        depth, every, number, of = map(int, given.here.split(","))
        explore_part(Part(depth, every, number, of, given.verbs[0]))
        return 0
    good = True
    for depth, asked, names in ((1, given.single, VERBS), (2, given.double, PAIRS)):
        if asked or given.single == given.double:
            good &= figure(depth, given.verbs or list(names), given.every, given.until)
    return 0 if good else 1


def explore_part(part: Part) -> None:
    """Explore it and keep what was found."""
    start = time.monotonic()
    count = explore(VERBS[part.verb], part.depth, part.every, (part.number, part.of))
    part.kept.parent.mkdir(parents=True, exist_ok=True)
    half = part.kept.with_suffix(".new")
    half.write_text(json.dumps({**vars(count), "seconds": round(time.monotonic() - start, 1)}), encoding="utf-8")
    half.replace(part.kept)


def figure(depth: int, names: list[str], every: int, until: Any) -> bool:
    """Explore these verbs, each part in a process of its own, two at a time, and write the figure of all parts so far."""
    parts = [Part(depth, every, number, PARTS[depth], name) for number in range(PARTS[depth]) for name in names]

    def one(part: Part) -> None:
        if part.kept.exists() or (until and datetime.now().time() >= until):
            return
        here = ",".join(map(str, part[:4]))
        done = subprocess.run([sys.executable, "-m", "tests.inprocess", "--here", here, part.verb], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{part}: {done.stderr[-4000:]}")
        print(told(part), flush=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, parts))
    total, seconds, done = Count(), 0.0, 0
    for part in parts:
        if part.kept.exists():
            count, took = result(part)
            total.add(count)
            seconds, done = seconds + took, done + 1
    values = {
        "runs": total.runs,
        "merged": total.merged,
        "possible": total.runs + total.merged + total.not_sampled,
        "violations": len(total.violations),
        "not_converged": len(total.not_converged),
        "parts": done,
        "parts_possible": len(parts),
        "seconds": round(seconds, 1),
    }
    good = not total.violations and not total.not_converged and total.runs > 0
    figures.write(FIGURES[depth], values, good, COMMAND)
    return good


def result(part: Part) -> tuple[Count, float]:
    """What a part found, and the seconds that it took."""
    values = json.loads(part.kept.read_text(encoding="utf-8"))
    seconds = values.pop("seconds")
    return Count(**values), seconds


def told(part: Part) -> str:
    """One line, and some of what was wrong."""
    count, seconds = result(part)
    head = (
        f"{FIGURES[part.depth]} {part.verb}, part {part.number + 1} of {part.of}: {count.runs} runs, {count.merged} equal to one of them, "
        f"{count.not_sampled} left out, {len(count.violations)} violations, {len(count.not_converged)} not converged, {seconds} s"
    )
    return "\n  ".join([head, *[*count.violations, *count.not_converged][:SHOWN]])


if __name__ == "__main__":
    sys.exit(main())
