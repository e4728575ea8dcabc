# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about the role switch is what the tables say today, and every refusal has a line there and a test that asserts it."""

from __future__ import annotations

import re

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import codes
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import GATES
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.guards import guards
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import rows

from tests.guards import choose
from tests.tools import make_docs

PAGE = make_docs.FILE.read_text(encoding="utf-8")
REFUSING = sorted({code for each in guards() for code in each.codes})


def test_the_page_is_made_from_the_tables() -> None:
    """Run `make docs` after a change of a table."""
    assert make_docs.text() == PAGE, "run make docs"


def test_the_page_about_the_gates_is_made_from_their_files() -> None:
    """Run `make docs` after a change of a gate; each has its line."""
    page = make_docs.GATES_FILE.read_text(encoding="utf-8")
    assert make_docs.gates_text() == page, "run make docs"
    assert all(sum(line.startswith(f"| {gate.id} |") for line in page.splitlines()) == 1 for gate in GATES)


def test_every_row_guard_and_code_has_its_line() -> None:
    """Once each, and no page of a table that was not read."""
    lines = PAGE.splitlines()
    assert len([line for line in lines if line.startswith("| `")]) == len(codes()) > 100
    assert all(sum(line.startswith(f"| {each.id} |") for line in lines) == 1 for each in guards())
    assert all(f"| {row.action} | {row.servers} |" in PAGE for row in rows())
    assert not re.search(r"<(?!!--)[a-z/]", PAGE), "no HTML"


def test_every_code_stands_in_a_group() -> None:
    """A code before the first heading would be missing on the page."""
    found = [*make_docs.groups(make_docs.CODES.read_text(encoding="utf-8")), *make_docs.gate_groups()]
    assert sorted(name for _title, names in found for name in names) == sorted(codes())


@pytest.mark.parametrize("code", REFUSING)
def test_every_refusal_is_asserted_by_a_test(code: str) -> None:
    """By its name, in a test or in the data of one; lists of all codes do not count."""
    assert choose.named(code), f"no test asserts {code}"
