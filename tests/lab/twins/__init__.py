# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python twins of the PowerShell functions, on the model: one file each, same names; they decide nothing but the guards."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Twin = Callable[..., Any]


def _name_of(stem: str) -> str:
    verb, *noun = stem.split("_")
    return verb.capitalize() + "-" + "".join(word.capitalize() for word in noun)


def _load() -> dict[str, Twin]:
    stems = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return {_name_of(stem): importlib.import_module(f"{__name__}.{stem}").call for stem in stems if re.match("[a-z]", stem)}


TWINS: dict[str, Twin] = _load()
