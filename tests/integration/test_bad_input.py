# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input ends with one plain sentence, an error and no change; the rows are in bad_input.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.settings import table

from .conftest import Maker
from .runner import MAIN, Control, Done, put_msi
from .test_switch import writing
from .world_acts import act

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bad_input.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"].replace(" ", "_"))
def test_bad_input(row: dict[str, Any], control: Maker, request: pytest.FixtureRequest) -> None:
    """It says what is wrong, where, and what to do instead; nothing is changed, not even a record."""
    request.node.overlap_by_the_world = bool(row.get("overlap_by_the_world"))
    here = control(row.get("servers"))
    spoil(here, row)
    before = here.fleet.world.snapshot()
    done = run(here, row)
    said = " ".join(done.output.split())
    assert (done.rc == 0) == row.get("fine", False), done.output
    for text in row["says"]:
        assert text in said, f"it does not say: {text}\n{done.output}"
    assert done.outcome == row.get("outcome", "refused"), done.output
    assert done.changed == 0, done.output
    assert not any(writing(here).values()), f"{writing(here)}\n{done.output}"
    assert here.fleet.world.snapshot() == before
    assert "Traceback" not in said, done.output


def test_every_variable_has_a_row() -> None:
    """One in which it cannot be meant."""
    tried = {f"entra_connect_{name}" for row in ROWS for name in row.get("variables", {})}
    assert set(table()) <= tried


def spoil(here: Control, row: dict[str, Any]) -> None:
    """What the inventory and the world are like before the run."""
    for name, acts in row.get("world", {}).items():
        for word, value in acts.items():
            act(here.fleet, name, word, value)
    inventory = yaml.safe_load(here.inventory.read_text(encoding="utf-8"))
    groups = inventory["all"]["children"]
    changes = row.get("inventory", {})
    if changes.get("no_group"):
        groups["servers"] = groups.pop("entra_connect")
    if "twin" in changes:
        hosts = groups["entra_connect"]["hosts"]
        hosts["srv1b"] = {**hosts["srv1"], **changes["twin"]}
    here.inventory.write_text(yaml.safe_dump(inventory), encoding="utf-8")


def run(here: Control, row: dict[str, Any]) -> Done:
    """Run what the row says."""
    if "play" in row:
        path = here.folder / "own.yml"
        path.write_text(yaml.safe_dump([row["play"]]), encoding="utf-8")
        return here.finish(here.start(MAIN, str(path)))
    variables = put_msi(here.fleet, row["msi"]) if "msi" in row else {}
    variables |= {f"entra_connect_{name}": value for name, value in row.get("variables", {}).items()}
    return here.playbook(row.get("playbook", "swing_upgrade"), *row.get("arguments", []), **variables)
