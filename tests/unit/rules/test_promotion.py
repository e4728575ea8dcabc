# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""May this server be promoted: every doubt about the target or another server refuses, each by its own code."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.promotion import (
    may_promote,
    other_promotion,
    settings_method,
    still_alone,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead, Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.versions import facts_of

from . import builders

FORMER, TARGET, SPARE = builders.held("srv1"), builders.staging("srv2"), builders.held("srv3")
OURS = builders.a_claim()


def refused(*reads: ServerRead, expected: str = "", method: str = "wizard", token: Token | None = None, **budget: int) -> list[tuple[str, str]]:
    """What stands against promoting srv2."""
    return builders.told(may_promote(builders.of(*reads), "srv2", expected, budget, method, token))


def test_all_others_held_and_the_target_staging() -> None:
    """Nothing stands against it."""
    assert refused(FORMER, TARGET, SPARE) == []
    assert refused(FORMER, TARGET, SPARE, method="settings") == []
    assert still_alone(builders.of(FORMER, TARGET, SPARE), "srv2", None) == []


OTHERS = [
    (builders.active("srv1"), "not_held"),
    (builders.staging("srv1"), "not_held"),
    (builders.server("srv1", **builders.STOPPED), "not_held"),
    (builders.staging("srv1", quarantine={"effective": True, "reason": ""}), "not_held"),
    (builders.held("srv1", {"staging": "False"}), "hold_wrong"),
    (builders.held("srv1", {"starts_since": 1}), "hold_broken"),
    (builders.held("srv1", {"starts_since": None}), "hold_broken"),
    (builders.held("srv1", {"log_reaches": None}), "hold_broken"),
    (builders.held("srv1", service_status="Running"), "hold_broken"),
    (builders.held("srv1", {"state": "pending"}), "hold_pending"),
    (builders.held("srv1", child={"alive": True}), "child_running"),
    (builders.held("srv1", child={}), "child_running"),
    (builders.silent("srv1"), "unreachable"),
    (builders.silent("srv1", "timed_out"), "timed_out"),
    (builders.held("srv1", machine_id="machine-of-srv2"), "same_machine"),
    (builders.held("srv1", tenant="other.example"), "other_tenant"),
]


@pytest.mark.parametrize(("other", "code"), OTHERS)
def test_another_server_that_is_not_proved_held_refuses(other: ServerRead, code: str) -> None:
    """Before the claim, right before the promotion, and at each poll of an operator's wizard."""
    expected = "srv1" if other.staging_settings == "False" else ""
    reads = builders.of(other, TARGET, SPARE)
    codes = [code for code, _server in refused(other, TARGET, SPARE, expected=expected)]
    assert code in codes
    assert code in [each.code for each in still_alone(reads, "srv2", None)]
    assert code in [each.code for each in still_alone(reads, "srv2", None, asked=True)]


