# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every promise about safety names a test that there is, and every invariant is promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
PROMISES = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda line: line.split("|")[1].strip()[:40])
def test_a_promise_names_tests_that_there_are(promise: str) -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", promise.split("|")[2])
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_invariant_is_promised() -> None:
    assert {promise.split(":")[0].removeprefix("| ") for promise in PROMISES if ":" in promise} >= {"S1", "S2", "S3", "S4", "S5", "S6", "L1"}
    assert "## What nothing can prevent" in PAGE


def test_the_readme_leads_there() -> None:
    assert "docs/safety.md" in (ROOT / "README.md").read_text(encoding="utf-8")
