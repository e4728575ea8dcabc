# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals of whole runs are accepted, and each way of leaving the table is not."""

from __future__ import annotations

import pytest

from .accept import accepts, places
from .journals import SHORT, journals

TAKEN = "claim1:1.a claim2:1.a complete1:1.a complete2:1.a "
DOWN = TAKEN + "freeze1:1.a freeze2:1.a cycle2:1.a scheduler1:1.a demote1:1.a hold1:1.a "
PROMOTED = DOWN + "cycle2:1.a promote2:1.a "
PROVED = PROMOTED + "restore2:1.a cycle2:1.a serial1:1.a serial2:1.a "
DONE = PROVED + "start1:1.a lift1:1.a restore1:1.a restore2:1.a close1:1.a close2:1.a"
AGAIN = "claim1:2.b claim2:2.b complete1:2.b complete2:2.b "


@pytest.mark.parametrize(
    "text",
    [
        DONE,
        DONE + " result1",
        TAKEN + "close1:1.a close2:1.a",
        "demote1- claim1:1.a demote1:1.a close1:1.a",
        "claim1:1.a hold1:1.a close1:1.a",
        "cycle1 scheduler1 file1",
        TAKEN + "upgrade2:1.a cycle2:1.a scheduler1:1.a demote1:1.a hold1:1.a promote2:1.a cycle2:1.a serial1:1.a serial2:1.a start1:1.a lift1:1.a "
        "restore1:1.a upgrade1:1.a restore2:1.a close1:1.a close2:1.a",
        TAKEN + "cycle2:1.a scheduler1:1.a hold2:1.a demote1:1.a hold1:1.a start2:1.a lift2:1.a cycle2:1.a ask2:1.a",
        DOWN + AGAIN + "cycle2:2.b promote2:2.b",
        DOWN + "hold1:1.a promote2:1.a",
        DOWN + "cycle2:1.a promote2:1.a? " + AGAIN + "promote2:2.b",
        PROVED + "start1:1.a lift1:1.a hold1:1.a",
        DOWN.replace("hold1:1.a", "hold1:1.a! ") + "promote2:1.a",
        DOWN + "start1:1.a? " + AGAIN + "promote2:2.b",
        TAKEN.replace("claim2:1.a", "claim2:1.a!"),
        DONE + " " + AGAIN + "cycle1:2.b scheduler2:2.b demote2:2.b hold2:2.b promote1:2.b",
        DOWN + "close1:1.a close2:1.a " + AGAIN + "serial1:2.b hold1:2.b",
        TAKEN.replace("complete2:1.a", "claim1:2.b complete2:1.a claim2:2.b complete1:2.b complete2:2.b"),
        TAKEN + "demote1:1.a forget2:1.a close1:1.a close2:1.a",
        TAKEN + "forget2:1.a restore1:1.a close1:1.a close2:1.a",
        TAKEN + "hold2:1.a start2:1.a lift2:1.a restore2:1.a upgrade2:1.a restore2:1.a close1:1.a close2:1.a",
        TAKEN + "stop1:1.a upgrade1:1.a cycle1:1.a restore1:1.a close1:1.a close2:1.a",
        TAKEN + "cycle1:1.a serial1:1.a upgrade1:1.a cycle1:1.a restore1:1.a close1:1.a close2:1.a",
    ],
)
def test_a_path_of_the_table_is_accepted(text: str) -> None:
    assert accepts(journals(text)) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TAKEN + "promote2:1.a", "srv1 was not held"),
        (TAKEN + "ask2:1.a", "srv1 was not held"),
        (DOWN + "start1:1.a promote2:1.a", "srv1 was not held"),
        (DOWN + AGAIN + "start1:2.b lift1:2.b promote2:2.b", "srv1 was not held"),
        (DOWN + "hold2:1.a promote2:1.a", "it was itself held"),
        (PROMOTED + "promote2:1.a promote1:1.a", "srv2 was not held"),
        (PROMOTED + "demote2:1.a", "out of the table's order"),
        (PROMOTED + "forget2:1.a", "out of the table's order"),
        (PROMOTED + "upgrade1:1.a", "out of the table's order"),
        (TAKEN + "hold1:1.a demote2:1.a scheduler1:1.a", "out of the table's order"),
        (DOWN + "scheduler2:1.a", "out of the table's order"),
        (DOWN + AGAIN + "promote2:1.a", "the claim there is 2.b"),
        (DOWN + "close2:1.a promote2:1.a", "this claim was ended there"),
        ("demote1:1.a", "the claim there is none"),
        ("demote1", "it needs a claim"),
        (TAKEN + "claim1:1.b", "has no lower epoch"),
        ("claim1:1.a complete1:1.a", "srv2 was not claimed by it"),
        ("claim1:1.a claim2:1.b complete1:1.a", "srv2 was not claimed by it"),
        ("claim1:1.a claim2:1.a hold1:1.a promote2:1.a", "the claim was not complete"),
        ("claim3:1.a " + TAKEN + "hold1:1.a promote2:1.a", "srv3 was not held"),
    ],
)
def test_what_leaves_the_table_is_not(text: str, why: str) -> None:
    said = accepts(journals(text))
    assert said is not None and why in said, said


