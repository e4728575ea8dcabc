# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test needs that not every machine has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.lab.pwsh.engine import find

NO_ENGINE = "no PowerShell engine: set ENTRA_LAB_PWSH, or put pwsh on PATH"
ENGINE = pytest.mark.skipif(find() is None, reason=NO_ENGINE)

NO_EXPORT = "no real export of settings: set ENTRA_LAB_EXPORT to a folder with one below it"


def real_export() -> Path | None:
    """A folder as Get-ADSyncServerConfiguration wrote it on a real server."""
    told = os.environ.get("ENTRA_LAB_EXPORT")
    found = sorted(path.parent for path in Path(told).glob("*/GlobalSettings")) if told else []
    return found[0] if found else None


EXPORT = pytest.mark.skipif(real_export() is None, reason=NO_EXPORT)
