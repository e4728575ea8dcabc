# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cycle is judged by the runs that are new in the history; none at all proves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.cycles import is_export, judge_runs, over_limits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.runs import RunStep

from . import builders


def steps(*runs: dict[str, Any]) -> list[RunStep]:
    """Run steps from entries of an answer."""
    return [RunStep.from_answer(each) for each in runs]


OLD = builders.run(run_number=6)
NEW = builders.run(run_number=7, started="2026-11-02T12:00:00.000Z")


@pytest.mark.parametrize(
    ("known", "now", "ok"),
    [
        ([], [NEW], True),
        ([OLD], [OLD, NEW], True),
        ([OLD], [OLD], False),
        ([OLD], [], False),
        ([], [], False),
        ([OLD], [NEW, builders.run("contoso.local", "Delta Import", run_number=8, step_result="no-start-connection", result="")], False),
        ([{**NEW, "complete": False}], [NEW], True),
        ([{**NEW, "complete": False}], [{**NEW, "complete": False}], False),
        ([{**NEW, "run_id": "a"}], [{**NEW, "run_id": "b"}], True),
        ([{**NEW, "run_id": "a"}], [{**NEW, "run_id": "a", "started": "2026-11-02T13:00:00.000Z"}], False),
        ([NEW], [{**NEW, "step": 2}], True),
        ([NEW], [{**NEW, "started": "2026-11-02T14:00:00.000Z"}], True),
    ],
)
def test_only_new_runs_prove_something(known: list[dict[str, Any]], now: list[dict[str, Any]], ok: bool) -> None:
    """A run that was in the history before is no proof, one that had not ended then is."""
    judgement = judge_runs(steps(*known), steps(*now))
    assert judgement.ok is ok
    assert bool(judgement.text) is not ok


@pytest.mark.parametrize(
    ("changes", "ok"),
    [
        ({}, True),
        ({"step_result": "completed-no-objects"}, True),
        ({"step_result": ""}, True),
        ({"result": ""}, True),
        ({"result": "", "step_result": ""}, False),
        ({"result": None, "step_result": None}, False),
        ({"complete": False}, False),
        ({"step_result": "completed-export-errors"}, False),
        ({"result": "completed-export-errors"}, False),
        ({"step_result": "stopped-deletion-threshold-exceeded"}, False),
        ({"step_result": "stopped-server-down", "result": "success"}, False),
        ({"step_result": "in-progress"}, False),
        ({"step_result": "Success!"}, False),
        ({"step_result": "no-start-credentials", "result": ""}, False),
    ],
)
def test_a_run_is_good_only_by_a_known_result(changes: dict[str, Any], ok: bool) -> None:
    """No result and an unknown word are not good."""
    assert judge_runs([], steps({**NEW, **changes})).ok is ok


@pytest.mark.parametrize(
    ("step_type", "profile", "export"),
    [
        ("export", "Export", True),
        ("export", "Delta Import", True),
        ("delta-import", "Export", False),
        ("", "Export", True),
        ("", "Full EXPORT of all", True),
        ("", "Delta Import", False),
        ("", "", False),
        (None, "Export", True),
    ],
)
def test_what_exports(step_type: Any, profile: str, export: bool) -> None:
    """By the step's type, and by the profile's name where there is none."""
    step = RunStep.from_answer(builders.run(profile=profile, step_type=step_type))
    assert is_export(step) is export
    assert judge_runs([], [step]).exported is export


def test_an_import_alone_exports_nothing() -> None:
    """A cycle without an export run proves no export."""
    judgement = judge_runs([], steps(builders.run("contoso.local", "Delta Import")))
    assert (judgement.ok, judgement.exported, judgement.counts) == (True, False, {})


def test_exports_are_added_up_for_each_connector() -> None:
    """Steps of one connector are one sum; imports do not count, old runs neither."""
    runs = [
        builders.run(run_number=7, export_adds=1, export_deletes=2),
        builders.run(run_number=8, export_updates=5, export_deletes=3, export_failures=1),
        builders.run("contoso.local", run_number=9, export_adds=4),
        builders.run("contoso.local", "Delta Import", run_number=10, export_adds=100),
        builders.run(run_number=6, export_deletes=100),
    ]
    assert judge_runs(steps(runs[-1]), steps(*runs)).counts == {
        builders.ENTRA: {"adds": 1, "updates": 5, "deletes": 5, "failures": 1},
        "contoso.local": {"adds": 4, "updates": 0, "deletes": 0, "failures": 0},
    }


@pytest.mark.parametrize(
    ("sums", "given", "over"),
    [
        ({"deletes": 1}, {}, True),
        ({"deletes": 0}, {}, False),
        ({"deletes": 3}, {"deletes": 3}, False),
        ({"deletes": 4}, {"deletes": 3}, True),
        ({"adds": 1000}, {}, False),
        ({"adds": 1000}, {"adds": 999}, True),
        ({}, {}, False),
    ],
)
def test_what_was_exported_beyond_the_budget(sums: dict[str, int], given: dict[str, int], over: bool) -> None:
    """The default allows no deletion."""
    assert bool(over_limits({builders.ENTRA: sums}, given)) is over


def test_the_runs_are_told_as_values() -> None:
    """With the step's own result, or that of the run where the step has none."""
    (shown,) = judge_runs([], steps({**NEW, "step_result": "", "result": "success"})).runs
    assert (shown["connector"], shown["result"], shown["export"]["deletes"]) == (builders.ENTRA, "success", 0)
