# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several tests of the real engine look at: the cases' results, and what the differential test found. Each is run once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools import measured

from . import engine
from .cases import CASES
from .differential.session import Found, compare


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """All cases, run in one process; where single ones were selected on the command line, these alone."""
    users = [item for item in request.session.items if "results" in getattr(item, "fixturenames", ())]
    cases = [item.callspec.params.get("case") if hasattr(item, "callspec") else None for item in users]
    return engine.run(CASES if None in cases else cases, tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="session")
def differential() -> Found:
    """What the two engines of the lab disagree on; kept for the figure."""
    found = compare()
    measured.note("differential", "sequences", found.figure())
    measured.note("seed", "differential", {"seed": found.seed})
    return found
