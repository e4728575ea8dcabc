# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Figures: measured numbers of a target, written as JSON and printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "build" / "figures"


def write(name: str, values: dict[str, Any], ok: bool, command: str) -> bool:
    """Write and print one figure; ``ok``, which is given back, is whether the goal that the figure stands for is met."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure = {"name": name, "values": values, "ok": ok, "command": command}
    (FOLDER / f"{name}.json").write_text(json.dumps(figure, indent=2) + "\n", encoding="utf-8")
    print(f"figure {name}: {json.dumps(values)} ok={str(ok).lower()}")
    return ok
