# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What servers would export, read side by side: one that does not answer is told, and an option that cannot be meant is refused."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ConnectError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.claiming import take_claim
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Stop
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.pending import pending_exports
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import Token

from .stage import CLAIM, Stage, ended

OPTIONS: dict[str, Any] = {"servers": None, "detail": True, "samples": 0, "max_pending": {"deletes": 0}, "enforce": False, "timeout": 180}
FUNCTION = "Get-EntraSyncPendingExport"


def changed(stage: Stage, kind: str, count: int, *attributes: str) -> None:
    """Changes in AD that both servers have imported."""
    stage.world.change_ad(kind, count, attributes or None)
    for server in stage.world.servers.values():
        server.cycles.seen = {change.number for change in stage.world.changes}


def test_attributes_of_one_server() -> None:
    """By name, with the reason where one is watched; samples only where they are asked for."""
    stage = Stage()
    changed(stage, "updates", 3, "userPrincipalName", "mail:add")
    told = pending_exports(stage.flow("srv2"), OPTIONS)
    assert list(told["pending"]) == ["srv2"]
    assert told["text"] == ["srv2: contoso.onmicrosoft.com - AAD +0 ~3 -0 (userPrincipalName on 3); contoso.local +0 ~0 -0"]
    assert (told["fails"], [each["code"] for each in told["warns"]]) == ([], ["attribute_touched"])
    (entra, _ad) = told["pending"]["srv2"]["connectors"]
    assert {"name": "mail", "on_added": 0, "added": 3, "changed": 0, "removed": 0} in entra["attributes"]
    assert entra["samples"] == []
    sampled = pending_exports(stage.flow("srv2"), {**OPTIONS, "samples": 2})["pending"]["srv2"]["connectors"][0]["samples"]
    assert [each["attributes"] for each in sampled] == ["userPrincipalName, mail"] * 2
    assert stage.writing() == []


def test_a_budget_is_told_and_does_not_fail() -> None:
    """The caller decides; a budgeted attribute is counted however it is written."""
    stage = Stage()
    changed(stage, "updates", 3, "department")
    told = pending_exports(stage.flow("srv2"), {**OPTIONS, "max_pending": {"attributes": {"DEPARTMENT": 2}}})
    assert (told["outcome"], [each["code"] for each in told["fails"]]) == ("done", ["attribute_over_budget"])


def test_where_it_is_enforced_it_fails() -> None:
    """With what it found among the values, so that the result file can have it."""
    stage = Stage()
    changed(stage, "deletes", 2)
    options = {**OPTIONS, "enforce": True}
    assert ended(pending_exports, stage.flow("srv2"), options) == ("refused", [("over_budget", "srv2")])
    with pytest.raises(Stop) as stop:
        pending_exports(stage.flow("srv2"), options)
    assert stop.value.values["pending"]["srv2"]["connectors"][0]["deletes"] == 2
    assert ended(pending_exports, stage.flow("srv2"), {**options, "max_pending": {"deletes": 2}}) == ("done", [])


def test_all_servers_side_by_side() -> None:
    """A held one and a silent one are told as not read, each with its reason."""
    stage = Stage(srv1="2.5.79.0", srv2="2.5.79.0", srv3="2.5.79.0").held()
    stage.answers["srv3", FUNCTION] = ConnectError("unreachable", "srv3", "no route")
    told = pending_exports(stage.flow(), {**OPTIONS, "servers": ["all"]})["pending"]
    assert {name: (each["read"], each["code"]) for name, each in told.items()} == {
        "srv1": (False, "service_stopped"),
        "srv2": (True, ""),
        "srv3": (False, "unreachable"),
    }
    assert "stopped" in told["srv1"]["reason"]


def test_statistics_alone_ask_for_no_export() -> None:
    """Without detail nothing is known of attributes, and nothing is said of them."""
    stage = Stage()
    stage["srv2"].csexport_says = "Failed to export connector space."
    assert pending_exports(stage.flow("srv2"), {**OPTIONS, "detail": False})["warns"] == []
    warned = pending_exports(stage.flow("srv2"), OPTIONS)["warns"]
    assert {each["code"] for each in warned} == {"pending_detail_unread"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"max_pending": {"attributes": 3}}, ("bad_budget", "srv1")),
        ({"max_pending": {"deletes": "x"}}, ("bad_budget", "srv1")),
        ({"samples": -1}, ("bad_samples", "srv1")),
        ({"samples": 101}, ("bad_samples", "srv1")),
        ({"servers": ["srv2", "srv9"]}, ("not_a_member", "srv9")),
        ({"servers": ["all", "srv2"]}, ("not_a_member", "all")),
    ],
)
def test_what_cannot_be_meant_is_refused(options: dict[str, Any], told: tuple[str, str]) -> None:
    """Before anybody is asked."""
    stage = Stage()
    assert ended(pending_exports, stage.flow(), {**OPTIONS, **options}) == ("refused", [told])
    assert stage.called == []


def test_a_claim_lives_through_it() -> None:
    """It is renewed on every server first; one that was lost ends the task, and nothing is read."""
    stage = Stage()
    flow = stage.flow("srv2")
    flow.topology.token = Token(1, "abc")
    assert ended(pending_exports, flow, OPTIONS) == ("incomplete", [("claim_lost", "srv1")])
    assert [each for each in stage.called if each[1] == FUNCTION] == []


def test_a_claim_is_renewed_on_the_others_meanwhile() -> None:
    """However long the server takes; the lease stays as it is, so that a run after a crash need not wait."""
    stage = Stage()
    flow = stage.flow("srv2")
    flow.topology.token = Token.parse(take_claim(flow, CLAIM, False)["claim"])
    stage.called.clear()
    flow.topology.lease_seconds = 1
    stage.after[FUNCTION] = lambda: _wait_for(stage, ("srv1", "Update-EntraSyncLease"), 2)
    assert ended(pending_exports, flow, OPTIONS) == ("done", [])
    assert stage.called.count(("srv2", "Update-EntraSyncLease")) == 1


def _wait_for(stage: Stage, call: tuple[str, str], count: int) -> None:
    end = time.monotonic() + 60
    while stage.called.count(call) < count:
        assert time.monotonic() < end, "it was not renewed"
        time.sleep(0.01)
