# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole run of the differential test: many sequences from one seed, those that disagree made shorter."""

from __future__ import annotations

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .generate import sequence
from .run import Pair
from .shrink import shrink

SEED, SEQUENCES = 1000, 200  # fixed, so that a run can be repeated; ENTRA_LAB_SEED and ENTRA_LAB_SEQUENCES say otherwise
AT_ONCE = 2
REPLAYS = 3


@dataclass
class Found:
    """What came of a run.

    Attributes:
        disagreements: of each sequence on which the engines differ, seed, shortened steps and differences as text.
        unrepeated: the same of those that differed once and in none of the next plays, so that time decided and not the steps; what was seen then.
        reached: functions called and codes answered on the real engine.
    """

    seed: int
    sequences: int
    disagreements: list[str] = field(default_factory=list)
    unrepeated: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)

    def figure(self) -> dict[str, int]:
        """The numbers of the figure."""
        return {"sequences": self.sequences, "disagreements": len(self.disagreements)}


def compare() -> Found:
    """Play the sequences on both engines, some pairs of servers side by side."""
    found = Found(int(os.environ.get("ENTRA_LAB_SEED", SEED)), int(os.environ.get("ENTRA_LAB_SEQUENCES", SEQUENCES)))
    waiting, lock = iter(range(found.seed, found.seed + found.sequences)), threading.Lock()

    def work(_number: int) -> None:
        pair = Pair()
        try:
            while True:
                with lock:
                    seed = next(waiting, None)
                if seed is None:
                    return
                differences, reached = pair.both(sequence(seed))
                repeats = bool(differences) and any(pair.both(sequence(seed))[0] for _each in range(REPLAYS))
                told = _told(seed, pair) if repeats else "\n".join([f"seed {seed}:", *differences])
                with lock:
                    found.reached |= reached
                    if differences:
                        (found.disagreements if repeats else found.unrepeated).append(told)
        finally:
            pair.close()

    with ThreadPoolExecutor(AT_ONCE) as workers:
        list(workers.map(work, range(AT_ONCE)))
    return found


def _told(seed: int, pair: Pair) -> str:
    steps = shrink(sequence(seed), lambda some: bool(pair.both(some)[0]))
    lines = [json.dumps(step, ensure_ascii=False) for step in steps]
    return "\n".join([f"seed {seed}:", *lines, *pair.both(steps)[0]])