def test_a_record_that_cannot_be_read_proves_no_hold() -> None:
    """Stopped and disabled, and nobody knows by whom."""
    other = builders.server("srv1", **{**builders.STOPPED, "record_read": False, "record_error": "no JSON"})
    assert ("not_held", "srv1") in refused(other, TARGET)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (builders.held("srv2"), "target_held"),
        (builders.held("srv2", {"staging": "False"}), "target_held"),
        (builders.held("srv2", {"starts_since": 4}), "target_held"),
        (builders.staging("srv2", hold=builders.a_hold()), "target_held"),
        (builders.staging("srv2", hold=builders.a_hold(state="pending")), "target_pending"),
        (builders.staging("srv2", quarantine={"effective": True, "reason": ""}), "target_quarantined"),
        (builders.staging("srv2", quarantine={}), "target_quarantined"),
        (builders.staging("srv2", restored=True), "target_restored"),
        (builders.staging("srv2", child={"alive": True}), "child_running"),
        (builders.staging("srv2", wizard_running=True), "wizard_open"),
        (builders.staging("srv2", wizard_running=None), "wizard_open"),
        (builders.staging("srv2", installer_running=True), "installer_running"),
        (builders.staging("srv2", installer_running=None), "installer_running"),
        (builders.staging("srv2", staging_settings="False"), "readings_differ"),
        (builders.staging("srv2", staging_settings=None, staging_scheduler=None), "role_unread"),
        (builders.staging("srv2", staging_settings=None), "role_uncertain"),
        (builders.staging("srv2", staging_scheduler=None), "role_uncertain"),
        (builders.staging("srv2", service_status="Stopped"), "service_stopped"),
        (builders.staging("srv2", module_present=False), "module_missing"),
        (builders.active("srv2"), "role_changed"),
        (builders.silent("srv2"), "unreachable"),
    ],
)
def test_a_target_that_is_not_proved_ready_refuses(target: ServerRead, code: str) -> None:
    """Out of a hold, a quarantine, a restore or a doubt nobody is promoted."""
    assert (code, "srv2") in refused(FORMER, target, expected="srv2" if code == "role_changed" else "")
    assert (code, "srv2") in builders.told(still_alone(builders.of(FORMER, target), "srv2", None))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"record_read": False, "record_error": "no JSON"}, "record_unreadable"),
        ({"record_read": None}, "record_unreadable"),
        ({"restored": None}, "record_unreadable"),
        ({"machine_id": None}, "machine_unread"),
    ],
    ids=["record unreadable", "record unknown", "restored unknown", "machine unknown"],
)
def test_what_is_not_known_of_the_target_refuses(changes: dict[str, Any], code: str) -> None:
    """An unreadable record does not say that there is no hold, no quarantine and no restore."""
    target = builders.staging("srv2", **changes)
    assert refused(FORMER, target) == [(code, "srv2")]


@pytest.mark.parametrize(
    ("pending", "budget", "code"),
    [
        ([builders.pending(deletes=1)], {}, "over_budget"),
        ([builders.pending(updates=4)], {"updates": 3}, "over_budget"),
        (None, {}, "pending_unread"),
        ([], {}, "pending_unread"),
        ([builders.pending(deletes=None)], {"deletes": 1000}, "pending_unread"),
    ],
)
def test_the_budget_stands_against_it(pending: Any, budget: dict[str, int], code: str) -> None:
    """What was not read is above the budget."""
    assert (code, "srv2") in refused(FORMER, builders.staging("srv2", pending=pending), **budget)


@pytest.mark.parametrize(
    ("former", "expected", "codes"),
    [
        (FORMER, "", []),
        (FORMER, "srv1", ["expected_active_differs"]),
        (FORMER, "srv9", ["expected_active_differs", "not_a_member"]),
        (builders.active("srv1"), "", ["expected_active_differs", "not_held"]),
        (builders.active("srv1"), "srv1", ["not_held"]),
        (builders.active("srv1"), "srv2", ["expected_active_differs", "not_held"]),
    ],
)
def test_the_caller_says_who_is_active(former: ServerRead, expected: str, codes: list[str]) -> None:
    """Another active server than expected refuses, and an active one that is expected is still not held."""
    assert sorted(code for code, _server in refused(former, TARGET, expected=expected)) == codes


def test_two_active_servers_are_never_what_was_expected() -> None:
    """Naming one of them does not help."""
    codes = refused(builders.active("srv1"), TARGET, builders.active("srv3"), expected="srv1")
    assert ("expected_active_differs", "") in codes


