# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's variables: what each may be, and that README names every one of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.settings import out_of_range, table, wrong

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("method", ["wizard", "settings", "", None], ["Wizard", "magic", 1, ["wizard"], True]),
        ("order", ["staging_first", "switch_first"], ["first"]),
        ("operator_ready", [True, False, "yes", "no", "True", 0], ["maybe", 2, [], {}]),
        ("take_over", [True, "false"], ["maybe"]),
        ("max_pending", [{}, {"deletes": 3}], ["none", ["deletes"], 3]),
        ("overrides", [{"G9": "because"}], [["G6"], "G6"]),
        ("idle_timeout", [1, "1800", 2**31 - 1], [0, -5, 2**31, "soon", 1.5, True, [], "1e3"]),
        ("poll_interval", [0.1, "0.5", 10, 60], [0, -1, 61, "nan", "often", True, None.__class__]),
        ("lease", [1, "120"], [0, "long", 10**9]),
        ("active", ["srv1"], [True, ["srv1"], {}]),
        ("since", ["2026-11-02T20:00:00Z"], [True, ["now"]]),
        ("last_exporter", [{}, {"server": "srv1", "at": "2026-11-02T20:00:00Z"}], ["srv1"]),
    ],
)
def test_what_each_may_be(name: str, good: list[Any], bad: list[Any]) -> None:
    """One sentence names the variable, the value and what to write; an empty value is one that was not given."""
    variable = f"entra_connect_{name}"
    assert [value for value in good if wrong({variable: value})] == []
    for value in bad:
        (sentence,) = wrong({variable: value})
        assert re.fullmatch(rf"{variable} is '.*'; write .+", sentence, re.DOTALL)


def test_the_waits_of_modules_have_the_same_limits() -> None:
    """Under the name of the option."""
    assert out_of_range({"idle_timeout": 0, "timeout": 0, "state": "held"}) == ["idle_timeout is '0'; write a whole number from 1 to 2147483647"]
    assert out_of_range({"idle_timeout": 1800, "poll_interval": 10.0, "lease": 120}) == []


def test_readme_names_every_variable() -> None:
    """And none that there is not; the topology is a variable of hosts."""
    rows = re.findall(r"^\| `(entra_connect_\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted([*table(), "entra_connect_topology"])
