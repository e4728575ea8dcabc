# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which order a claim on a whole topology is taken, marked and completed."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.claims import take_topology
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow, Waits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology

from .rules import builders


class Asked:
    """A session that notes what it is asked for."""

    side_by_side = True

    def __init__(self, name: str, calls: list[tuple[str, str, dict[str, Any]]]) -> None:
        self.name, self.calls = name, calls

    def call(self, function: str, **parameters: Any) -> dict[str, Any]:
        """Everything succeeds."""
        self.calls.append((function, self.name, parameters))
        return {"changed": True}


def taken(**serials: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The calls of a claim on servers with these numbers of the last switch, whose last goal is done."""
    kept = builders.a_goal(outcome="done")
    reads = builders.of(*(builders.staging(name, serial=serial, goal=kept) for name, serial in serials.items()))
    calls: list[tuple[str, str, dict[str, Any]]] = []
    topology = Topology({name: Asked(name, calls) for name in serials})  # type: ignore[arg-type]
    take_topology(Flow(topology, "srv1", Waits(), lambda line: None), reads, builders.a_wish(verb="rollback"), take_over=False)
    return calls


def test_a_restored_server_is_marked_before_the_new_goal_is_in_force() -> None:
    """An open goal counts as one whose number is being distributed: a run killed behind it would leave the server unmarked for ever."""
    calls = taken(srv1=3, srv2=4)
    functions = [function for function, _name, _parameters in calls]
    assert functions == ["New-EntraSyncClaim", "New-EntraSyncClaim", "Set-EntraSyncSerial", "Complete-EntraSyncClaim", "Complete-EntraSyncClaim"]
    assert (calls[2][1], calls[2][2]["Serial"], calls[2][2]["Restored"]) == ("srv1", 4, True)


def test_a_claim_says_who_takes_it_for_whom() -> None:
    """The playbook, and the members' names in the order of their machines; nobody is marked where all know the last switch."""
    calls = taken(srv1=4, srv2=4)
    assert [function for function, _name, _parameters in calls] == ["New-EntraSyncClaim"] * 2 + ["Complete-EntraSyncClaim"] * 2
    for _function, _name, parameters in calls[:2]:
        assert (parameters["GoalVerb"], parameters["GoalActive"]) == ("rollback", "srv2")
        assert list(zip(parameters["Members"], parameters["MemberNames"], strict=True)) == [("machine-of-srv1", "srv1"), ("machine-of-srv2", "srv2")]
