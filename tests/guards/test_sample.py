# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fixed, even sample of the checks, each taken out; `make guards` takes out all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.pwsh.engine import find

from .mutate import without
from .sites import Site, sites
from .trial import Copy

EVERY = 15
ALL = sites()
SAMPLE = [site for site in ALL if not site.server or find() is not None][::EVERY]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """Where checks are taken out."""
    made = Copy(Path(tmp_path_factory.mktemp("guards")) / "copy")
    yield made
    made.close()


@pytest.mark.parametrize("site", SAMPLE, ids=lambda site: f"{site.path.name}:{site.line}")
def test_a_check_that_is_taken_out_is_missed(site: Site, copy: Copy) -> None:
    """By a test that names its code; this is a sample of every 15th."""
    trial = copy.try_without(site)
    print(f"{len(SAMPLE)} of {len(ALL)} checks are tried here: {trial.guard} is killed by {trial.killed_by}")
    assert trial.killed_by, f"{trial.guard}: {trial.note}"


@pytest.mark.parametrize("site", ALL, ids=lambda site: f"{site.path.name}:{site.line}")
def test_every_check_can_be_taken_out(site: Site) -> None:
    """What is left is valid Python; what a PowerShell file is then, its tests say."""
    text = without(site)
    if not site.server:
        compile(text, str(site.path), "exec")
    assert text != (site.path if site.path.is_absolute() else Path(__file__).resolve().parents[2] / site.path).read_text(encoding="utf-8")
