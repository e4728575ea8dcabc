# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults through the real ansible-playbook: runs cases that have not been run with this code, and writes the figure ``faults_wire``.

    python -m tests.integration.wire [--part 3/8] [--count 100] [--only killed,late] [--engine pwsh] [--jobs 2] [--until 12:00] [--again TEXT]

Results are kept in build/wire, one line a case, so that it may be stopped and started again at any time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.tools import figures

from .case import Case, Verdict, kinds, recorded
from .places import Place
from .selection import BUILD, all_cases, in_even_order, remembered, sources

COMMAND = "make faults"


def main() -> int:
    """Run them; 1 where one case went wrong, or nothing was run yet."""
    options = arguments().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wire"))
    try:
        places = remembered(lambda: recorded(folder))
        possible = all_cases(places)
        wanted = [each for each in in_even_order(possible) if not options.only or each[1] in options.only.split(",")]
        part, parts = (int(each) for each in options.part.split("/"))
        wanted = wanted[part - 1 :: parts][: options.count]
        done = {each["case"] for each in results(options.engine)}
        left = [each for each in wanted if name_of(options.engine, *each) not in done]
        if options.again:
            left = [each for each in wanted if options.again in name_of(options.engine, *each)]
        print(f"{len(possible)} cases are possible on {len(places)} places, {len(done)} were run before, {len(left)} are run now", flush=True)
        run(folder, left, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if write(options.engine, len(possible)) else 1


def arguments() -> argparse.ArgumentParser:
    """What may be given."""
    parser = argparse.ArgumentParser(prog="python -m tests.integration.wire")
    parser.add_argument("--part", default="1/1", help="the how many-th part of how many, to share the work between machines")
    parser.add_argument("--count", type=int, default=None, help="at most so many cases, spread evenly")
    parser.add_argument("--only", default="", help=f"kinds, with commas: {', '.join(kinds())}")
    parser.add_argument("--engine", choices=("python", "pwsh"), default="python")
    parser.add_argument("--jobs", type=int, default=2, help="cases side by side")
    parser.add_argument("--until", type=lambda text: datetime.strptime(text, "%H:%M").time(), default=None, help="begin none after this time of day")
    parser.add_argument("--again", default="", help="run anew the cases whose name has this text, and print what Ansible said")
    return parser


def name_of(engine: str, place: Place, kind: str) -> str:
    """As in the results."""
    return f"{engine} {place} {kind}"


def run(folder: Path, cases: list[tuple[Place, str]], options: argparse.Namespace) -> None:
    """Run cases side by side, keep each result at once."""
    lock, kept = threading.Lock(), result_file(options.engine)

    def one(number: int) -> None:
        if options.until and datetime.now().time() >= options.until:
            return
        own = folder / f"case{number}"
        verdict = Case(own, *cases[number], options.engine).judge()
        shutil.rmtree(own, ignore_errors=True)
        with lock:
            print(told(verdict), *(verdict.outputs if options.again else []), sep="\n", flush=True)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(verdict)) + "\n")

    with ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(one, range(len(cases))))


def told(verdict: Verdict) -> str:
    """One line, and what was wrong."""
    said = "ok " if not verdict.problems and not verdict.violations else "BAD"
    head = f"{said} {verdict.seconds:6.1f} s  {verdict.case}: {' > '.join(each or 'killed' for each in verdict.outcomes)}"
    return "\n      ".join([head, *verdict.told, *verdict.violations, *verdict.problems])


def result_file(engine: str) -> Path:
    """Where results of this code are kept."""
    return BUILD / f"results-{engine}-{sources()}.jsonl"


def results(engine: str) -> list[dict[str, Any]]:
    """Results so far, the last one of each case."""
    path = result_file(engine)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return list({each["case"]: each for each in map(json.loads, lines)}.values())


def write(engine: str, possible: int) -> bool:
    """The figure, from all results of this code so far."""
    found = results(engine)
    values = {
        "runs": len(found),
        "possible": possible,
        "violations": sum(bool(each["violations"]) for each in found),
        "not_converged": sum(bool(each["problems"]) for each in found),
        "seconds": round(sum(each["seconds"] for each in found)),
    }
    good = bool(found) and not values["violations"] and not values["not_converged"]
    figures.write("faults_wire" if engine == "python" else f"faults_wire_{engine}", values, good, COMMAND)
    return good


if __name__ == "__main__":
    sys.exit(main())
