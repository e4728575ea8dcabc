# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run our functions on a real PowerShell engine, against stubs of the cmdlets that Linux lacks."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from tests.lab.pwsh import coverage
from tests.lab.pwsh.engine import find

HERE = Path(__file__).parent
TOKEN = {"Epoch": 1, "RunId": "aaa"}


@dataclass
class Call:
    """One call of a function in a case; ``script`` instead changes the stub's world."""

    function: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    script: str = ""


@dataclass
class Case:
    """Calls in a world of their own, and what has to come of the last one."""

    name: str
    steps: list[Call]
    error: str = ""
    says: str = ""  # a part of the message, where one code has several reasons
    answer: dict[str, Any] = field(default_factory=dict)
    world: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)


def functions_text() -> str:
    """All functions as a session sends them, with marks where coverage is wanted."""
    source = coverage.source(find())
    return "\n".join(_functions._shorten(path.read_text(encoding="utf-8")) for path in sorted(source.glob("P*/*.ps1")))


def tell(script: str, folder: Path) -> dict[str, Any]:
    """What a script of checks beside this file tells, given our functions' text and a folder of its own."""
    functions = folder / "functions.ps1"
    functions.write_text(functions_text(), encoding="utf-8")
    command = [str(find()), "-NoProfile", "-NonInteractive", "-File", str(HERE / script), str(functions), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise AssertionError(f"{script} ended with {done.returncode}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def run(cases: list[Case], folder: Path) -> dict[str, dict[str, Any]]:
    """Run all cases in one process; results by name."""
    functions, file = folder / "functions.ps1", folder / "cases.json"
    functions.write_text(functions_text(), encoding="utf-8")
    file.write_text(json.dumps([{"name": case.name, "steps": [vars(step) for step in case.steps]} for case in cases]), encoding="utf-8")
    command = [str(find()), "-NoProfile", "-NonInteractive", "-File", str(HERE / "driver.ps1"), str(functions), str(file), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise AssertionError(f"the driver ended with {done.returncode}: {done.stderr[-2000:]}")
    return {result["name"]: result for result in json.loads(done.stdout)}
