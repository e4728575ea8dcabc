# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An answer becomes a typed read: what is missing or of another type is unknown, never false and never zero."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.describe import describe
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.roles import role_of

from . import builders

FLAGS = ["wizard_running", "manager_running", "installer_running", "sync_cycle_in_progress", "staging_scheduler", "record_read", "password_writeback"]


@pytest.mark.parametrize("name", FLAGS)
@pytest.mark.parametrize("value", ["False", "True", "", 0, 1, None, [], {}, ...])
def test_only_a_boolean_is_a_flag(name: str, value: Any) -> None:
    """Text, numbers, empty values and a missing field are unknown."""
    assert getattr(builders.staging(**{name: value}), name) is None


@pytest.mark.parametrize("value", [True, False])
def test_a_flag_keeps_its_value(value: bool) -> None:
    """A boolean arrives as it is."""
    assert builders.staging(wizard_running=value).wizard_running is value


@pytest.mark.parametrize("value", ["", None, 0, False, [], {}, ...])
def test_an_empty_text_is_unknown(value: Any) -> None:
    """An empty text is no machine id, no version and no tenant."""
    read = builders.staging(machine_id=value, engine_version=value, tenant=value, staging_settings=value)
    assert (read.machine_id, read.engine_version, read.tenant, read.staging_settings) == (None, None, None, None)


@pytest.mark.parametrize(
    ("field", "proof"), [("busy_connectors", "run_status_read"), ("exports", "exports_read"), ("password_sync", "password_sync_read")]
)
@pytest.mark.parametrize("value", [False, None, "True", 1, ...])
def test_an_empty_list_that_was_not_read_is_unknown(field: str, proof: str, value: Any) -> None:
    """An empty list counts as nothing only where the server says that it could be read."""
    assert getattr(builders.staging(**{field: [], proof: value}), field) is None
    assert getattr(builders.staging(**{field: [], proof: True}), field) == []


@pytest.mark.parametrize("field", ["busy_connectors", "exports", "password_sync", "pending", "runs", "overrides", "connectors"])
@pytest.mark.parametrize("value", [None, 0, False, [None], [1], ...])
def test_a_list_of_something_else_is_unknown(field: str, value: Any) -> None:
    """No list, or a list with anything but what belongs there, is unknown and not empty."""
    assert getattr(builders.staging(**{field: value}), field) is None


def test_a_list_of_one_may_arrive_unrolled() -> None:
    """PowerShell gives a list of one as its element."""
    read = builders.staging(busy_connectors=builders.ENTRA, pending=builders.pending(deletes=3), exports=builders.an_export())
    assert read.busy_connectors == [builders.ENTRA]
    assert [each.deletes for each in read.pending or []] == [3]
    assert [each.run_number for each in read.exports or []] == [7]


@pytest.mark.parametrize("value", [None, "", "3", True, 1.5, ...])
def test_a_number_that_is_none_is_unknown(value: Any) -> None:
    """A missing count of pending deletions is not zero."""
    read = builders.staging(pending=[{key: each for key, each in builders.pending(deletes=value).items() if each is not ...}])
    assert read.pending is not None
    assert read.pending[0].deletes is None


@pytest.mark.parametrize(
    ("child", "alive"),
    [
        (None, False),
        (..., False),
        ({"alive": True}, True),
        ({"alive": False}, False),
        ({"alive": None}, True),
        ({}, True),
        ({"alive": "False"}, True),
    ],
)
def test_a_child_that_is_not_proved_dead_is_alive(child: Any, alive: bool) -> None:
    """Only a recorded child that the server says is dead counts as dead."""
    assert builders.staging(child=child).child_alive is alive


@pytest.mark.parametrize(
    ("changes", "live", "ended"),
    [
        ({}, True, False),
        ({"live": False}, False, False),
        ({"live": ...}, True, False),
        ({"live": None}, True, False),
        ({"live": "False"}, True, False),
        ({"live": False, "ended": True}, False, True),
        ({"live": True, "ended": True}, False, True),
        ({"ended": ...}, True, False),
        ({"ended": "True"}, True, False),
    ],
)
def test_a_claim_that_is_not_proved_over_is_live(changes: dict[str, Any], live: bool, ended: bool) -> None:
    """Unknown counts as live and as not ended."""
    claim = builders.staging(claim=builders.a_claim(**changes)).claim
    assert claim is not None
    assert (claim.live, claim.ended) == (live, ended)


@pytest.mark.parametrize("value", [None, "True", 1, ...])
def test_an_unproved_completeness_is_incomplete(value: Any) -> None:
    """A claim is complete only where the record says so."""
    claim = builders.staging(claim=builders.a_claim(complete=value)).claim
    assert claim is not None
    assert claim.complete is False


@pytest.mark.parametrize("value", [None, "True", 1])
def test_a_quarantine_is_effective_only_where_that_is_proved(value: Any) -> None:
    """Unknown counts as ineffective."""
    quarantine = builders.staging(quarantine={"effective": value, "reason": ""}).quarantine
    assert quarantine is not None
    assert quarantine.effective is False


def test_a_silent_server_knows_nothing() -> None:
    """Without an answer there is neither a role nor a token."""
    read = builders.silent()
    assert (read.answered, read.token, read.staging_scheduler, read.pending) == (False, None, None, None)


def test_an_empty_answer_is_unknown() -> None:
    """An answer without any field gives no role."""
    assert role_of(ServerRead.from_answer("srv1", {})).name == "unknown"


FULL = {
    "claim": builders.a_claim(),
    "goal": builders.a_goal(),
    "hold": builders.a_hold(),
    "quarantine": {"effective": True, "reason": ""},
    "promotion": builders.a_promotion(),
    "found": [{"name": "scheduler", "found": True, "set": False}],
}


@pytest.mark.parametrize(
    "read", [builders.active(), builders.staging(**FULL), builders.held(), builders.silent(), ServerRead.from_answer("srv1", {})]
)
def test_a_description_is_plain(read: ServerRead) -> None:
    """Every return value can be written as JSON."""
    assert json.loads(json.dumps(describe(read)))["role"] == role_of(read).name


def test_a_description_names_the_token_as_text() -> None:
    """A token is told in the form in which adsync_claim takes it, and found values as text."""
    told = describe(builders.staging(**FULL))
    assert told["claim"]["token"] == told["goal"]["token"] == told["promotion"]["token"] == str(builders.TOKEN)
    assert told["found"] == [{"name": "scheduler", "found": "True", "set": "False"}]


def test_a_description_keeps_unknown_apart_from_no() -> None:
    """What could not be read is null."""
    told = describe(builders.staging(wizard_running=None, pending=None, scheduler_error="boom"))
    assert told["processes"]["wizard"] is None
    assert told["pending"] is None
    assert told["errors"] == {"scheduler_error": "boom"}


def test_facts_can_be_kept_in_the_record() -> None:
    """What gates want to know of a held server is plain, and newest exports are among it."""
    facts = json.loads(json.dumps(builders.active().facts()))
    assert facts["engine_version"] == builders.VERSION
    assert facts["exports"][0]["run_number"] == 7
