# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that are printed for what a stopped run leaves."""

from __future__ import annotations

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.by_hand import going_back, removal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from . import builders

RELEASE = "ansible {} -m hybrid_identity.entra_connect.adsync_hold -a state=released"
MEND = "ansible {} -m hybrid_identity.entra_connect.adsync_staging -a enabled=true"
END = "ansible {} -m hybrid_identity.entra_connect.adsync_claim -a state=absent"
BLOCK = {"effective": True, "reason": ""}


@pytest.mark.parametrize(
    ("read", "command"),
    [
        (builders.held("srv1"), RELEASE),
        (builders.held("srv1", {"state": "pending"}), RELEASE),
        (builders.staging("srv1", quarantine=BLOCK), RELEASE),
        (builders.held("srv1", {"staging": "False"}), MEND),
        (builders.held("srv1", {"staging": "False"}, quarantine=BLOCK), MEND),
        (builders.active("srv1", hold=builders.a_hold(staging="False"), quarantine=BLOCK), MEND),
        (builders.held("srv1", {"starts_since": 1}), MEND),
        (builders.staging("srv1"), ""),
        (builders.active("srv1"), ""),
        (builders.silent("srv1"), ""),
    ],
)
def test_what_is_printed_for_a_server(read: ServerRead, command: str) -> None:
    """A held or blocked one is released; for a wrong hold nothing is printed that lifts the rule or starts the service, only the mending."""
    assert removal(builders.of(read), []) == ([command.format("srv1")] if command else [])


def test_the_claim_is_ended_last_and_once() -> None:
    """Where it is still open on a server; each module of ours reaches all of them."""
    reads = builders.of(builders.held("srv1"), builders.held("srv3"), builders.staging("srv2"))
    assert removal(reads, ["srv3", "srv2"]) == [RELEASE.format("srv1"), RELEASE.format("srv3"), END.format("srv2")]
    assert removal(reads, []) == [RELEASE.format("srv1"), RELEASE.format("srv3")]


def test_the_way_back_is_that_of_this_topology_alone() -> None:
    """Else a rollback would undo what another topology of the same run has done."""
    assert going_back(["srv2", "srv1"], "swing_upgrade") == "to go back: ansible-playbook hybrid_identity.entra_connect.rollback --limit srv1,srv2"


def test_a_rollback_does_not_name_itself_as_the_way_back() -> None:
    """It would only go on with itself."""
    assert "only a snapshot or a backup of srv1" in going_back(["srv1"], "in_place_upgrade")
    said = going_back(["srv1", "srv2"], "rollback")
    assert "entra_connect.rollback" not in said
    assert "switch_roles --limit srv1,srv2 -e entra_connect_active=NAME" in said


def test_a_name_is_one_word_of_the_shell() -> None:
    """Whatever stands in it."""
    assert removal(builders.of(builders.held("srv 1;x")), []) == [RELEASE.format("'srv 1;x'")]
    assert "--limit 'a b,c'" in going_back(["a b", "c"], "switch_roles")
