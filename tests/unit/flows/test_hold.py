# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holding and releasing: only what reads back counts, and a wrong hold is never started."""

from __future__ import annotations

import json

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import claims
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.hold import hold, release
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.staging import demote

from .stage import Stage, ended


def wrong() -> Stage:
    """srv1 was stopped at once, with staging off."""
    stage = Stage()
    flow = stage.flow()
    with claims.own_server(flow):
        flow.topology.call("srv1", "Enter-EntraSyncQuarantine")
    stage.called.clear()
    return stage


def test_an_active_server_is_not_held() -> None:
    """It would come back active."""
    stage = Stage()
    assert (ended(hold, stage.flow(), False), stage.writing()) == (("refused", [("hold_needs_staging", "srv1")]), [])


def test_a_wrong_hold_is_not_repeated() -> None:
    """It is mended by a demotion."""
    stage = wrong()
    assert (ended(hold, stage.flow(), False), stage.writing()) == (("refused", [("hold_wrong", "srv1")]), [])


def test_a_wrong_hold_is_not_released() -> None:
    """Nothing that starts its service is begun."""
    stage = wrong()
    assert (ended(release, stage.flow(), False), stage.writing()) == (("refused", [("hold_wrong", "srv1")]), [])


def test_a_hold_that_somebody_ends_at_once_is_not_done() -> None:
    """What counts is what reads back."""
    stage = Stage()
    stage.after["Enter-EntraSyncHold"] = lambda: stage.start("srv2")
    assert ended(hold, stage.flow("srv2"), False) == ("unknown", [("hold_unproved", "srv2")])


def test_a_release_that_comes_up_active_is_not_done() -> None:
    """Somebody turned the flag off behind the last look."""
    stage = Stage().held()
    stage.after["Complete-EntraSyncRelease"] = lambda: stage.turn("srv1", False)
    assert ended(release, stage.flow(), False) == ("unknown", [("release_unproved", "srv1")])


def test_nothing_is_released_while_a_server_is_silent() -> None:
    """It may be the active one, or about to be."""
    stage = Stage().held()
    stage.called.clear()
    stage.silent("srv2")
    assert (ended(release, stage.flow(), False), stage.writing()) == (("refused", [("unreachable", "srv2")]), [])


def test_where_nothing_is_to_release_no_other_server_is_asked() -> None:
    """Roles release every server to be sure, which would read each once for each of them."""
    stage = Stage()
    assert ended(release, stage.flow("srv2"), False) == ("already", [])
    assert stage.called == [("srv2", "Get-EntraSyncServer")]
    stage.held().called.clear()
    assert ended(release, stage.flow(), False) == ("done", [])
    assert stage.called[:2] == [("srv1", "Get-EntraSyncServer"), ("srv2", "Get-EntraSyncServer")]


def test_a_server_of_unknown_role_is_not_said_to_be_demoted() -> None:
    """Its service does not run, and not by us."""
    stage = Stage()
    stage["srv1"].stop_service()
    assert (ended(demote, stage.flow(), "settings", False), stage.writing()) == (("refused", [("role_unknown", "srv1")]), [])


def test_a_hold_that_was_mended_notes_what_gates_want_to_know() -> None:
    """Found as a failover that refused for good: whether a held server writes passwords back could not be told, and it cannot be asked."""
    stage = Stage().held()
    stage.start("srv1")
    assert ended(hold, stage.flow(), False) == ("done", [])
    kept = stage.flow().topology.read()["srv1"].hold
    assert kept is not None and json.loads(kept.facts)["password_writeback"] is False


def test_a_hold_that_is_mended_keeps_what_was_known_of_its_server() -> None:
    """Behind the block less can be asked, and what the gates need would be lost: found as a failover that refused because of it."""
    stage = Stage().held()
    assert stage.flow().read_one().writeback is False
    stage.start("srv1")
    stage["srv1"].stop_service()
    assert ended(hold, stage.flow(), False) == ("done", [])
    read = stage.flow().read_one(full=True)
    assert (read.writeback, read.service_status) == (False, "Stopped")
    assert '"runs":[{' in read.hold.facts if read.hold else False
