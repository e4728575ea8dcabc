# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the guide, and sequences that need a network or processes, one file each in ``scenarios/``; others are in tests/inprocess/stories."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .conftest import Maker
from .story import Story

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scenario(file: Path, control: Maker, request: pytest.FixtureRequest) -> None:
    """It ends as the file says, and no two servers ever exported at once."""
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    request.node.overlap_by_the_world = bool(values.get("overlap_by_the_world"))
    Story(values, control).play(values["steps"])
