# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules over sealed NTLM and over HTTPS; what a task says to a certificate that is not right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests import needs
from tests.lab.certificates import Authority
from tests.lab.faults import Rule
from tests.lab.fleet import PASSWORD

from .conftest import Maker
from .runner import Control, Done

WRONG = "not-the-Pa55word"
SEALED_AND_TLS = pytest.mark.parametrize("transport", ["ntlm", "https"])
CERTIFICATES = {"foreign": "foreign", "expired": "expired", "moved": "other_name"}
WHY = {
    "foreign": "unable to get local issuer certificate",
    "expired": "certificate has expired",
    "moved": "IP address mismatch, certificate is not valid for '127.0.0.1'",
}
STEP = re.compile(
    r"^Write the file of the CA that issued it as ansible_psrp_ca_cert \(over winrm ansible_winrm_ca_trust_path\) of (\w+); "
    r"if the certificate has expired or is for another name, renew"
)


def edit(here: Control, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the inventory group of a controller."""
    inventory = yaml.safe_load(here.inventory.read_text(encoding="utf-8"))
    change(inventory["all"]["children"]["entra_connect"])
    here.inventory.write_text(yaml.safe_dump(inventory), encoding="utf-8")


def answers(done: Done) -> dict[str, dict[str, Any]]:
    """What an ad-hoc run printed for each server."""
    found = re.findall(r"^(\S+) \| [A-Z!]+ => (\{.*?^\})", done.output, re.M | re.S)
    return {name: json.loads(text) for name, text in found}


def refused(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Code and server of each refusal."""
    return [(each["code"], each["server"]) for each in answer["refusals"]]


@pytest.mark.oldest
@SEALED_AND_TLS
def test_a_read(transport: str, control: Maker) -> None:
    """Each server on one connection, one logon and one call; no password in the output, not even with -vvvv."""
    here = control(transport=transport)
    done = here.module("all", "adsync_info", "-vvvv")
    assert done.rc == 0, done.output
    assert {name: answer["info"]["role"] for name, answer in answers(done).items()} == {"srv1": "active", "srv2": "staging"}
    assert PASSWORD not in done.output
    for host in here.fleet.hosts.values():
        requests = host.recorder.requests_since()
        assert {each.connection for each in requests} == {requests[0].connection} and host.open_shells == 0
        verbs = [each.verb for each in requests if each.verb]
        assert (verbs[0], verbs[-1], verbs.count("Command")) == ("Create", "Delete", 1)
        assert [each.status for each in requests][:2] == [401, 401] and [each.status for each in requests].count(401) == 2


@needs.ENGINE
@pytest.mark.oldest
@SEALED_AND_TLS
def test_a_read_and_a_change_over_winrm(transport: str, control: Maker) -> None:
    """The other backend comes the same ways; a certificate of another authority is told by its variable."""
    here = control(transport=transport, engine="pwsh", connection="winrm", installed=False)
    done = here.module("srv2", "adsync_info", "-vvvv")
    assert done.rc == 0 and PASSWORD not in done.output, done.output
    assert answers(done)["srv2"]["info"]["role"] == "staging"
    assert here.module("srv1", "adsync_scheduler", sync_cycle_enabled=False).rc == 0
    assert here.fleet.world.servers["srv1"].enabled is False
    if transport == "https":
        edit(here, lambda group: group["vars"].pop("ansible_winrm_ca_trust_path"))
        told = here.module("srv2", "adsync_info")
        assert told.rc == 2 and "certificate_refused" in told.output and "ansible_winrm_ca_trust_path" in told.output, told.output


@pytest.mark.oldest
@SEALED_AND_TLS
def test_a_switch(transport: str, control: Maker) -> None:
    """Nothing is installed, so that the functions' texts travel sealed as well."""
    here = control(transport=transport, installed=False)
    done = here.playbook("switch_roles", entra_connect_active="srv2", entra_connect_method="settings")
    assert (done.rc, done.outcome) == (0, "done"), done.output
    with here.fleet.clock.lock:
        assert {name: server.staging for name, server in here.fleet.world.servers.items()} == {"srv1": True, "srv2": False}
    assert any(each.function == "script" for each in here.fleet.hosts["srv2"].recorder.requests_since())


@SEALED_AND_TLS
def test_a_wrong_password(transport: str, control: Maker) -> None:
    """It is the login, not the certificate and not the network; no shell is opened."""
    here = control(transport=transport, variables={"ansible_password": WRONG})
    done = here.module("srv1", "adsync_info", "-vvvv")
    answer = answers(done)["srv1"]
    assert (done.rc, answer["outcome"], refused(answer)) == (2, "refused", [("login_refused", "srv1")]), done.output
    assert WRONG not in done.output and PASSWORD not in done.output and "Traceback" not in done.output
    assert {each.status for each in here.fleet.hosts["srv1"].recorder.requests_since()} == {401}


@pytest.mark.parametrize("method", ["adsync_info", "adsync_hold"])
def test_a_certificate_that_is_not_right(method: str, control: Maker) -> None:
    """One plain sentence: it is the certificate, why, and what to write; the servers were asked nothing, not even for a login."""
    here = control(dict.fromkeys(["right", *CERTIFICATES], "2.5.79.0"), transport="https", certificates=CERTIFICATES)
    before = here.fleet.world.snapshot()
    done = here.module(":".join(CERTIFICATES), method, "-vvvv")
    assert done.rc == 2 and "UNREACHABLE" not in done.output and "Traceback" not in done.output
    got = answers(done)
    assert got.keys() == CERTIFICATES.keys()
    for name, answer in got.items():
        assert (answer["changed"], answer["outcome"], refused(answer)) == (False, "refused", [("certificate_refused", name)])
        assert answer["refusals"][0]["text"] == f"The certificate of {name} is not accepted: {WHY[name]}."
        told = STEP.match(answer["next_command"])
        assert told is not None and told[1] == name
        assert here.fleet.hosts[name].recorder.requests_since() == []
    assert here.fleet.world.snapshot() == before


def test_no_role_changes_behind_a_certificate_that_has_expired(control: Maker) -> None:
    """The role of that server is unknown, so the active one is neither confirmed nor changed."""
    here = control(transport="https", certificates={"srv2": "expired"})
    asked = answers(here.module("srv1", "adsync_invariant"))["srv1"]
    assert (asked["outcome"], refused(asked)) == ("unknown", [("certificate_refused", "srv2")])
    before = here.fleet.world.snapshot()
    done = here.playbook("switch_roles", entra_connect_active="srv2", entra_connect_method="settings")
    assert done.rc != 0 and done.outcome in ("refused", "unknown"), done.output
    assert "The certificate of srv2 is not accepted" in " ".join(done.output.split())
    assert [host.recorder.writing() for host in here.fleet.hosts.values()] == [[], []]
    assert here.fleet.world.snapshot() == before


def test_a_ca_file_that_does_not_fit(control: Maker) -> None:
    """None, another authority's, and one that is not there: each is about the certificate."""
    here = control(transport="https")
    other = here.folder / "other.pem"
    other.write_bytes(Authority("somebody").pem)
    for path, why in ((None, WHY["foreign"]), (str(other), WHY["foreign"]), ("no/ca.pem", "invalid path: ")):
        edit(here, lambda group, path=path: group["vars"].update(ansible_psrp_ca_cert=path) if path else group["vars"].pop("ansible_psrp_ca_cert"))
        answer = answers(here.module("srv1", "adsync_info"))["srv1"]
        assert (answer["outcome"], refused(answer)) == ("refused", [("certificate_refused", "srv1")]), answer
        step = STEP.match(answer["next_command"])
        assert why in answer["msg"] and step is not None and step[1] == "srv1", answer
        assert here.fleet.hosts["srv1"].recorder.requests_since() == []


def test_a_sealed_connection_that_ends_while_idle(control: Maker) -> None:
    """The keys are lost with it, so the next request is answered 400: lost, never taken for done (psrp-lab.md 6.1)."""
    here = control(transport="ntlm")
    here.fleet.hosts["srv1"].faults.set(Rule("close", "Receive"))
    before = here.fleet.world.snapshot()
    answer = answers(here.module("srv1", "adsync_info"))["srv1"]
    assert (answer["outcome"], refused(answer)) == ("unknown", [("connection_lost", "srv1")]), answer
    assert [each.status for each in here.fleet.hosts["srv1"].recorder.requests_since()][-3:] == [401, 401, 400]
    assert here.fleet.hosts["srv1"].recorder.functions() == [] and here.fleet.world.snapshot() == before
