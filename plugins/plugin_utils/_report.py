# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result file of a run, on the controller: written at the start as ``unknown`` and replaced whole at each phase.

Internal to the collection: no promise of stability between releases.

ansible-playbook can only exit 0, 2 or 4, so this file is what a caller trusts (design, section 6).
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ._rules.outcomes import outcome_rc


def now() -> str:
    """The controller's time, UTC, ISO 8601."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def write(path: Path, values: dict[str, Any]) -> None:
    """Replace the file whole, so that a reader never sees half of it.

    Raises:
        OSError: the folder cannot be written.
    """
    whole = {**values, "outcome_rc": outcome_rc(values["outcome"]), "written_at": now()}
    _replace(path, json.dumps(whole, indent=2, sort_keys=True) + "\n")


def write_page(path: Path, values: dict[str, Any]) -> Path:
    """Write the same as one page of HTML beside the file; gives its path.

    Raises:
        OSError: the folder cannot be written.
    """
    from ._page.render import render  # most tasks write no page, and each is a process of its own

    page = path.with_suffix(".html")
    _replace(page, render({**values, "written_at": now()}))
    return page


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    Path(name).replace(path)


def read(path: Path) -> dict[str, Any]:
    """The file's values, or none where it is not there or is no JSON."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
