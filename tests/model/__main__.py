# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make model`: every configuration in two processes, printed one by one and in total, and the figure."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.tools import figures

from . import ablations
from .configurations import Result, search, table

AT_LEAST = 1_000_000


def main() -> int:
    """Search all; 0 where nothing was violated, all was searched, and every ablation came out as it says."""
    began = time.perf_counter()
    results: list[Result] = []
    with ProcessPoolExecutor(2) as workers:
        for done in as_completed([workers.submit(search, each) for each in table()["configurations"]]):
            result = done.result()
            results.append(result)
            print(result.line(), flush=True)
            for violation in result.violations:
                print(f"    {violation}")
        taken_out = list(workers.map(ablations.run, ablations.table()["ablations"]))
    print()
    for each in taken_out:
        print(each.line())
    for entry in ablations.table()["elsewhere"]:
        print(f"- {entry['name']}: not taken out here: {entry['why']}")
    violations = sum(len(each.violations) for each in results)
    values = {
        "states": sum(each.states for each in results),
        "edges": sum(each.edges for each in results),
        "violations": violations,
        "seconds": round(time.perf_counter() - began, 1),
        "rests": sum(each.rests for each in results),
        "ablations": len(taken_out),
        "ablations_as_said": sum(each.as_said for each in taken_out),
    }
    ok = not violations and values["states"] >= AT_LEAST and all(each.complete for each in results) and all(each.as_said for each in taken_out)
    print(f"\n{values['states']:,} states, {values['edges']:,} edges, {violations} violations, {values['seconds']} s")
    figures.write("model", values, ok, "make model")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
