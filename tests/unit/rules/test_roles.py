# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role of a server and the state of its hold: only what two readings agree on is certain."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.roles import hold_state, role_of, staging_flag, to_mend

from . import builders


@pytest.mark.parametrize(
    ("scheduler", "settings", "name", "certain", "code"),
    [
        (True, "True", "staging", True, ""),
        (False, "False", "active", True, ""),
        (True, "False", "unknown", False, "readings_differ"),
        (False, "True", "unknown", False, "readings_differ"),
        (None, "True", "staging", False, ""),
        (None, "False", "active", False, ""),
        (True, None, "staging", False, ""),
        (False, "", "active", False, ""),
        (None, None, "unknown", False, "role_unread"),
        (None, "maybe", "unknown", False, "role_unread"),
        ("True", "", "unknown", False, "role_unread"),
        (True, "true", "staging", True, ""),
        (True, "0", "staging", False, ""),
    ],
)
def test_two_readings_make_a_role(scheduler: Any, settings: Any, name: str, certain: bool, code: str) -> None:
    """One reading alone is not certain, two that differ are unknown."""
    role = role_of(builders.staging(staging_scheduler=scheduler, staging_settings=settings))
    assert (role.name, role.certain, role.code) == (name, certain, code)


@pytest.mark.parametrize(
    ("text", "flag"), [("False", False), ("false", False), ("True", True), ("TRUE", True), ("", None), (None, None), ("1", None)]
)
def test_the_setting_is_text(text: Any, flag: bool | None) -> None:
    """The text False is not true, and anything else is unknown."""
    assert staging_flag(builders.staging(staging_settings=text)) is flag


@pytest.mark.parametrize("kind", ["unreachable", "login_refused", "certificate_refused", "timed_out", "connection_lost", "no_answer"])
def test_a_silent_server_is_unknown(kind: str) -> None:
    """The kind of silence is the code."""
    role = role_of(builders.silent(kind=kind))
    assert (role.name, role.certain, role.code) == ("unknown", False, kind)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service_status": "Stopped"}, "service_stopped"),
        ({"service_status": "StartPending"}, "service_stopped"),
        ({"service_status": None, "staging_scheduler": None, "staging_settings": None}, "service_stopped"),
        ({"service_status": None, "module_present": False}, "module_missing"),
        ({"module_present": False}, "module_missing"),
        ({**builders.STOPPED}, "service_stopped"),
        ({**builders.STOPPED, "hold": builders.a_hold(starts_since=1)}, "hold_broken"),
        ({**builders.STOPPED, "hold": builders.a_hold(state="pending")}, "hold_pending"),
        ({**builders.STOPPED, "hold": builders.a_hold(staging="False")}, "hold_wrong"),
    ],
)
def test_a_server_that_does_not_run_is_unknown(changes: dict[str, Any], code: str) -> None:
    """A stopped service that we do not hold says nothing about the role, even where stale readings are in the answer."""
    role = role_of(builders.staging(**changes))
    assert (role.name, role.certain, role.code) == ("unknown", False, code)


def test_an_unbroken_hold_is_held() -> None:
    """The record is complete with staging on, stopped and disabled, not started since."""
    role = role_of(builders.held())
    assert (role.name, role.certain) == ("held", True)


