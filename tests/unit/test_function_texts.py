# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What travels along of a PowerShell function: its code whole, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

SOURCES = sorted(_functions.FOLDER.rglob("*.ps1"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_what_is_cut_off_is_a_comment(path: Path) -> None:
    """Behind two spaces and a number sign nothing is code: no text is open there."""
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = _functions._COMMENT.sub("", line)
        if kept != line:
            assert kept.count("'") % 2 == 0 and kept.count('"') % 2 == 0, line


@pytest.mark.parametrize("name", _functions.texts())
def test_no_comment_travels(name: str) -> None:
    """Each line begins with code, and none ends in a remark."""
    assert not [line for line in _functions.texts()[name].splitlines() if line.startswith("#") or " # " in line]
