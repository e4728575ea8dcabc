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

from ._flows.flow import Flow
from ._rules.outcomes import outcome_rc

CLOSE_SECONDS = 10.0


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


def note_interruption(flow: Flow | None, reason: str, run: dict[str, Any] | None) -> None:
    """After Ctrl-C or SIGTERM: end the claim where one is held, and say in the result file what is known.

    Nothing is sent when the controller itself is gone: then somebody else may already be at work, and the lease runs out.
    """
    ended = False
    claimed = flow is not None and flow.topology.token is not None and not flow.topology.check_mode
    if flow is not None and claimed and not flow.topology.controller_gone():
        _answers, errors = flow.topology.call_each(flow.topology.names, "Close-EntraSyncClaim", CLOSE_SECONDS, Outcome="unknown")
        ended = not errors
    if run and run.get("path"):
        path = Path(run["path"])
        claim = "its claim is ended" if ended else "its claim stays until the lease runs out"
        write(path, {**read(path), "outcome": "unknown", "reason": f"{reason}; {claim}; run the same command again"})
