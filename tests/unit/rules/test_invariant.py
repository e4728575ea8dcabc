# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many servers are active: unknown refuses, and two are always split."""

from __future__ import annotations

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.declared import Declared
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.invariant import judge, table
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from . import builders

ACTIVE, STAGING, HELD = builders.active("srv1"), builders.staging("srv2"), builders.held("srv3")


@pytest.mark.parametrize(
    ("reads", "expect", "ok", "outcome", "codes"),
    [
        ([ACTIVE, STAGING, HELD], "exactly_one", True, "done", []),
        ([ACTIVE, STAGING], "at_most_one", True, "done", []),
        ([STAGING, HELD], "at_most_one", True, "done", []),
        ([STAGING, HELD], "none", True, "done", []),
        ([ACTIVE, STAGING], "none", False, "refused", ["one_active"]),
        ([STAGING, HELD], "exactly_one", False, "refused", ["none_active"]),
        ([STAGING], "exactly_one", False, "refused", ["only_server_staging"]),
        ([HELD], "exactly_one", False, "refused", ["none_active"]),
        ([ACTIVE, builders.active("srv2")], "exactly_one", False, "split", ["split"]),
        ([ACTIVE, builders.active("srv2")], "at_most_one", False, "split", ["split"]),
        ([ACTIVE, builders.active("srv2")], "none", False, "split", ["split"]),
        ([ACTIVE, builders.active("srv2"), builders.silent("srv3")], "exactly_one", False, "split", ["split", "unreachable"]),
        ([ACTIVE, builders.active("srv2", staging_scheduler=None)], "exactly_one", False, "split", ["split", "role_uncertain"]),
        ([ACTIVE, builders.silent("srv2")], "exactly_one", False, "unknown", ["unreachable"]),
        ([ACTIVE, builders.silent("srv2", "login_refused")], "exactly_one", False, "unknown", ["login_refused"]),
        ([ACTIVE, builders.silent("srv2", "certificate_refused")], "exactly_one", False, "unknown", ["certificate_refused"]),
        ([ACTIVE, builders.silent("srv2", "timed_out")], "at_most_one", False, "unknown", ["timed_out"]),
        ([ACTIVE, builders.silent("srv2", "connection_lost")], "at_most_one", False, "unknown", ["connection_lost"]),
        ([ACTIVE, builders.silent("srv2", "no_answer")], "at_most_one", False, "unknown", ["no_answer"]),
        ([STAGING, builders.silent("srv3", "timed_out")], "none", False, "unknown", ["timed_out"]),
        ([STAGING, builders.silent("srv3", "unknown_result")], "none", False, "unknown", ["unknown_result"]),
        ([ACTIVE, builders.staging("srv2", staging_settings="False")], "exactly_one", False, "refused", ["readings_differ"]),
        ([ACTIVE, builders.staging("srv2", staging_settings="")], "exactly_one", False, "refused", ["role_uncertain"]),
        ([ACTIVE, builders.staging("srv2", staging_settings="", staging_scheduler=None)], "at_most_one", False, "refused", ["role_unread"]),
        ([ACTIVE, builders.staging("srv2", service_status="Stopped")], "at_most_one", False, "refused", ["service_stopped"]),
        ([ACTIVE, builders.staging("srv2", module_present=False)], "at_most_one", False, "refused", ["module_missing"]),
        ([ACTIVE, builders.held("srv2", {"staging": "False"})], "exactly_one", False, "refused", ["hold_wrong"]),
        ([ACTIVE, builders.held("srv2", {"starts_since": None})], "exactly_one", False, "refused", ["hold_broken"]),
        ([ACTIVE, builders.held("srv2", {"state": "pending"})], "exactly_one", False, "refused", ["hold_pending"]),
        ([ACTIVE, builders.staging("srv2", machine_id="machine-of-srv1")], "exactly_one", False, "refused", ["same_machine"]),
        ([ACTIVE, builders.staging("srv2", tenant="other.example")], "exactly_one", False, "refused", ["other_tenant"]),
    ],
)
def test_the_verdict(reads: list[ServerRead], expect: str, ok: bool, outcome: str, codes: list[str]) -> None:
    """Every doubt refuses, and its code is told."""
    verdict = judge(builders.of(*reads), expect)
    assert (verdict.ok, verdict.outcome, [each.code for each in verdict.refusals]) == (ok, outcome, codes)


@pytest.mark.parametrize("expect", ["exactly_one", "at_most_one", "none"])
def test_no_read_gives_no_verdict(expect: str) -> None:
    """A task that reads nothing says nothing about the topology."""
    verdict = judge({}, expect)
    assert (verdict.ok, [each.code for each in verdict.refusals]) == (False, ["nothing_read"])


@pytest.mark.parametrize(
    ("active", "reads", "codes"),
    [
        ("srv1", [ACTIVE, STAGING], []),
        (None, [ACTIVE, STAGING], []),
        ("", [ACTIVE, STAGING], []),
        ("srv2", [ACTIVE, STAGING], [("other_active", "srv2")]),
        ("srv9", [ACTIVE, STAGING], [("not_a_member", "srv9")]),
        ("srv1", [STAGING, HELD], [("none_active", ""), ("not_a_member", "srv1")]),
        ("srv2", [STAGING, HELD], [("none_active", "")]),
    ],
)
def test_who_it_must_be(active: str | None, reads: list[ServerRead], codes: list[tuple[str, str]]) -> None:
    """The wrong active server is not ok, and a name that there is not refuses."""
    verdict = judge(builders.of(*reads), "exactly_one", active)
    assert builders.told(verdict.refusals) == codes
    assert verdict.ok is not bool(codes)


def test_the_refusal_of_a_split_names_both() -> None:
    """And each server's role is told beside it."""
    verdict = judge(builders.of(ACTIVE, builders.active("srv2")), "exactly_one", "srv1")
    assert verdict.refusals[0].params == {"servers": "srv1, srv2"}
    assert {name: row["role"] for name, row in verdict.servers.items()} == {"srv1": "active", "srv2": "active"}


def test_an_unknown_machine_is_not_the_same_as_another() -> None:
    """Two servers whose ids cannot be read are not called one machine."""
    verdict = judge(builders.of(builders.active(machine_id=""), builders.staging(machine_id="")), "exactly_one")
    assert "same_machine" not in [each.code for each in verdict.refusals]


@pytest.mark.parametrize(
    ("reads", "last"),
    [
        ([ACTIVE, STAGING], "srv1 is the active server"),
        ([STAGING, HELD], "nobody is active"),
        ([ACTIVE, builders.active("srv2")], "2 servers are active: srv1, srv2"),
    ],
)
def test_the_table_for_people(reads: list[ServerRead], last: str) -> None:
    """One line for each server, and who is active in words."""
    lines = table(judge(builders.of(*reads), "at_most_one"))
    assert len(lines) == len(reads) + 2
    assert lines[-1] == last


def test_a_server_that_is_declared_out_and_answers_is_counted() -> None:
    """Also one that reads staging: whoever said that it is dead was wrong."""
    reads = {"srv1": ACTIVE, "srv2": STAGING}
    out = {"srv9": Declared("srv9", "asserted", "it was said to be dead")}
    assert [each.code for each in judge(reads, "exactly_one", out=out, out_reads={"srv9": builders.staging("srv9")}).refusals] == ["out_answers"]
    assert [each.code for each in judge(reads, "exactly_one", out=out, out_reads={"srv9": builders.silent("srv9")}).refusals] == []
