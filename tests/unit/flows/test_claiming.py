# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking and ending claims: what stands against it is told first, and who loses a race ends what it took."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import claims
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.claiming import end_claim, take_claim
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import Token

from .stage import CLAIM, Stage, ended

GOAL = Goal("srv2", "srv1", "", "", "settings")
LIVE = [("claim_live", "srv1"), ("claim_live", "srv2")]


def claimed() -> Stage:
    """Somebody's run lives."""
    stage = Stage()
    take_claim(stage.flow(), CLAIM, False)
    stage.called.clear()
    return stage


def take(stage: Stage, name: str = "srv1") -> dict[str, Any]:
    """A claim, as a promotion takes its own."""
    flow = stage.flow(name)
    claims.take_topology(flow, flow.topology.read(), GOAL, False)
    return {"outcome": "done"}


def test_a_claim_that_lives_is_told_by_the_plan_too() -> None:
    """In check mode nobody but the rules can tell."""
    stage = claimed()
    assert ended(take_claim, stage.flow(), CLAIM, True) == ("refused", LIVE)
    assert stage.writing() == []


def test_a_claim_that_lives_is_not_taken_by_a_promotion() -> None:
    """Nobody is asked to change anything."""
    stage = claimed()
    assert ended(take, stage) == ("refused", LIVE)
    assert stage.writing() == []


def test_who_loses_a_race_ends_what_it_took() -> None:
    """Another operator claims the second server in between."""
    stage = Stage()
    first, second = claims.rules.order(stage.flow().topology.read())

    def other() -> None:
        flow = stage.flow(second)
        with claims.own_server(flow):
            pass

    stage.after["New-EntraSyncClaim"] = other
    assert ended(take, stage) == ("incomplete", [("claim_race_lost", second)])
    assert stage.flow(first).read_one().claim.ended  # type: ignore[union-attr]


def test_the_claim_of_another_run_is_not_ended() -> None:
    """Who names a token ends that one."""
    stage = claimed()
    flow = stage.flow()
    flow.topology.token = Token(9, "ours")
    assert ended(end_claim, flow, CLAIM, False) == ("refused", [("claim_changed", "srv1")])
    assert stage.writing() == []


def test_a_claim_follows_that_of_its_own_run_only() -> None:
    """It lives, and is followed without a take-over; once somebody else has taken over in between, nothing is taken."""
    stage = claimed()
    flow = stage.flow()
    flow.topology.token = flow.read_one().token
    assert take_claim(flow, CLAIM, False)["outcome"] == "done"
    own = flow.read_one().token
    take_claim(stage.flow(), {**CLAIM, "take_over": True}, False)
    stage.called.clear()
    late = stage.flow()
    late.topology.token = own
    assert ended(take_claim, late, CLAIM, False) == ("refused", [("claim_changed", "srv1"), ("claim_changed", "srv2")])
    assert stage.writing() == []


def test_a_server_that_does_not_answer_is_not_claimed() -> None:
    """Nor asked to be."""
    stage = Stage()
    stage.silent("srv1")

    def own() -> dict[str, Any]:
        with claims.own_server(stage.flow()):
            return {"outcome": "done"}

    assert (ended(own), stage.writing()) == (("refused", [("unreachable", "srv1")]), [])


def test_the_journals_keep_what_was_overridden_and_why() -> None:
    """On every server, in the lines of the claim; a reason of any length and with line breaks is one short line there."""
    stage = Stage()
    take_claim(stage.flow(), {**CLAIM, "overrides": {"G7": "CHG-1\n" + "x" * 500, "G4": "known"}}, False)
    for name in ("srv1", "srv2"):
        lines = [each["detail"] for each in stage[name].journal if each["function"] == "New-EntraSyncClaim"]
        assert lines == ["overridden: G4 (known); G7 (CHG-1 " + "x" * 194 + ")"] * 2
