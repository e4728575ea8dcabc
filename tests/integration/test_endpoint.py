# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restricted endpoints of the simulated servers: registered, left alone, refused, failed, removed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lab.faults import Rule

from .conftest import Maker
from .runner import Control
from .test_adhoc import ask, codes
from .test_connection import answers

GROUPS = {"entra_connect_reader_groups": ["CONTOSO\\Readers"], "entra_connect_operator_groups": ["CONTOSO\\Operators"]}
WANTED = {"name": "EntraSyncOperator", "capability": "operator", "groups": ["CONTOSO\\Operators"]}
NONE = {"state": "absent", "capability": "", "groups": [], "account_groups": [], "managed_account": ""}
THERE = {**NONE, "state": "registered", "capability": "operator", "groups": ["CONTOSO\\Operators"]}
pytestmark = pytest.mark.usefixtures("python_lab")


@pytest.fixture
def python_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests look into the model of the servers, so they need the lab's own engine."""
    monkeypatch.setattr("tests.integration.conftest.ENGINE", "python")


def endpoint(here: Control, *arguments: str, fails: bool = False, **options: Any) -> dict[str, Any]:
    """Run the module ad hoc on the first server; its option ``name`` would be an argument of `ask`."""
    done = here.module("srv1", "adsync_endpoint", "-a", json.dumps({**WANTED, **options}), *arguments)
    assert done.rc == (2 if fails else 0), done.output
    return answers(done)["srv1"]


def test_register_again_change_and_remove(control: Maker) -> None:
    """Asked for once, over a restart; left alone then; registered anew when a value changes; check mode changes nothing."""
    here = control()
    recorder = here.fleet.hosts["srv1"].recorder
    before = here.fleet.world.snapshot()
    plan = endpoint(here, "--check")
    assert (plan["outcome"], plan["changed"], plan["before"], plan["after"]) == ("planned", True, NONE, THERE)
    assert here.fleet.world.snapshot() == before and recorder.writing() == []
    done = endpoint(here)
    assert (done["outcome"], done["changed"], done["name"], done["before"], done["after"]) == ("done", True, "EntraSyncOperator", NONE, THERE)
    again = endpoint(here)
    assert (again["outcome"], again["changed"], again["before"], again["after"]) == ("already", False, THERE, THERE)
    assert recorder.writing() == ["Register-EntraSyncEndpoint"]
    other = endpoint(here, account_groups=["ADSyncOperators"])
    assert (other["outcome"], other["before"], other["after"]) == ("done", THERE, {**THERE, "account_groups": ["ADSyncOperators"]})
    gone = endpoint(here, state="absent")
    assert (gone["outcome"], gone["after"]) == ("done", NONE)
    assert endpoint(here, state="absent")["outcome"] == "already"
    assert recorder.writing().count("Unregister-EntraSyncEndpoint") == 1


def test_playbook(control: Maker) -> None:
    """The module first, then both endpoints, one server after another; a second run changes nothing."""
    here = control(installed=False)
    plan = here.playbook("jea_endpoint", "--check", **GROUPS)
    assert (plan.rc, plan.changed, here.fleet.world.servers["srv1"].endpoints) == (0, 6, {}), plan.output
    nobody = here.playbook("jea_endpoint", **{**GROUPS, "entra_connect_operator_groups": []})
    assert nobody.rc == 2 and "Who may use the endpoints is not given" in nobody.output, nobody.output
    assert [server.endpoints for server in here.fleet.world.servers.values()] == [{}, {}]
    done = here.playbook("jea_endpoint", **GROUPS)
    assert (done.rc, done.changed) == (0, 5), done.output  # the module of the first server is there already
    for server in here.fleet.world.servers.values():
        assert {name: made["groups"] for name, made in server.endpoints.items()} == {
            "EntraSyncReader": ["CONTOSO\\Readers"],
            "EntraSyncOperator": ["CONTOSO\\Operators"],
        }
    assert here.playbook("jea_endpoint", **GROUPS).changed == 0


@pytest.mark.parametrize(
    ("options", "detail"),
    [
        ({"name": "1st"}, "must begin with a letter"),
        ({"name": "a b"}, "must begin with a letter"),
        ({"groups": []}, "nobody could use the endpoint"),
        ({"managed_account": "CONTOSO\\gmsa$", "account_groups": ["x"]}, "are for a virtual account"),
    ],
)
def test_values_that_no_endpoint_can_have(options: dict[str, Any], detail: str, control: Maker) -> None:
    """Refused before anything was asked."""
    here = control()
    answer = endpoint(here, fails=True, **options)
    assert (answer["outcome"], codes(answer)) == ("refused", [("endpoint_values", "srv1")])
    assert detail in answer["msg"] and here.fleet.hosts["srv1"].recorder.functions() == []


def test_refused_by_the_server(control: Maker) -> None:
    """An endpoint that is not ours, a live claim, a module that is not installed."""
    here = control(installed=False, variables={"entra_connect_lease": 60})
    answer = endpoint(here, fails=True)
    assert (answer["outcome"], codes(answer)) == ("refused", [("server_module_missing", "srv1")])
    assert ask(here, "server_module")["outcome"] == "done"
    here.fleet.world.servers["srv1"].endpoints["EntraSyncOperator"] = {"exists": True, "state": "registered"}
    for options in ({}, {"state": "absent"}):
        answer = endpoint(here, fails=True, **options)
        assert (answer["outcome"], codes(answer)) == ("refused", [("endpoint_foreign", "srv1")])
    assert ask(here, "claim", state="present", active="srv2")["outcome"] == "done"
    answer = endpoint(here, fails=True, name="Other")
    assert (answer["outcome"], codes(answer)) == ("refused", [("claim_live", "srv1")])


def test_what_windows_says_is_told(control: Maker) -> None:
    """And the same command again puts it right."""
    here = control()
    here.fleet.world.servers["srv1"].endpoint_fails = "the group CONTOSO\\Operators does not exist"
    answer = endpoint(here, fails=True)
    assert (answer["outcome"], codes(answer)) == ("incomplete", [("endpoint_failed", "srv1")])
    assert "the group CONTOSO\\Operators does not exist" in answer["msg"]
    here.fleet.world.servers["srv1"].endpoint_fails = ""
    assert endpoint(here)["outcome"] == "done"


def test_a_server_that_does_not_come_back_is_unknown(control: Maker) -> None:
    """Only reads follow; the next run reads first, and leaves alone what came about meanwhile."""
    here = control()
    server, host = here.fleet.world.servers["srv1"], here.fleet.hosts["srv1"]
    server.restart_winrm = lambda: setattr(host, "down", True)
    answer = endpoint(here, fails=True, timeout=10)
    assert (answer["outcome"], answer["changed"], codes(answer)) == ("unknown", True, [("endpoint_not_seen", "srv1")])
    assert host.recorder.writing() == ["Register-EntraSyncEndpoint"]
    host.down = False
    assert endpoint(here)["outcome"] == "already"


def test_an_answer_that_is_lost_is_followed_by_reads_only(control: Maker) -> None:
    """The request has had its effect; it is not sent again."""
    here = control()
    here.fleet.hosts["srv1"].faults.set(Rule("drop", "Command", "Register-EntraSyncEndpoint", when="after"))
    done = endpoint(here)
    assert (done["outcome"], done["changed"], done["after"]) == ("done", True, THERE)
    assert here.fleet.hosts["srv1"].recorder.writing() == ["Register-EntraSyncEndpoint"]
