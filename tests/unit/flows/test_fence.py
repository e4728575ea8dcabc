# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fence is recorded for a server that was declared out, and taken away from one that is quiet again; else nothing changes."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.claiming import end_claim, take_claim
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.claims import take_topology
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.fence import announce, clear, put, query
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.declared import Declared
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.record import Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology

from .stage import CLAIM, Stage, _Session, ended

OPTIONS: dict[str, Any] = {"fenced": "srv9", "identity": None, "identity_enabled": None, "exported": None}


def flow_without(stage: Stage, kind: str = "cloud") -> Flow:
    """One task's work on both servers, where a third one is declared out."""
    flow = stage.flow(topology=Topology({name: _Session(name, stage) for name in stage.world.servers}))
    flow.out = {"srv9": Declared("srv9", kind, "its disk is broken", "ticket 7")}
    return flow


def test_only_who_is_declared_out_is_fenced() -> None:
    stage = Stage()
    assert ended(put, stage.flow(), OPTIONS, False) == ("refused", [("fence_not_declared", "srv9")])
    assert stage.writing() == []


def test_an_identity_that_does_not_read_as_disabled_is_no_fence() -> None:
    """Not read, enabled, without a name, or without the time of the last export: nothing is recorded."""
    good = {"identity": "Sync_SRV9_1", "identity_enabled": False, "exported": "2026-11-25T01:00:00Z"}
    for wrong in ({"identity_enabled": None}, {"identity_enabled": True}, {"identity": " "}, {"exported": ""}):
        stage = Stage()
        assert ended(put, flow_without(stage), {**OPTIONS, **good, **wrong}, False) == ("refused", [("fence_identity", "srv9")]), wrong
        assert stage.writing() == []


def fenced(stage: Stage, kind: str) -> Flow:
    """A flow after the server srv2 was recorded as fenced in the record of srv1."""
    flow = stage.flow("srv1")
    answer = flow.topology.read()
    assert answer["srv1"].answered
    stage.answers["srv1", "Get-EntraSyncServer"] = {
        **flow.topology.sessions["srv1"].call("Get-EntraSyncServer"),
        "fences": [{"server": "srv2", "kind": kind, "reason": "r", "evidence": "", "identity": "Sync_SRV2_1", "exported": "", "since": "", "by": ""}],
    }
    return flow


def test_a_server_that_is_not_quiet_keeps_its_fence() -> None:
    """It came back active."""
    stage = Stage()
    stage.turn("srv2", False)
    assert ended(clear, fenced(stage, "powered_off"), {**OPTIONS, "fenced": "srv2"}, False) == ("refused", [("fence_not_quiet", "srv2")])
    assert stage.writing() == []


def test_a_server_whose_identity_is_not_enabled_keeps_its_fence() -> None:
    stage = Stage()
    for enabled in (None, False):
        told = ended(clear, fenced(stage, "cloud"), {**OPTIONS, "fenced": "srv2", "identity_enabled": enabled}, False)
        assert told == ("refused", [("fence_identity", "srv2")])
    assert stage.writing() == []


def test_what_is_about_to_be_disabled_is_recorded_on_all_others() -> None:
    """Also where a fence stood: its age begins anew, since somebody had enabled the identity."""
    stage = Stage()
    flow = flow_without(stage)
    flow.topology.token = take_topology(flow, flow.topology.read(full=True), Goal("srv1", "", "", "", "settings"), False)
    good = {"identity": "Sync_SRV9_1", "identity_enabled": False, "exported": "2026-11-25T01:00:00Z"}
    assert ended(put, flow, {**OPTIONS, **good}, False) == ("needs_operator", [("fence_young", "srv9")])
    before = [each.identity for read in flow.topology.read().values() for each in read.fences]
    assert ended(announce, flow, OPTIONS, True) == ("planned", [])
    assert ended(announce, flow, OPTIONS, False) == ("done", [])
    assert ended(announce, flow, OPTIONS, False) == ("already", [])
    after = [each.identity for read in flow.topology.read().values() for each in read.fences]
    assert (before, after) == (["Sync_SRV9_1"] * 2, [""] * 2)


def test_nothing_is_announced_of_a_server_that_answers_or_is_not_declared() -> None:
    stage = Stage()
    assert ended(announce, stage.flow(), OPTIONS, False) == ("refused", [("fence_not_declared", "srv9")])
    flow = flow_without(stage)
    answer = flow.topology.read()["srv1"]
    flow.topology.probe_out = lambda seconds=5.0: {"srv9": answer}  # type: ignore[method-assign]
    assert ended(announce, flow, OPTIONS, False) == ("refused", [("out_answers", "srv9")])
    assert stage.writing() == []


def test_a_rejoin_is_begun_until_its_claim_is_ended_as_done_everywhere() -> None:
    """One that was stopped behind its fence is not done: nothing of it is left out by the next run, whatever it ended as."""
    stage = Stage()
    for outcome, begun in (("", True), ("incomplete", True), ("stopped_zero_active", True), ("done", False)):
        taken = take_claim(stage.flow(), {**CLAIM, "verb": "rejoin", "active": "srv1"}, False)
        flow = stage.flow()
        flow.topology.token = Token.parse(taken["claim"])
        assert end_claim(flow, {**CLAIM, "final_outcome": outcome}, False)["outcome"] == "done"
        assert query(stage.flow(), {**OPTIONS, "fenced": "srv2"}, False)["rejoin"]["begun"] is begun, outcome


def test_a_switch_is_left_to_finish_while_a_goal_is_open_and_nobody_else_is_active() -> None:
    """A goal that is done leaves nothing, whoever is active."""
    stage = Stage()
    taken = take_claim(stage.flow(), {**CLAIM, "verb": "failover", "active": "srv1"}, False)
    seen = [query(stage.flow(), {**OPTIONS, "fenced": name}, False)["rejoin"]["unfinished"] for name in ("srv1", "srv2")]
    assert seen == [True, False], "beside srv1 nobody is active, beside srv2 srv1 is"
    flow = stage.flow()
    flow.topology.token = Token.parse(taken["claim"])
    end_claim(flow, {**CLAIM, "final_outcome": "done"}, False)
    assert query(stage.flow(), {**OPTIONS, "fenced": "srv1"}, False)["rejoin"]["unfinished"] is False


def test_a_fence_is_taken_away_for_a_member_only() -> None:
    stage = Stage()
    assert ended(clear, stage.flow(), {**OPTIONS, "fenced": "srv7"}, False) == ("refused", [("not_a_member", "srv7")])
    assert stage.writing() == []
