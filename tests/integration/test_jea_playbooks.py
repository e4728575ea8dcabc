# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks and ad-hoc modules over our endpoints, and the playbook that registers them, on a real PowerShell engine.

The restart of WinRM, the registration itself and the process that WMI starts are the lab's; what our functions do about them is real.
"""

from __future__ import annotations

import json
from typing import Any

import yaml

from tests import needs
from tests.lab.fleet import ENDPOINTS

from .conftest import Maker
from .runner import Control
from .test_adhoc import ask, codes
from .test_files import on_controller
from .test_interrupted import assert_clean
from .test_switch import roles

pytestmark = needs.ENGINE
READER, OPERATOR = ENDPOINTS
GROUPS = {"entra_connect_reader_groups": ["CONTOSO\\Identity Readers"], "entra_connect_operator_groups": ["CONTOSO\\Identity Operators"]}
SETTINGS = {"entra_connect_method": "settings"}
SENTENCE = "srv1 is connected over an endpoint that does not allow this: it is the one for reading."


def over(control: Maker, endpoint: str) -> Control:
    """A fleet whose servers are all connected to through an endpoint of ours."""
    variables = {"entra_connect_poll_interval": 0.5, "entra_connect_lease": 20, "ansible_psrp_configuration_name": endpoint}
    here = control(variables=variables, engine="pwsh", installed=True)
    here.fleet.register_endpoints()
    return here


def untouched(here: Control, before: dict[str, Any]) -> None:
    """Nothing of the model has changed, nothing was written, and no changing function was as much as called; text of functions changes nothing."""
    assert here.fleet.world.snapshot() == before
    assert [here.fleet.journal(name) for name in here.fleet.ports] == ["", ""]
    assert [set(host.recorder.writing()) - {"script"} for host in here.fleet.hosts.values()] == [set(), set()]


def test_reading_works_and_changing_is_refused(control: Maker) -> None:
    """By one sentence, the same for a module and for a playbook."""
    here = over(control, READER)
    before = here.fleet.world.snapshot()
    status = here.playbook("status")
    assert status.rc == 0 and "srv1 is the active server" in status.output, status.output
    plan = here.playbook("switch_roles", "--check", entra_connect_active="srv2", **SETTINGS)
    assert plan.outcome == "planned", plan.output
    settings = plan.result["settings"]["servers"].values()  # no file can be fetched over it; gate G9 says so, and all else is read
    assert {(each["read"], each["reason"].split(":")[0]) for each in settings} == {(False, "endpoint_reads_only")}
    judged = next(each for each in plan.result["gates"] if each["id"] == "G9")
    assert judged["verdict"] == "warn" and "not checked" in judged["evidence"]
    assert {each["read"] for kind in (plan.result["health"], plan.result["pending"]["before"]) for each in kind.values()} == {True}
    answer = ask(here, "scheduler", fails=True, sync_cycle_enabled=False)
    assert (answer["outcome"], answer["changed"], codes(answer)) == ("refused", False, [("endpoint_reads_only", "srv1")])
    assert answer["msg"].startswith(SENTENCE) and "EntraSyncOperator" in answer["next_command"]
    switch = here.playbook("switch_roles", entra_connect_active="srv2", **SETTINGS)
    assert (switch.rc, switch.outcome, switch.changed) == (2, "refused", 0), switch.output
    assert SENTENCE in " ".join(switch.output.split()), switch.output
    untouched(here, before)


def test_one_reader_among_the_servers_leaves_all_alone(control: Maker) -> None:
    """The claim is taken on neither, whichever would be the first."""
    for reader, operator in (("srv1", "srv2"), ("srv2", "srv1")):
        here = over(control, OPERATOR)
        inventory = yaml.safe_load(here.inventory.read_text(encoding="utf-8"))
        inventory["all"]["children"]["entra_connect"]["hosts"][reader]["ansible_psrp_configuration_name"] = READER
        here.inventory.write_text(yaml.safe_dump(inventory), encoding="utf-8")
        before = here.fleet.world.snapshot()
        answer = ask(here, "claim", host=operator, fails=True, state="present", active="srv2")
        assert (answer["outcome"], codes(answer)) == ("refused", [("endpoint_reads_only", reader)])
        untouched(here, before)


def test_the_main_job_over_the_endpoint_of_operators(control: Maker) -> None:
    """Both servers upgraded with an MSI of the controller, the roles switched, and nothing left to do then; no script text was taken by anybody."""
    here = over(control, OPERATOR)
    path, installer, _options = on_controller(here)
    wanted = {"entra_connect_msi": str(path), "entra_connect_msi_sha256": installer.sha256, "entra_connect_version": installer.version}
    done = here.playbook("swing_upgrade", **wanted, entra_connect_operator_ready=True)
    assert done.outcome == "done", done.output
    assert {server.engine_version for server in here.fleet.world.servers.values()} == {installer.version}
    assert roles(here) == {"srv1": "staging", "srv2": "active"}
    assert_clean(here, "srv2")
    again = here.playbook("swing_upgrade", **wanted)
    assert (again.outcome, again.changed) == ("already", 0), again.output
    assert [call.function for host in here.fleet.hosts.values() for call in host.recorder.calls if call.function == "script"] == []


def test_modules_over_the_endpoint_of_operators(control: Maker) -> None:
    """One after another, as a person would; those that change the endpoint or its module are refused."""
    here = over(control, OPERATOR)
    for name, options, outcome in (
        ("info", {}, "done"),
        ("version", {"minimum": "2.4.0.0"}, "done"),
        ("invariant", {}, "done"),
        ("config_export", {"report_dir": "./reports"}, "done"),
        ("claim", {"state": "present", "active": "srv1"}, "done"),
        ("claim", {"state": "absent"}, "done"),
        ("auto_upgrade", {"state": "disabled"}, "done"),
        ("scheduler", {"sync_cycle_enabled": False}, "done"),
        ("scheduler", {"sync_cycle_enabled": True}, "done"),
        ("sync_cycle", {"poll_interval": 0.5}, "done"),
        ("staging", {"enabled": True, "method": "settings", "poll_interval": 0.5}, "done"),
        ("hold", {"state": "held", "poll_interval": 0.5}, "done"),
        ("hold", {"state": "released", "poll_interval": 0.5}, "done"),
    ):
        assert ask(here, name, **options)["outcome"] == outcome, name
    status = here.playbook("status")
    assert status.rc == 2 and "nobody is active" in status.output, status.output  # the only active one was demoted above
    module = ask(here, "server_module", fails=True, state="absent")
    assert (module["outcome"], codes(module)) == ("refused", [("constrained_language", "srv1")])
    own = here.module("srv1", "adsync_endpoint", "-a", json.dumps({"name": "Own", "capability": "operator", "groups": ["CONTOSO\\x"]}))
    endpoint = here.answer(own)
    assert (endpoint["outcome"], codes(endpoint)) == ("refused", [("endpoint_restricted", "srv1")])


def test_register_use_and_remove(control: Maker) -> None:
    """The playbook registers both on both servers over two restarts each; again it changes nothing; what it made works."""
    here = control(variables={"entra_connect_poll_interval": 0.5}, engine="pwsh", installed=False)
    before = here.fleet.world.snapshot()
    plan = here.playbook("jea_endpoint", "--check", "--diff", **GROUPS)
    assert (plan.rc, plan.changed) == (0, 6), plan.output
    untouched(here, before)

    done = here.playbook("jea_endpoint", **GROUPS)
    assert (done.rc, done.changed) == (0, 6), done.output
    for server in here.fleet.world.servers.values():
        assert {name: [each["group"] for each in made["roles"]] for name, made in server.endpoints.items()} == {
            READER: GROUPS["entra_connect_reader_groups"],
            OPERATOR: GROUPS["entra_connect_operator_groups"],
        }
        assert {made["account"] for made in server.endpoints.values()} == {"virtual"}
    again = here.playbook("jea_endpoint", **GROUPS)
    assert (again.rc, again.changed) == (0, 0), again.output
    journal = here.fleet.journal("srv1")
    assert journal.count('"Complete-EndpointRegistration"') == 2 * 2 and journal.count('"Register-EntraSyncEndpoint"') == 2 * 2

    other = {"name": "Own", "capability": "reader", "groups": ["CONTOSO\\a", "CONTOSO\\b"], "managed_account": "CONTOSO\\gmsa$"}
    assert here.answer(here.module("srv1", "adsync_endpoint", "-a", json.dumps(other)))["outcome"] == "done"
    own = here.fleet.world.servers["srv1"].endpoints.pop("Own")
    assert (own["account"], sorted(each["group"] for each in own["roles"])) == ("CONTOSO\\gmsa$", ["CONTOSO\\a", "CONTOSO\\b"])

    here.variables["ansible_psrp_configuration_name"] = OPERATOR
    here.keep_only(list(here.fleet.ports))
    assert ask(here, "scheduler", sync_cycle_enabled=False)["outcome"] == "done"
    whole = {"ansible_psrp_configuration_name": "Microsoft.PowerShell"}
    gone = here.playbook("jea_endpoint", entra_connect_endpoint_state="absent", **whole)
    assert (gone.rc, gone.changed) == (0, 4), gone.output
    assert [server.endpoints for server in here.fleet.world.servers.values()] == [{}, {}]
    lost = ask(here, "info", fails=True)
    assert codes(lost) == [("unreachable", "srv1")], lost