@pytest.mark.parametrize(
    ("hold", "changes", "state"),
    [
        ({}, {}, "unbroken"),
        ({"staging": "true"}, {}, "unbroken"),
        ({"staging": "False"}, {}, "wrong"),
        ({"staging": "False", "state": "pending"}, {}, "wrong"),
        ({"staging": "False"}, {"service_status": "Running"}, "wrong"),
        ({"staging": ""}, {}, "broken"),
        ({"staging": ...}, {}, "broken"),
        ({"staging": True}, {}, "broken"),
        ({"staging": "unknown"}, {}, "broken"),
        ({"state": "pending"}, {}, "pending"),
        ({"state": ""}, {}, "pending"),
        ({"state": ...}, {}, "pending"),
        ({"state": "Complete"}, {}, "pending"),
        ({"starts_since": 1}, {}, "broken"),
        ({"starts_since": None}, {}, "broken"),
        ({"starts_since": ...}, {}, "broken"),
        ({"starts_since": "0"}, {}, "broken"),
        ({"starts_since": False}, {}, "broken"),
        ({"log_reaches": False}, {}, "broken"),
        ({"log_reaches": None}, {}, "broken"),
        ({"log_reaches": "True"}, {}, "broken"),
        ({}, {"service_status": "Running"}, "broken"),
        ({}, {"service_status": "StopPending"}, "broken"),
        ({}, {"service_status": None}, "broken"),
        ({}, {"service_start_type": "Manual"}, "broken"),
        ({}, {"service_start_type": None}, "broken"),
    ],
)
def test_a_hold_is_unbroken_only_where_everything_proves_it(hold: dict[str, Any], changes: dict[str, Any], state: str) -> None:
    """Each part of the proof is needed; unknown breaks it."""
    assert hold_state(builders.held(hold=hold, **changes)) == state


@pytest.mark.parametrize("value", [None, ..., "complete", []])
def test_without_a_record_there_is_no_hold(value: Any) -> None:
    """Stopped and disabled by somebody else is not held by us."""
    assert hold_state(builders.server("srv1", **{**builders.STOPPED, "hold": value})) == "none"


def test_a_broken_hold_that_runs_reads_as_what_it_is() -> None:
    """Somebody started a held server and turned staging mode off: it counts as active."""
    read = builders.active(hold=builders.a_hold(starts_since=1))
    assert (role_of(read).name, hold_state(read)) == ("active", "broken")


@pytest.mark.parametrize(
    ("scheduler", "settings", "name", "certain"),
    [(None, "True", "staging", True), (None, "False", "active", True), (True, None, "staging", False), (None, None, "unknown", False)],
)
def test_behind_the_block_the_settings_alone_decide(scheduler: bool | None, settings: str | None, name: str, certain: bool) -> None:
    """The scheduler cmdlet may want the cloud, which it cannot reach there."""
    read = builders.staging(quarantine={"effective": True, "reason": ""}, staging_scheduler=scheduler, staging_settings=settings)
    assert (role_of(read).name, role_of(read).certain) == (name, certain)


def test_differing_readings_are_unknown_behind_the_block_too() -> None:
    """Two readings that disagree never give a role."""
    read = builders.staging(quarantine={"effective": True, "reason": ""}, staging_settings="False")
    assert role_of(read).code == "readings_differ"


def test_a_read_without_an_answer_has_no_hold() -> None:
    """Silence proves no hold."""
    assert hold_state(ServerRead.silent("srv1", "timed_out")) == "none"


def test_a_service_that_cannot_be_read_leaves_the_readings() -> None:
    """Its cmdlets answer only while it runs: good enough for a status, not for a change."""
    role = role_of(builders.staging(service_status=None))
    assert (role.name, role.certain) == ("staging", False)
    assert "cannot be read" in role.reason


DOWN = {"service_status": "Stopped", "service_start_type": "Disabled"}


@pytest.mark.parametrize(
    ("hold", "changes", "wanted"),
    [
        (None, {}, False),
        ({}, DOWN, False),
        ({"starts_since": 1}, DOWN, True),
        ({"staging": "False"}, DOWN, True),
        ({"state": "pending", "staging": ""}, {}, False),
        ({"state": "pending", "staging": ""}, DOWN, True),
        ({"state": "pending"}, DOWN, False),
        ({"state": "pending", "starts_since": 1}, DOWN, True),
        ({"state": "pending", "starts_since": None}, DOWN, True),
    ],
)
def test_what_a_start_behind_the_block_has_to_tell(hold: dict[str, Any] | None, changes: dict[str, Any], wanted: bool) -> None:
    """A machine that went down in the middle of a hold cannot be asked for its flag, and a repeated hold would refuse for ever."""
    kept = None if hold is None else builders.a_hold(**hold)
    assert to_mend(builders.staging(hold=kept, **changes)) is wanted
