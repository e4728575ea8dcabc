# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests measure for a figure, and what they ran on: each notes its part, `make test` adds the parts up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

BUILD = Path(__file__).parents[2] / "build"
FOLDER, RAN = BUILD / "measured", BUILD / "engines"


def note(figure: str, part: str, values: dict[str, int]) -> None:
    """Keep what one test counted; a later run of the same test replaces it."""
    (FOLDER / figure).mkdir(parents=True, exist_ok=True)
    (FOLDER / figure / f"{part}.json").write_text(json.dumps(values), encoding="utf-8")


def ran(engine: str, backend: str) -> None:
    """Note that tests ran on this pair."""
    RAN.mkdir(parents=True, exist_ok=True)
    (RAN / f"{engine}-{backend}").touch()


def pairs() -> set[tuple[str, str]]:
    """The pairs of engine and backend that tests ran on."""
    return {(engine, backend) for engine, _dash, backend in (path.name.partition("-") for path in RAN.glob("*-*"))}


def total(figure: str) -> dict[str, int]:
    """The sum over all parts; empty where nothing was measured."""
    sums: dict[str, int] = {}
    for path in sorted((FOLDER / figure).glob("*.json")):
        for name, count in json.loads(path.read_text(encoding="utf-8")).items():
            sums[name] = sums.get(name, 0) + count
    return sums


def forget() -> None:
    """Before a run: nothing of an earlier one may be counted."""
    for folder in (FOLDER, RAN):
        shutil.rmtree(folder, ignore_errors=True)