@pytest.mark.parametrize(
    ("first", "second", "servers"),
    [
        (OURS, OURS, []),
        (None, OURS, ["srv1"]),
        (builders.a_claim(Token(4, "other")), OURS, ["srv1"]),
        (builders.a_claim(Token(3, "other")), OURS, ["srv1"]),
        (builders.a_claim(ended=True), OURS, ["srv1"]),
        (OURS, builders.a_claim(ended=True), ["srv2"]),
        (builders.a_claim(epoch=None), OURS, ["srv1"]),
        (builders.a_claim(epoch="3"), OURS, ["srv1"]),
        (builders.a_claim(run_id=None), OURS, ["srv1"]),
        (None, None, ["srv1", "srv2"]),
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_only_the_equal_token_will_do(first: Any, second: Any, servers: list[str], asked: bool) -> None:
    """On every server; an ended claim is none."""
    reads = [builders.held("srv1", claim=first), builders.staging("srv2", claim=second)]
    wanted = [("claim_changed", name) for name in servers]
    assert refused(*reads, token=builders.TOKEN) == wanted
    assert builders.told(still_alone(builders.of(*reads), "srv2", builders.TOKEN, asked)) == wanted


def test_a_lease_that_ran_out_is_not_another_claim() -> None:
    """The equal token of a claim that is not ended is enough."""
    claim = builders.a_claim(live=False)
    assert refused(builders.held("srv1", claim=claim), builders.staging("srv2", claim=claim), token=builders.TOKEN) == []


@pytest.mark.parametrize(
    ("other", "pending"),
    [
        (builders.staging("srv1", promotion=builders.a_promotion()), True),
        (builders.active("srv1", promotion=builders.a_promotion()), True),
        (builders.held("srv1", {"starts_since": 1}, promotion=builders.a_promotion()), True),
        (builders.held("srv1", {"staging": "False"}, promotion=builders.a_promotion()), True),
        (builders.staging("srv1", promotion={}), True),
        (builders.held("srv1", promotion=builders.a_promotion()), False),
        (builders.staging("srv1"), False),
    ],
)
def test_a_promotion_elsewhere_may_still_land(other: ServerRead, pending: bool) -> None:
    """Until that server is held, only it may be promoted."""
    found = builders.told(other_promotion(builders.of(other, TARGET), "srv2"))
    assert found == ([("promotion_pending", "srv1")] if pending else [])
    assert (("promotion_pending", "srv1") in builders.told(still_alone(builders.of(other, TARGET), "srv2", None))) is pending


def test_the_same_target_may_follow_its_own_promotion() -> None:
    """An unknown promotion is repeated on the same server."""
    assert refused(FORMER, builders.staging("srv2", promotion=builders.a_promotion())) == []


def test_an_operator_at_the_wizard_may_have_it_open() -> None:
    """While a person was asked, the target's own wizard and role may change."""
    reads = builders.of(FORMER, builders.active("srv2", wizard_running=True))
    assert still_alone(reads, "srv2", None, asked=True) == []
    assert {each.code for each in still_alone(reads, "srv2", None)} == {"wizard_open", "role_changed"}


@pytest.mark.parametrize(
    ("engine", "writeback", "possible"),
    [
        ("2.5.2.99", True, True),
        ("2.4.131.0", None, True),
        ("2.5.3.0", True, False),
        ("2.5.3.0", False, True),
        ("2.5.3.0", None, False),
        ("2.10.0.0", True, False),
        ("", False, True),
        ("", None, False),
        (None, True, False),
        ("newest", False, True),
        ("newest", None, False),
    ],
)
def test_the_settings_way(engine: Any, writeback: bool | None, possible: bool) -> None:
    """From 2.5.3.0 on it wants a credential where writeback is on; unknown counts as on."""
    read = builders.staging("srv2", engine_version=engine, password_writeback=writeback)
    found = [] if possible else [("settings_impossible", "srv2")]
    assert builders.told(settings_method(read, facts_of(read).engine)) == found
    assert refused(FORMER, read, method="settings") == found
    assert refused(FORMER, read, method="wizard") == []


def test_every_reason_is_listed_at_once() -> None:
    """Nobody has to run it five times to see five reasons."""
    reads = [builders.active("srv1"), builders.staging("srv2", wizard_running=True, pending=None), builders.silent("srv3")]
    assert {code for code, _server in refused(*reads)} == {"unreachable", "expected_active_differs", "not_held", "wizard_open", "pending_unread"}
