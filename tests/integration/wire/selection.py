# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All cases there are, and which of them a sample takes: any first n of its order lie evenly over places and kinds."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable
from dataclasses import asdict
from math import gcd

from tests.integration.runner import ROOT
from tests.tools.sources import checksum

from .case import kinds
from .places import Place

BUILD = ROOT / "build" / "wire"
SOURCES = ("plugins", "roles", "playbooks", "tests/lab", "tests/integration/wire")
GOLDEN = 0.618034


def all_cases(places: list[Place]) -> list[tuple[Place, str]]:
    """Every kind at every place where it can happen."""
    return [(place, name) for place in places for name, kind in kinds().items() if kind["at"] == place.kind]


def in_even_order(cases: list[tuple[Place, str]]) -> list[tuple[Place, str]]:
    """Every case once, those that follow each other far apart."""
    if not cases:
        return []
    step = max(1, round(len(cases) * GOLDEN))
    while gcd(step, len(cases)) != 1:
        step += 1
    return [cases[number * step % len(cases)] for number in range(len(cases))]


def sample(places: list[Place], of: Callable[[str], bool], count: int) -> list[tuple[Place, str]]:
    """The first ``count`` cases of those kinds in that order."""
    return in_even_order([each for each in all_cases(places) if of(each[1])])[:count]


def is_kill(kind: str) -> bool:
    """Whether the controller is killed."""
    return kinds()[kind].get("act") == "kill"


def sources() -> str:
    """A checksum of everything that decides what a run asks for."""
    return checksum(*SOURCES)


def remembered(record: Callable[[], list[Place]]) -> list[Place]:
    """The places of this code's run; recorded once, whoever comes first, since that takes two runs. Every engine is asked the same."""
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / f"places-{sources()}.json"
    with (BUILD / f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            path.write_text(json.dumps([asdict(place) for place in record()]), encoding="utf-8")
        return [Place(**values) for values in json.loads(path.read_text(encoding="utf-8"))]
