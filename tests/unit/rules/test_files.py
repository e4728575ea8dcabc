# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of files in our folder, by the same rule as on the server (tests/engine/files.ps1 tries the same names there)."""

from __future__ import annotations

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.files import is_bare, name_problem, size_text


@pytest.mark.parametrize("name", ["AzureADConnect.msi", "a", "-a", "_", "conx", "a.b.c", "a" * 100, "part", "COM10"])
def test_a_plain_name(name: str) -> None:
    assert name_problem(name) == ""


@pytest.mark.parametrize(
    "name",
    ["..\\x", "../x", "C:\\x", "a/b", "CON", "con.msi", "Nul", "COM1.txt", "lpt9", "x:stream", ".hidden", "..", ".", "", "x.", "x ", "a b", "a\n"]
    + ["x.part", "X.PART", "\u00e4.msi", "\u212a.msi", "a\0b", "a" * 101, "*", "%TEMP%"],
)
def test_no_plain_name(name: str) -> None:
    assert f"'{name}'" in name_problem(name)


def test_a_bare_name_has_no_folder() -> None:
    assert is_bare("AzureADConnect.msi") and is_bare("two words.msi")
    assert not any(is_bare(text) for text in ("", "C:\\a.msi", "C:a.msi", "/srv/a.msi", "sub/a.msi", "\\\\share\\a.msi"))


@pytest.mark.parametrize(("size", "text"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1 KB"), (999_999, "999 KB"), (152_371_200, "152.4 MB")])
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text
