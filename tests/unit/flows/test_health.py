# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The look at how servers have been: each by its own clock since the baseline, and who gives no answer is told."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import CallFailed
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.health import read_health

from .stage import Stage, ended


def look(stage: Stage, since: str | None = None, baseline: Any = None) -> dict[str, Any]:
    """The module's values."""
    return read_health(stage.flow(), since, baseline, False)


def test_an_error_after_the_baseline_is_new() -> None:
    """And one that was there before, and comes again, is old."""
    stage = Stage()
    stage["srv1"].write_event("ADSync", 6100, "warning", "Some objects.")
    stage.world.clock.advance(60)
    before = look(stage)
    assert (before["outcome"], before["ok"], before["serious"]) == ("done", True, 0)
    assert before["servers"]["srv1"]["active"] is True and before["servers"]["srv2"]["active"] is False
    stage.world.clock.advance(600)
    stage["srv1"].write_event("ADSync", 6100, "warning", "Some objects.")
    stage["srv2"].write_event("ADSync", 6801, "error", "The extension failed.")
    after = look(stage, baseline=before["servers"])
    assert (after["ok"], after["serious"]) == (False, 1)
    assert [each["id"] for each in after["servers"]["srv1"]["old"]] == [6100]
    assert [each["id"] for each in after["servers"]["srv2"]["new"]] == [6801]
    assert stage.writing() == []


def test_a_server_whose_clock_is_ahead_is_asked_by_its_own() -> None:
    """An error right after the baseline is new, however far the clocks are apart."""
    stage = Stage()
    stage["srv2"].clock_ahead = 7200.0
    stage["srv2"].write_event("ADSync", 6001, "error", "Before.")
    stage.world.clock.advance(60)
    before = look(stage)
    stage.world.clock.advance(60)
    assert look(stage, baseline=before["servers"])["servers"]["srv2"]["new"] == []
    stage["srv2"].write_event("ADSync", 6000, "error", "After.")
    assert [each["id"] for each in look(stage, baseline=before["servers"])["servers"]["srv2"]["new"]] == [6000]


def test_a_server_that_gives_no_answer_is_not_well() -> None:
    """Nor does it fail the task."""
    stage = Stage()
    stage.answers["srv2", "Get-EntraSyncHealth"] = CallFailed("server_error", "srv2", "it broke")
    found = look(stage)
    assert (found["outcome"], found["ok"], found["whole"], found["serious"]) == ("done", False, False, 0)
    assert found["servers"]["srv2"]["reason"] == "server_error: it broke"
    assert found["servers"]["srv1"]["read"] is True


def test_a_log_that_cannot_be_read_is_not_quiet() -> None:
    stage = Stage()
    stage["srv1"].log.fails = True
    found = look(stage)
    assert (found["ok"], found["whole"]) == (False, False)
    assert "The event log cannot be read." in found["servers"]["srv1"]["not_read"][0]


def test_hashes_count_for_the_new_active_server_where_the_old_one_had_them() -> None:
    """A server that has never synchronised any is late only where another one did before the change."""
    stage = Stage()
    stage.world.clock.advance(300)
    before = look(stage)["servers"]
    assert before["srv1"]["password_hashes"]["late"] is False
    stage["srv1"].password_hashes = stage["srv2"].password_hashes = False
    stage.turn("srv1", True)
    stage.turn("srv2", False)
    assert look(stage)["servers"]["srv2"]["password_hashes"] == {"checked": False}
    assert look(stage, baseline=before)["servers"]["srv2"]["password_hashes"]["late"] is True


@pytest.mark.parametrize(
    ("since", "baseline", "code"),
    [
        ("yesterday", None, "bad_time"),
        (None, {"srv1": "a text"}, "bad_baseline"),
        (None, {"srv1": {"read": True}}, "bad_baseline"),
        (None, {"srv1": {"read": True, "new": [], "old": "none"}}, "bad_baseline"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(since: str | None, baseline: Any, code: str) -> None:
    stage = Stage()
    assert ended(read_health, stage.flow(), since, baseline, False) == ("refused", [(code, "srv1")])
    assert stage.called == []
