# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which lines of our PowerShell functions ran on a real engine, where ENTRA_LAB_COVERAGE names a folder to note it in.

A line counts where a statement begins it. All files of Public and Private count.
What a child process runs (Get-ChildScript) is a text, one line here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

VARIABLE = "ENTRA_LAB_COVERAGE"
SOURCE = Path(__file__).resolve().parents[3] / "plugins" / "plugin_utils" / "powershell"
SCRIPT = Path(__file__).parent / "coverage.ps1"
_MARKED, _LINES = "marked", "lines.json"
_lock = threading.Lock()


def source(engine: str | None) -> Path:
    """The folder of our PowerShell functions: as it is, or a copy with marks where coverage is wanted.

    Raises:
        RuntimeError: the files cannot be marked; says why.
    """
    wanted = os.environ.get(VARIABLE)
    if not wanted or engine is None:
        return SOURCE
    folder = Path(wanted)
    with _lock:
        if not (folder / _LINES).exists():
            _mark(folder, engine)
    return folder / _MARKED


def _mark(folder: Path, engine: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)  # some tests run as a user without rights
    shutil.copytree(SOURCE, folder / _MARKED, dirs_exist_ok=True)
    command = [engine, "-NoProfile", "-NonInteractive", "-File", str(SCRIPT), "-Folder", str(folder / _MARKED), "-Lines", str(folder / _LINES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode or not (folder / _LINES).exists():
        raise RuntimeError(f"the PowerShell files cannot be marked: {done.stdout[-500:]}{done.stderr[-500:]}")


def summary(folder: Path) -> dict[str, Any]:
    """What was hit, by file: its lines that can be, those that were missed; and the percentage of all.

    Raises:
        FileNotFoundError: nothing was measured there.
    """
    lines: dict[str, list[int]] = json.loads((folder / _LINES).read_text(encoding="utf-8"))
    hit = {line for path in folder.glob("*.hits") for line in path.read_text(encoding="utf-8").split("\n")}
    files: dict[str, Any] = {
        name: {"lines": len(numbers), "missed": [number for number in numbers if f"{name}:{number}" not in hit]} for name, numbers in lines.items()
    }
    total, missed = sum(len(numbers) for numbers in lines.values()), sum(len(each["missed"]) for each in files.values())
    return {"lines": total, "hits": total - missed, "lines_percent": round(100.0 * (total - missed) / max(total, 1), 1), "files": files}


def worst(values: dict[str, Any], count: int = 12) -> list[str]:
    """The files that miss most, as text."""
    ordered = sorted(values["files"].items(), key=lambda item: -len(item[1]["missed"]))
    return [f"{name}: lines {', '.join(map(str, each['missed']))}" for name, each in ordered[:count] if each["missed"]]
