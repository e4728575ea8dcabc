# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make guards`: every check is taken out, one at a time; printed is which test fails without it. Arguments: ids of guards, by default all."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.tools import figures

from .sites import ROOT, Site, sites
from .trial import Copy, Trial, owner

SIDE_BY_SIDE = 2


def run(chosen: list[Site]) -> Iterator[Trial]:
    """Try the sites, in two copies side by side; in their order."""
    made = [Copy(ROOT / "build" / "guards" / str(number)) for number in range(SIDE_BY_SIDE)]
    copies: queue.Queue[Copy] = queue.Queue()
    for each in made:
        copies.put(each)

    def one(site: Site) -> Trial:
        copy = copies.get()
        try:
            return copy.try_without(site)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        yield from pool.map(one, chosen)
    for each in made:
        each.close()


def main(names: list[str]) -> int:
    """Try all, or those of the guards that are named, and print the table."""
    chosen = [site for site in sites() if not names or owner(site).id in names]
    start, killed = time.monotonic(), 0
    print(f"{'guard':<32} {'check':<42} killed by")
    for trial in run(chosen):
        killed += bool(trial.killed_by)
        place = f"{trial.site.path.name}:{trial.site.line}"
        print(f"{trial.guard:<32} {place:<42} {trial.killed_by or 'SURVIVED: ' + trial.note}", flush=True)
    good = killed == len(chosen) > 0
    values = {"killed": killed, "all": len(chosen), "guards": len({owner(site).id for site in chosen}), "seconds": round(time.monotonic() - start, 1)}
    if not names:
        figures.write("guards", values, good, "make guards")
    print(f"{killed} of {len(chosen)} checks are missed by a test when they are taken out")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
