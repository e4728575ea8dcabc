# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduler and automatic upgrade: nothing is set where nothing could be read, and done is what reads back."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import auto_upgrade
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.scheduler import SETTINGS, configure

from .stage import Stage, ended

NOTHING: dict[str, Any] = {**dict.fromkeys(SETTINGS), "restore_found": False, "keep_found": False, "sign_in_timeout": 60}


def configured(stage: Stage, **options: Any) -> tuple[str, list[tuple[str, str]]]:
    """How setting these ends."""
    return ended(configure, stage.flow(), {**NOTHING, **options}, False)


def test_turned_off() -> None:
    """What the tests below start from is good."""
    assert configured(Stage(), sync_cycle_enabled=False) == ("done", [])


def test_an_interval_that_is_none() -> None:
    """Nobody is asked."""
    stage = Stage()
    assert (configured(stage, customized_sync_cycle_interval="soon"), stage.writing()) == (("refused", [("bad_interval", "srv1")]), [])


def test_an_interval_below_what_is_allowed() -> None:
    """Told before the server would."""
    stage = Stage()
    assert (configured(stage, customized_sync_cycle_interval="00:10:00"), stage.writing()) == (("refused", [("interval_low", "srv1")]), [])


def test_a_scheduler_that_cannot_be_read() -> None:
    """What would be changed cannot be told."""
    stage = Stage()
    stage["srv1"].stop_service()
    assert (configured(stage, sync_cycle_enabled=False), stage.writing()) == (("unknown", [("scheduler_unread", "srv1")]), [])


def test_a_value_that_does_not_read_back() -> None:
    """Somebody turned it on again at once."""
    stage = Stage()
    stage.after["Set-EntraSyncScheduler"] = lambda: setattr(stage["srv1"], "enabled", True)
    assert configured(stage, sync_cycle_enabled=False) == ("unknown", [("not_read_back", "srv1")])


def test_automatic_upgrade_that_cannot_be_read() -> None:
    """What cannot be read is not set."""
    stage = Stage()
    stage["srv1"].stop_service()
    told = ended(auto_upgrade.configure, stage.flow(), "frozen", False)
    assert (told, stage.writing()) == (("unknown", [("auto_upgrade_unread", "srv1")]), [])
