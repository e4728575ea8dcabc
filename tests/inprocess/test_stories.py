# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sequences that broke a draft once, one file each in ``stories/``; those that need a network, and the rows of the guide, are integration tests."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.lab.agreement import disagreements

from .stage import staged
from .story import Story, verb_of

FILES = sorted((Path(__file__).parent / "stories").glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_story(file: Path) -> None:
    """It ends as the file says, nobody exported beside another one, and the run histories tell the same."""
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    with staged(verb_of(values)) as stage:
        Story(values, stage).play(values["steps"])
        assert values.get("overlap_by_the_world") or stage.overlaps_of_ours() == []
        assert disagreements(stage.world) == []
