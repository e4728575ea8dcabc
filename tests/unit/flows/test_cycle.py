# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cycle is judged by what the history says afterwards."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.cycle import start

from .stage import Stage, ended

CYCLE: dict[str, Any] = {"policy_type": "delta", "wait": True, "when_running": "wait", "expect_export": False, "max_exported": None}


def run(stage: Stage, server: str = "srv1", **options: Any) -> tuple[str, list[tuple[str, str]]]:
    """How a cycle on a server ends."""
    return ended(start, stage.flow(server), {**CYCLE, **options}, False)


def test_a_good_cycle() -> None:
    """The active server exports."""
    stage = Stage()
    stage.world.change_ad("updates", 3)
    assert run(stage, expect_export=True, max_exported={"updates": 3}) == ("done", [])


def test_a_budget_that_cannot_be_meant() -> None:
    """No cycle is started for it."""
    stage = Stage()
    assert (run(stage, max_exported={"deletes": "none"}), stage.writing()) == (("refused", [("bad_budget", "srv1")]), [])


def test_a_cycle_that_fails() -> None:
    """Accepted is not success."""
    stage = Stage()
    stage["srv1"].cycles.fail_next = "stopped-extension-dll-exception"
    assert run(stage) == ("incomplete", [("cycle_failed", "srv1")])


def test_a_cycle_without_the_export_that_was_expected() -> None:
    """A staging server exports nothing."""
    assert run(Stage(), "srv2", expect_export=True) == ("incomplete", [("no_export", "srv2")])


def test_an_export_of_more_than_was_allowed() -> None:
    """Told at once, with the numbers."""
    stage = Stage()
    stage.world.change_ad("deletes", 2)
    assert run(stage, max_exported={"deletes": 1}) == ("incomplete", [("export_over_budget", "srv1")])


def test_a_cycle_on_a_held_server() -> None:
    """Its service is stopped by us: it is released, and not started by hand."""
    assert run(Stage().held()) == ("refused", [("cycle_while_held", "srv1")])


def test_a_cycle_with_the_scheduler_off() -> None:
    """The way out of a run that ended badly stands open then too (adsync.md 2.1)."""
    stage = Stage()
    stage["srv2"].enabled = False
    assert run(stage, "srv2") == ("done", [])
