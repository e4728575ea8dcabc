# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a comparison, and the same in the page of a run: every difference can be found, with whose it is and what it means."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._page.parts import words
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._page.render import render, render_comparison
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config import text
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.parse import read_export
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.tables import (
    groups,
    kind_facts,
    verdict_words,
    wizard_unread,
)

from ..rules.config_seeds import SEEDS, edited, simulated_files
from .reader import Page

EVIL = "</td><script>alert(1)</script><img src=http://x>{{ 7 * 7 }}\x00\ud800"


def difference(**changes: Any) -> dict[str, Any]:
    facts = kind_facts("rule_flow")
    return {"kind": "rule_flow", **facts, "title": "In from AD", "field": "flow of mail", "reference": ["one"], "other": ["two"], **changes}


def compared(*differences: dict[str, Any], **changes: Any) -> dict[str, Any]:
    one = {"name": "srv1", "version": "2.5.79.0", "computer": "SRV1", "wizard_file": "", **changes.pop("side", {})}
    verdicts = [each["verdict"] for each in differences]
    found = {
        "checked": True,
        "reference": one,
        "other": {**one, "name": "srv2"},
        "verdict": next((each for each in ("refuse", "warn", "expected") if each in verdicts), "equal"),
        "by_verdict": {each: verdicts.count(each) for each in verdicts},
        "differences": list(differences),
        "wizard_compared": True,
        **changes,
    }
    return {"reference": "srv1", "comparisons": {"srv2": found}, "written_at": "2026-11-02T20:00:00Z"}


def both(told: dict[str, Any]) -> list[Page]:
    """The page of the comparison, and that of a run which compared."""
    return [Page(render_comparison(told)), Page(render({"outcome": "refused", "settings": told}))]


def rows_of(page: Page) -> list[tuple[str, list[str]]]:
    """Every row of every table with its texts, and the texts of the table's head."""
    return [("|".join(cell[2] for cell in table[0]), [cell[2] for cell in row]) for table in page.tables for row in table[1:]]


@pytest.mark.parametrize("group", groups())
def test_a_difference_stands_with_both_values_and_its_meaning(group: str) -> None:
    """In one row, under the names of the two servers, whatever its group is."""
    for page in both(compared(difference(group=group))):
        found = [row for head, row in rows_of(page) if "only srv1|only srv2" in head]
        meaning = f"{verdict_words()['refuse']}; {kind_facts('rule_flow')['why']}"
        assert found == [["In from AD", "flow of mail", "one", "two", "refuse", meaning]]


def test_what_stands_against_a_switch_is_the_first_of_its_group() -> None:
    for page in both(compared(*(difference(title=each, verdict=each) for each in ("expected", "refuse", "warn")))):
        assert [row[0] for head, row in rows_of(page) if "only srv1" in head] == ["refuse", "warn", "expected"]


def test_what_only_one_has_and_many_values() -> None:
    """The other side is said to have nothing; each value has its own line."""
    for page in both(compared(difference(field="", reference=[], other=["a", "b"]))):
        assert ["In from AD", "the whole", "nothing", "a\nb"] in [row[:4] for _head, row in rows_of(page)]


@pytest.mark.parametrize("seed", ["rule disabled", "rule added"])
def test_every_difference_of_two_exports_is_on_their_page(seed: str) -> None:
    """As the comparison gives them, and none where there is none."""
    files = simulated_files()
    told = text.comparison(read_export("srv1", files), read_export("srv2", edited(files, SEEDS[seed].change)))
    page = Page(render_comparison({"reference": "srv1", "comparisons": {"srv2": {"checked": True, **told}}}))
    assert [row[0] for head, row in rows_of(page) if "only srv1" in head] == [each["title"] for each in told["differences"]] != []
    same = text.comparison(read_export("srv1", files), read_export("srv2", files))
    page = Page(render_comparison({"reference": "srv1", "comparisons": {"srv2": {"checked": True, **same}}}))
    assert "srv2: the settings are equal" in page.text and not [head for head, _row in rows_of(page) if "only srv1" in head]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (compared(difference(), difference(verdict="warn")), "refuse"),
        (compared(difference(verdict="warn"), difference(verdict="expected")), "warn"),
        (compared(difference(verdict="expected")), "expected"),
        (compared(), "equal"),
        (compared(checked=False, reason="no export of it"), "not checked"),
        ({"reference": "", "comparisons": {}}, "not checked"),
    ],
)
def test_the_heaviest_verdict_is_said_first(told: dict[str, Any], outcome: str) -> None:
    """Before every table, in words; nothing that was not compared is called equal."""
    page = Page(render_comparison(told))
    assert page.text.index(f"{outcome} {words()['comparisons'][outcome]['text']}") < page.text.index("Settings compared")
    assert ("no export of it" in page.text) == (told["comparisons"].get("srv2", {}).get("checked") is False)


def test_what_only_the_wizards_file_tells_is_said_not_to_be_checked() -> None:
    for page in both(compared(difference(), wizard_compared=False)):
        assert wizard_unread().lower() in page.text.lower()


def test_no_value_becomes_part_of_the_page() -> None:
    """Names of rules and values come from servers."""
    evil = difference(title=EVIL, field=EVIL, reference=[EVIL], other=[EVIL], why=EVIL)
    told = compared(evil, side={"name": EVIL, "computer": EVIL, "wizard_file": EVIL})
    for page in both({**told, "at_risk": [EVIL], "comparisons": {EVIL: told["comparisons"]["srv2"], "srv3": {"checked": False, "reason": EVIL}}}):
        assert (page.loads, page.unclosed, page.unusable) == ([], [], [])
        assert page.text.count("alert(1)") > 5 and "7 * 7" in page.text


@pytest.mark.parametrize("told", [{}, compared(), compared(difference())], ids=["nothing", "equal", "one"])
def test_a_page_is_whole_loads_nothing_and_can_be_read(told: dict[str, Any]) -> None:
    for page in both(told):
        assert (page.unclosed, page.loads, page.unusable) == ([], [], [])
