# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A promotion judges all servers three times; what happens in between ends it, and nothing is said to be done that does not read so."""

from __future__ import annotations

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.promote import promote

from .stage import PROMOTE, Stage, details, ended

WIZARD = {**PROMOTE, "method": "wizard"}


def test_promoted() -> None:
    """What the tests below start from is good."""
    stage = Stage().held()
    assert ended(promote, stage.flow("srv2"), PROMOTE, False) == ("done", [])
    assert not stage["srv2"].staging and stage["srv1"].service == "Stopped"


def test_what_stands_against_it_is_told_before_anything_changes() -> None:
    """The other one is active, and not held."""
    stage = Stage()
    told = ended(promote, stage.flow("srv2"), PROMOTE, False)
    assert (told, stage.writing()) == (("refused", [("expected_active_differs", ""), ("not_held", "srv1")]), [])


def test_a_hold_that_is_lost_after_the_ticket() -> None:
    """All servers are read again behind it."""
    stage = Stage().held()
    stage.after["Get-EntraSyncTicket"] = lambda: stage.start("srv1")
    assert ended(promote, stage.flow("srv2"), PROMOTE, False) == ("incomplete", [("hold_broken", "srv1")])
    assert stage["srv2"].staging


def test_a_hold_that_is_lost_before_a_person_is_asked() -> None:
    """Nobody is asked then."""
    stage = Stage().held()
    stage.after["Complete-EntraSyncClaim"] = lambda: stage.start("srv1")
    assert ended(promote, stage.flow("srv2", wizard_timeout=0), WIZARD, False) == ("incomplete", [("hold_broken", "srv1")])
    assert not any("OPERATOR" in line for line in stage.said)


def test_a_hold_that_is_lost_while_a_person_is_at_the_wizard() -> None:
    """A click has no ticket, so that the operator is told to stop."""
    stage = Stage().held()
    stage.after["Register-EntraSyncPromotion"] = lambda: stage.start("srv1")
    assert ended(promote, stage.flow("srv2", wizard_timeout=0), WIZARD, False) == ("unknown", [("hold_broken", "srv1")])
    assert any("OPERATOR: STOP" in line for line in stage.said)


def test_no_answer_and_no_effect_is_unknown() -> None:
    """The request may still land: what is told is the lost answer, not what reads now."""
    stage = Stage().held()
    stage.lost("srv2", "Disable-EntraSyncStaging")
    assert details(promote, stage.flow("srv2"), PROMOTE, False) == [("promotion_unknown", "gone")]


def test_done_is_what_reads_back_as_active() -> None:
    """Somebody turned it off again at once."""
    stage = Stage().held()
    stage.after["Disable-EntraSyncStaging"] = lambda: stage.turn("srv2", True)
    assert ended(promote, stage.flow("srv2"), PROMOTE, False) == ("unknown", [("promotion_unknown", "srv2")])
