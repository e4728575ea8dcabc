# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One reader for all tables: each is whole, each is read when first used, and a broken one is one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import tables
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.tables import BrokenTable, read_table

UTILS = Path(tables.__file__).parents[1]
TABLES = sorted(UTILS.rglob("*.yml"))
TASK_FILES = UTILS / "_rules" / "hooks.py"  # looks into a file of the user's own, which is no table
AT_IMPORT = """
import importlib, pkgutil
import ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils as utils
for each in pkgutil.walk_packages(utils.__path__, utils.__name__ + "."):
    importlib.import_module(each.name)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.tables import read_table
print(read_table.cache_info().misses)
"""


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_is_read_whole(path: Path) -> None:
    """As Python's own reader has it, whichever reads it here; a second call reads nothing."""
    found = read_table(str(path.with_name("any.py")), path.name)
    assert found == yaml.safe_load(path.read_text(encoding="utf-8"))
    assert read_table(str(path.with_name("any.py")), path.name) is found


@pytest.mark.parametrize(
    ("text", "why"), [(None, "No such file"), ("- a\n", "it holds no table"), ("", "it holds no table"), ("a: [", "while parsing")]
)
def test_a_broken_table_is_named_with_what_to_do(tmp_path: Path, text: str | None, why: str) -> None:
    if text is not None:
        (tmp_path / "codes.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenTable, match=why) as found:
        read_table(str(tmp_path / "codes.py"), "codes.yml")
    assert str(tmp_path / "codes.yml") in str(found.value) and "install the collection" in str(found.value) and "\n" not in str(found.value)


def test_only_one_place_reads_tables() -> None:
    """So that all are read alike."""
    reading = {path for path in UTILS.rglob("*.py") if "import yaml" in path.read_text(encoding="utf-8")}
    assert reading == {Path(tables.__file__), TASK_FILES}


def test_no_table_is_read_before_it_is_used() -> None:
    """Each task is a process that imports all this anew."""
    told = subprocess.run([sys.executable, "-c", AT_IMPORT], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"
