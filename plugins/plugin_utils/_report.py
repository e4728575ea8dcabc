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
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({**values, "outcome_rc": outcome_rc(values["outcome"]), "written_at": now()}, file, indent=2, sort_keys=True)
        file.write("\n")
    Path(name).replace(path)


def read(path: Path) -> dict[str, Any]:
    """The file's values, or none where it is not there or is no JSON."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
