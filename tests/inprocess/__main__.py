# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault at every request, in two processes, with figures: ``python -m tests.inprocess [--every N] [--single] [--double] [VERB ...]``."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.tools import figures

from .explore import Count, explore
from .verbs import PAIRS, VERBS

COMMAND = "make faults"
SHOWN = 20


def main() -> int:
    """Explore, print, write the figures; 1 where a promise was broken or a target not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verbs", nargs="*", help="by default all")
    parser.add_argument("--every", type=int, default=1, help="only each n-th branch")
    parser.add_argument("--single", action="store_true", help="one fault in each run")
    parser.add_argument("--double", action="store_true", help="two")
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)  # one verb in this very process, with so many faults
    given = parser.parse_args()
    if given.here:
        print(one_line(given.verbs[0], given.here, given.every))
        return 0
    both = given.single == given.double
    good = True
    if given.single or both:
        good &= figure("faults_single", given.verbs or list(VERBS), 1, given.every)
    if given.double or both:
        good &= figure("faults_double", given.verbs or list(PAIRS), 2, given.every)
    return 0 if good else 1


def one_line(name: str, depth: int, every: int) -> str:
    """Explore one verb; what was found as one line of Python, for the parent process."""
    start = time.monotonic()
    count = explore(VERBS[name], depth, every)
    return repr({**vars(count), "seconds": round(time.monotonic() - start, 1)})


def figure(title: str, names: list[str], depth: int, every: int) -> bool:
    """Explore these verbs, each in a process of its own, two at a time, and write the figure."""
    import ast

    start, total = time.monotonic(), Count()

    def one(name: str) -> None:
        command = [sys.executable, "-m", "tests.inprocess", "--here", str(depth), "--every", str(every), name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr[-4000:]}")
        values = ast.literal_eval(done.stdout.strip().splitlines()[-1])
        seconds = values.pop("seconds")
        count = Count(**values)
        total.add(count)
        print(
            f"{title} {name}: {count.runs} runs, {count.merged} equal to one of them, {count.not_sampled} left out, "
            f"{len(count.violations)} violations, {len(count.not_converged)} not converged, {seconds} s",
            flush=True,
        )
        for line in [*count.violations, *count.not_converged][:SHOWN]:
            print(f"  {line}", flush=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, names))
    values = {
        "runs": total.runs,
        "merged": total.merged,
        "possible": total.runs + total.merged + total.not_sampled,
        "violations": len(total.violations),
        "not_converged": len(total.not_converged),
        "seconds": round(time.monotonic() - start, 1),
    }
    good = not total.violations and not total.not_converged and total.runs > 0
    figures.write(title, values, good, COMMAND)
    return good


if __name__ == "__main__":
    sys.exit(main())
