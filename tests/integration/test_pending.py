# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the target would export: judged before anything changes, after the rehearsal and between demotion and promotion; kept in the result file."""

from __future__ import annotations

from typing import Any

from .conftest import Maker
from .runner import Control
from .test_adhoc import ask
from .test_switch import METHOD, roles, writing

SWITCH = {"entra_connect_active": "srv2", **METHOD}
TWO = {**SWITCH, "entra_connect_pending_samples": 2}
ENTRA = "contoso.onmicrosoft.com - AAD"


def unexported(here: Control) -> None:
    """No server runs a cycle of its own accord meanwhile, however long the test takes."""
    with here.fleet.clock.lock:
        for server in here.fleet.world.servers.values():
            server.customized_interval = "7.00:00:00"
            server.cycles.schedule()


def imported(here: Control, kind: str, count: int, *attributes: str) -> None:
    """Changes in AD that every server has imported already."""
    unexported(here)
    world = here.fleet.world
    world.change_ad(kind, count, attributes or None)
    with world.clock.lock:
        for server in world.servers.values():
            server.cycles.seen = {change.number for change in world.changes}


def counts(result: dict[str, Any], when: str, server: str = "srv2") -> dict[str, Any]:
    """Pending exports to the tenant, as the result file has them of one moment."""
    return next(each for each in result["pending"][when][server]["connectors"] if each["connector"] == ENTRA)


def test_a_budget_of_an_attribute_refuses_before_anything_changes(control: Maker) -> None:
    """The sentence names attribute, number and what to write; the result file has counts and samples and no value; nothing has changed."""
    here = control()
    imported(here, "updates", 4, "userPrincipalName", "mail:add")
    before = here.fleet.world.snapshot()
    done = here.playbook("switch_roles", entra_connect_max_pending={"attributes": {"userprincipalname": 3}}, **TWO)
    assert (done.outcome, here.fleet.world.snapshot(), writing(here)) == ("refused", before, {"srv1": [], "srv2": []}), done.output
    assert [each["code"] for each in done.result["refusals"]] == ["attribute_over_budget"]
    assert counts(done.result, "before")["samples"]
    assert f"srv2 would change userprincipalname on 4 objects of {ENTRA}, at most 3 are allowed." in done.result["message"]

    planned = here.playbook("switch_roles", "--check", entra_connect_max_pending={"attributes": {"mail": 4}}, **TWO)
    assert planned.outcome == "planned", planned.output
    found = counts(planned.result, "before")
    assert (found["updates"], found["detail_updates"], len(found["samples"])) == (4, 4, 2)
    assert found["samples"][0]["attributes"] == "userPrincipalName, mail"
    assert {each["name"]: each["changed"] + each["added"] for each in found["attributes"] if each["changed"] + each["added"]} == {
        "userPrincipalName": 4,
        "mail": 4,
    }
    (gate,) = [each for each in planned.result["gates"] if each["id"] == "G4"]
    assert (gate["verdict"], "userPrincipalName on 4" in gate["evidence"]) == ("warn", True)


def test_what_comes_with_the_rehearsal_stops_while_one_server_is_active(control: Maker) -> None:
    """Deletions that the target has not seen before its cycle: nobody is demoted for them."""
    here = control()
    unexported(here)
    here.fleet.world.change_ad("deletes", 3)
    done = here.playbook("switch_roles", **SWITCH)
    assert roles(here) == {"srv1": "active", "srv2": "staging"}, done.output
    assert [each["code"] for each in done.result["refusals"]] == ["over_budget"]
    assert (counts(done.result, "before")["deletes"], counts(done.result, "refused")["deletes"]) == (0, 3)
    assert "Enable-EntraSyncStaging" not in writing(here)["srv1"]


def test_deletions_that_arrive_in_between_stop_with_zero_active(control: Maker) -> None:
    """The cycle that begins after the demotion sees them; all looks stand in the result file; the same command goes on once they are allowed."""
    here = control()
    process = here.start_playbook("switch_roles", **SWITCH)
    assert here.fleet.hosts["srv1"].recorder.wait_for("Enter-EntraSyncHold", timeout=600.0, when="started")
    here.fleet.world.change_ad("deletes", 2)
    done = here.finish(process)
    assert (done.outcome, roles(here)) == ("stopped_zero_active", {"srv1": "down", "srv2": "staging"}), done.output
    assert {each["code"] for each in done.result["refusals"]} == {"over_budget"}
    moments = {when: counts(done.result, when)["deletes"] for when in ("before", "rehearsed", "between")}
    assert moments == {"before": 0, "rehearsed": 0, "between": 2}
    assert counts(done.result, "between")["detail_deletes"] == 2
    again = here.playbook("switch_roles", entra_connect_max_pending={"deletes": 2}, **METHOD)
    assert (again.outcome, roles(here)) == ("done", {"srv1": "staging", "srv2": "active"}), again.output
    assert 2 in [each.deletes for each in here.fleet.world.tenant.exports]


def test_the_module_alone(control: Maker) -> None:
    """One server or all of them; a budget is told, or enforced."""
    here = control()
    imported(here, "updates", 3, "proxyAddresses")
    one = ask(here, "pending_export_info", host="srv2", detail=True, samples=1)
    assert (list(one["pending"]), [each["code"] for each in one["warns"]], one["fails"]) == (["srv2"], ["attribute_touched"], [])
    assert one["text"] == [f"srv2: {ENTRA} +0 ~3 -0 (proxyAddresses on 3); contoso.local +0 ~0 -0"]
    budget = {"attributes": {"proxyAddresses": 2}}
    every = ask(here, "pending_export_info", servers=["all"], detail=True, max_pending=budget)
    assert (sorted(every["pending"]), [each["server"] for each in every["fails"]]) == (["srv1", "srv2"], ["srv1", "srv2"])
    refused = ask(here, "pending_export_info", host="srv2", detail=True, max_pending=budget, enforce=True, fails=True)
    assert (refused["outcome"], [each["code"] for each in refused["refusals"]]) == ("refused", ["attribute_over_budget"])
