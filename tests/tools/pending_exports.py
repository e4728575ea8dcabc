# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure how a large file of pending exports is read: memory and speed, and whether it is counted right (``make pending``).

The file is made up (`tests.lab.csexport`), the PowerShell and our function that reads it are real. Its memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.engine import engine
from tests.lab.csexport import counted

from . import csexport_file, figures

PLACES = ("on_added", "added", "changed", "removed")
MOST_MEGABYTES = 200


def read(folder: Path, megabytes: float) -> dict[str, Any]:
    """Make a file there and read it in a process of its own: ``bytes``, ``found``, ``seconds``, ``peak_kb``, and ``right``, by a naive count."""
    count, size = csexport_file.write(folder / "export.xml", megabytes)
    told = engine.tell("pending_file.ps1", folder)
    return {**told, "bytes": size, "right": as_counted(told["found"]) == counted(csexport_file.objects(count))}


def as_counted(found: dict[str, Any]) -> dict[str, Any]:
    """What the reader found, in the form of the naive count."""
    attributes = {(name, place): count for name, counts in found["attributes"].items() for place, count in zip(PLACES, counts, strict=False) if count}
    types = {(name, kind): count for name, kinds in found["types"].items() for kind, count in kinds.items() if count}
    kinds = {kind: found[kind] for kind in ("adds", "updates", "deletes")}
    return {"objects": found["objects"], "renames": found["renames"], "kinds": kinds, "attributes": attributes, "types": types}


def main() -> int:
    """Measure, and write the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=500.0)
    wanted = parser.parse_args()
    if engine.find() is None:
        print("no PowerShell here: set ENTRA_LAB_PWSH")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        told = read(Path(folder), wanted.megabytes)
    values = {
        "file_mb": round(told["bytes"] / 1e6, 1),
        "objects": told["found"]["objects"],
        "peak_memory_mb": round(told["peak_kb"] / 1024, 1),
        "limit_mb": MOST_MEGABYTES,
        "seconds": round(told["seconds"], 1),
        "mb_per_second": round(told["bytes"] / 1e6 / told["seconds"], 1),
        "counted_right": told["right"],
    }
    ok = figures.write("pending_exports", values, told["right"] and told["peak_kb"] < MOST_MEGABYTES * 1024, "make pending")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