def test_a_result_without_its_intent_is_not_accepted() -> None:
    found = journals("cycle1")
    assert "was not the intent before it" in str(accepts({"srv1": found["srv1"][1:]}))


def test_a_function_that_nobody_knows_is_not_accepted() -> None:
    entry = {"at": "2026-11-25T10:00:00.5Z", "function": "Remove-EntraSyncEverything", "what": "intent", "token": "1.a"}
    assert "knows this function" in str(accepts({"srv1": [entry]}))


def test_a_server_that_is_out_needs_no_hold_and_one_that_was_held_before_has_one() -> None:
    dead = "claim2:1.a complete2:1.a cycle2:1.a promote2:1.a"
    assert "srv1" in str(accepts(journals(dead)))
    assert accepts(journals(dead), out=["srv1"]) is None
    assert accepts(journals(TAKEN + "cycle2:1.a promote2:1.a"), held=["srv1"]) is None


def test_a_server_that_a_run_fences_is_out_until_it_is_cleared() -> None:
    failover = "claim2:1.a complete2:1.a fence2:1.a=asserted_srv1 cycle2:1.a promote2:1.a cycle2:1.a serial2:1.a close2:1.a "
    assert accepts(journals(failover)) is None
    assert accepts(journals(failover + "claim2:2.b complete2:2.b cycle2:2.b close2:2.b")) is None
    back = (
        failover
        + "claim1:2.b claim2:2.b complete1:2.b complete2:2.b demote1:2.b hold1:2.b start1:2.b lift1:2.b clear2:2.b=srv1 close1:2.b close2:2.b "
    )
    assert accepts(journals(back)) is None
    assert "srv1 was not claimed by it" in str(accepts(journals(back + "claim2:3.c complete2:3.c")))
    other = failover.replace("asserted_srv1", "asserted_srv3")
    assert "srv1 was not claimed by it" in str(accepts(journals(other)))


def test_a_server_that_was_added_later_counts_from_its_first_claim_on() -> None:
    assert accepts(journals(DONE + " claim1:2.b claim2:2.b claim3:2.b complete1:2.b complete2:2.b complete3:2.b")) is None


def test_a_record_that_went_back_begins_with_low_epochs_again() -> None:
    text = "claim1:2.a demote1:2.a close1:2.a claim1:1.b demote1:1.b close1:1.b"
    assert "no lower epoch" in str(accepts(journals(text)))
    assert accepts(journals(text), forgot=["srv1"]) is None


def test_every_function_of_the_table_has_a_place() -> None:
    known = places()
    assert set(SHORT.values()) <= set(known.rows) | known.anywhere | known.aside | known.without_token
