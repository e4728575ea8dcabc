# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test needs that not every machine has."""

from __future__ import annotations

import pytest

from tests.lab.pwsh.engine import find

NO_ENGINE = "no PowerShell engine: set ENTRA_LAB_PWSH, or put pwsh on PATH"
ENGINE = pytest.mark.skipif(find() is None, reason=NO_ENGINE)
