# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One server only: upgraded while it is active, with the same gates, proof and report."""

from __future__ import annotations

from tests.lab.model.operator import Manner

from .conftest import Maker
from .runner import put_msi
from .test_hooks import SNAPSHOT
from .test_swing import NEW, READY, versions
from .test_switch import roles
from .test_validate import TENANT
from .world_acts import act


def test_the_only_server(control: Maker) -> None:
    """Refused by swing_upgrade, which names this playbook; planned without a change; stopped by an absent person, gone on, and then so already."""
    here = control({"srv1": "2.5.79.0"}, operator=Manner(present=False))
    wanted = {**put_msi(here.fleet, NEW), **READY, "entra_connect_wizard_timeout": 2, "entra_connect_snapshot": SNAPSHOT}
    server, before = here.fleet.world.servers["srv1"], here.fleet.world.snapshot()
    assert "in_place_upgrade" in here.playbook("swing_upgrade", **wanted).output
    plan = here.playbook("in_place_upgrade", "--check", "--diff", **wanted)
    assert (plan.outcome, here.fleet.world.snapshot()) == ("planned", before), plan.output
    said = " ".join(plan.output.split())
    assert "upgrade srv1 to 2.6.92.0 in place" in said and "exports, password hashes and password writeback pause" in said
    late = here.playbook("in_place_upgrade", **wanted)
    assert (late.outcome, server.wizard_version, server.engine_version) == ("incomplete", NEW, "2.5.79.0"), late.output
    said = " ".join(late.output.split())
    assert "missing: the engine is 2.5.79.0" in said and "leave 'Enable staging mode' unticked" in said
    assert roles(here) == {"srv1": "active"}
    here.fleet.operator.manner.present = True
    done = here.playbook("in_place_upgrade", **{**wanted, **TENANT, "entra_connect_wizard_timeout": 600})
    assert (done.outcome, roles(here), versions(here)) == ("done", {"srv1": "active"}, {NEW}), done.output
    assert done.output.count("Ask the tenant by the user's own tasks") == 2, "before the upgrade, and after it"
    assert {gate["id"]: gate["verdict"] for gate in done.result["gates_end"] if gate["verdict"] != "pass"} == {}
    assert [(each["action"], each["engine"]) for each in here.fleet.hypervisor.log] == [("snapshot", "2.5.79.0")], "once, before it was begun"
    assert {name: here.fleet.world.snapshot()["srv1"][name] for name in ("enabled", "auto_upgrade", "start_type")} == {
        name: before["srv1"][name] for name in ("enabled", "auto_upgrade", "start_type")
    }
    again = here.playbook("in_place_upgrade", **wanted)
    assert (again.outcome, again.changed) == ("already", 0), again.output


def test_two_servers_are_no_case_for_it(control: Maker) -> None:
    """Whatever the other one is."""
    here = control()
    act(here.fleet, "srv1", "network", "down")
    no = here.playbook("in_place_upgrade", **{**put_msi(here.fleet, NEW), **READY})
    assert (no.outcome, [each["code"] for each in no.result["refusals"]]) == ("refused", ["in_place_only_alone"]), no.output
