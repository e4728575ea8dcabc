# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every PowerShell function on a real engine, against stubs of the cmdlets; skipped, with its reason, where there is no engine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from tests import needs

from . import engine
from .cases import CASES

pytestmark = needs.ENGINE
CHECKER = "check51.ps1"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Any, results: dict[str, dict[str, Any]]) -> None:
    """The last call ends as the case says, and leaves world and record as it says."""
    result = results[case.name]
    for earlier in result["answers"][:-1]:
        assert not earlier["error"], (earlier["function"], earlier["error"], earlier["message"])
    last = result["answers"][-1]
    assert last["error"].split(",")[0] == case.error, last["message"]
    assert case.says in last["message"], last["error"]
    for name, value in case.answer.items():
        assert last["answer"][name] == value, name
    for name, value in case.world.items():
        assert result["world"][name] == value, (name, last["error"])
    if case.record:
        assert_part(json.loads(result["record"]), case.record)


def assert_part(whole: dict[str, Any], part: dict[str, Any]) -> None:
    """The parts that a case names are in the record."""
    for name, value in part.items():
        if isinstance(value, dict):
            assert_part(whole[name], value)
        else:
            assert whole[name] == value, name


def test_export_run_is_known_by_its_xml_and_by_its_name(results: dict[str, dict[str, Any]]) -> None:
    """A run profile may have any name; where the history has no XML the name has to do."""
    by_xml = results["run by xml"]["answers"][-1]["answer"]["runs"][0]
    by_name = results["run by name"]["answers"][-1]["answer"]["exports"][0]
    assert (by_xml["step_type"], by_xml["export_deletes"], by_xml["started"]) == ("export", 6, "2026-11-23T09:00:00.000000Z")
    assert (by_name["connector"], by_name["run_number"], by_name["complete"]) == ("contoso.onmicrosoft.com - AAD", 7, True)


def test_hold_is_read_as_unbroken(results: dict[str, dict[str, Any]]) -> None:
    """What the server answers about its hold is what the rules call unbroken."""
    from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
    from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.roles import hold_state, role_of

    read = ServerRead.from_answer("srv", results["hold read"]["answers"][-1]["answer"])
    assert hold_state(read) == "unbroken", read.hold
    assert role_of(read).name == "held"


def test_journal_has_intent_and_result(results: dict[str, dict[str, Any]]) -> None:
    """Each change writes both, in this order; a refusal is noted as one."""
    entries = [json.loads(line) for line in results["demote"]["journal"].splitlines()]
    assert [(entry["function"], entry["what"]) for entry in entries[-2:]] == [
        ("Enable-EntraSyncStaging", "intent"),
        ("Enable-EntraSyncStaging", "done"),
    ]
    refused = [json.loads(line) for line in results["promote held"]["journal"].splitlines()]
    assert refused[-1]["what"] == "refused"


def test_the_journal_keeps_overrides(results: dict[str, dict[str, Any]]) -> None:
    """With the claim, before and after."""
    entries = [json.loads(line) for line in results["claim with overrides"]["journal"].splitlines()]
    assert [(entry["what"], entry["detail"]) for entry in entries] == [("intent", "overridden: G6 (CHG-1)"), ("done", "overridden: G6 (CHG-1)")]


def test_windows_powershell_5_1_would_take_the_syntax() -> None:
    """The checker that stands beside the engine finds nothing; it is not run where there is none."""
    checker = Path(str(engine.find())).resolve().parent.parent / CHECKER
    if not checker.exists():
        pytest.skip(f"no {CHECKER} beside the engine")
    done = subprocess.run(
        [str(engine.find()), "-NoProfile", "-File", str(checker), str(_functions.FOLDER)], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout
