# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task says when a server does not answer as it should, and what it costs when it does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.lab.faults import Rule
from tests.lab.fleet import PASSWORD, USER
from tests.lab.host import LabHost

from .conftest import Maker
from .runner import COLLECTION, MAIN, Control, Done

WRONG = "not-the-Pa55word"
STATUS = "hybrid_identity.entra_connect.status"
Prepare = Callable[[LabHost, Any, dict[str, Any]], None]

# server: what happens to it, code, outcome, a part of the sentence, a part of the next step
TROUBLE: dict[str, tuple[Prepare, str, str, str, str]] = {
    "active": (lambda host, model, variables: None, "", "done", "", ""),
    "closed": (lambda host, model, variables: host.stop(), "unreachable", "refused", "cannot be reached", "ansible_psrp_port"),
    # a port with the number of an HTTP refusal in it
    "port401": (lambda host, model, variables: variables.update(ansible_psrp_port=24010), "unreachable", "refused", "cannot be reached", "firewall"),
    "down": (lambda host, model, variables: setattr(host, "down", True), "unreachable", "refused", "cannot be reached", "WinRM runs there"),
    "denied": (
        lambda host, model, variables: host.faults.set(Rule("deny", times=-1)),
        "login_refused",
        "refused",
        "refused the login",
        "ansible_user",
    ),
    "wrong": (lambda host, model, variables: variables.update(ansible_password=WRONG), "login_refused", "refused", "the login", "ansible_password"),
    "bare": (
        lambda host, model, variables: setattr(model, "module_present", False),
        "module_missing",
        "unknown",
        "ADSync module",
        "is installed on bare",
    ),
    "stopped": (lambda host, model, variables: model.stop_service(), "service_stopped", "unknown", "not by a hold", "Start-Service ADSync"),
    "hung": (lambda host, model, variables: host.faults.set(Rule("hang", "Receive", "Get-*", times=-1)), "timed_out", "unknown", "in time", STATUS),
    "dropped": (
        lambda host, model, variables: host.faults.set(Rule("drop", "Receive", "Get-*", times=-1)),
        "connection_lost",
        "unknown",
        "was lost",
        STATUS,
    ),
}


def edit(here: Control, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the inventory group of a controller."""
    inventory = yaml.safe_load(here.inventory.read_text(encoding="utf-8"))
    change(inventory["all"]["children"]["entra_connect"])
    here.inventory.write_text(yaml.safe_dump(inventory), encoding="utf-8")


def answers(done: Done) -> dict[str, dict[str, Any]]:
    """What an ad-hoc run printed for each server."""
    found = re.findall(r"^(\S+) \| [A-Z!]+ => (\{.*?^\})", done.output, re.M | re.S)
    return {name: json.loads(text) for name, text in found}


def test_every_trouble_has_its_own_words(control: Maker) -> None:
    """Failed with outcome, sentence and next step, never unreachable, and no password anywhere, not even with -vvvv."""
    here = control(dict.fromkeys(TROUBLE, "2.5.79.0"))

    def prepare(group: dict[str, Any]) -> None:
        with here.fleet.clock.lock:
            for name, (happens, *_rest) in TROUBLE.items():
                happens(here.fleet.hosts[name], here.fleet.world.servers[name], group["hosts"][name])

    edit(here, prepare)
    # as long is waited for the one that hangs, and as long has a busy machine for the answers of the others
    done = here.module("all", "adsync_info", "-vvvv", "--forks", "10", timeout=20)
    assert done.rc == 2
    assert "UNREACHABLE" not in done.output
    got = answers(done)
    assert got.keys() == TROUBLE.keys()
    for name, (_happens, code, outcome, text, step) in TROUBLE.items():
        answer = got[name]
        assert answer["outcome"] == outcome, (name, answer)
        assert [each["code"] for each in answer.get("refusals", [])] == ([code] if code else []), (name, answer)
        assert answer["changed"] is False
        assert f"{name} | {'FAILED!' if code else 'SUCCESS'} => " in done.output
        assert name == "active" or (name in answer["msg"] and text in answer["msg"] and step in answer["next_command"]), (name, answer)
    first = {TROUBLE[name][1]: answer["refusals"][0]["text"].replace(name, "") for name, answer in got.items() if name != "active"}
    steps = {answer["next_command"].replace(name, "") for name, answer in got.items() if name != "active"}
    assert (len(first), len(set(first.values())), len(steps)) == (6, 6, 5)
    assert PASSWORD not in done.output and WRONG not in done.output
    assert "Traceback" not in done.output


READ_LIMIT = 64 * 1024  # bytes to one server in a task that reads, the text of the functions and all requests together
TEXT_LIMIT = 96 * 1024  # bytes of functions' text in a task that changes something; each poll comes on top, installed or not
# in this order a whole switch: host, module, options
NOT_INSTALLED: list[tuple[str, str, dict[str, Any]]] = [
    ("srv1", "adsync_info", {}),
    ("srv1", "adsync_invariant", {}),
    ("srv1", "adsync_staging", {"enabled": True, "method": "settings", "poll_interval": 0.2}),
    ("srv1", "adsync_hold", {"state": "held", "poll_interval": 0.2}),
    ("srv2", "adsync_staging", {"enabled": False, "method": "settings", "expected_active": "", "poll_interval": 0.2}),
]


def test_functions_travel_along(control: Maker) -> None:
    """Nothing is installed: a whole switch works all the same, each text is sent once, and no task sends more than it should."""
    here = control(installed=False)
    for host, name, options in NOT_INSTALLED:
        marks = {server: each.recorder.mark() for server, each in here.fleet.hosts.items()}
        done = here.module(host, name, **options)
        assert (done.rc, answers(done)[host]["outcome"]) == (0, "done"), done.output
        for server, mark in marks.items():
            recorder = here.fleet.hosts[server].recorder
            texts = [each.received for each in recorder.requests_since(mark, "Command") if each.function == "script"]
            assert len(texts) <= len(set(recorder.functions(mark))), (server, name, texts)
            assert sum(texts) <= TEXT_LIMIT, (server, name, texts)
            if name in ("adsync_info", "adsync_invariant"):
                assert recorder.bytes_received(mark) <= READ_LIMIT, (server, name)
        assert any(each.function == "script" for each in here.fleet.hosts[host].recorder.requests_since(marks[host])), name


@pytest.mark.parametrize("name", ["adsync_info", "adsync_invariant", "adsync_claim"])
def test_few_requests_where_installed(name: str, control: Maker) -> None:
    """A read is one session with one call; no text of a function goes along."""
    here = control()
    done = here.module("srv1", name)
    assert done.rc == 0, done.output
    for server, host in here.fleet.hosts.items():
        requests = host.recorder.requests_since()
        assert len(requests) <= 5 and "script" not in [each.function for each in requests], requests
        assert host.recorder.functions() == (["Get-EntraSyncServer"] if server == "srv1" or name != "adsync_info" else [])


def test_constrained_language(control: Maker) -> None:
    """Answered before any claim, on the servers that could run the functions too, with what to install where."""
    here = control({"srv1": "2.5.79.0", "srv2": "2.5.79.0", "srv3": "2.5.79.0"}, installed=False)
    here.fleet.hosts["srv2"].language_mode = "ConstrainedLanguage"
    here.fleet.hosts["srv3"].language_mode = "NoLanguage"
    before = here.fleet.world.snapshot()
    done = here.module("srv1", "adsync_claim", state="present", active="srv2")
    answer = answers(done)["srv1"]
    assert (done.rc, answer["outcome"]) == (2, "refused")
    assert [(each["code"], each["server"]) for each in answer["refusals"]] == [("constrained_language", "srv2"), ("constrained_language", "srv3")]
    for name, mode in (("srv2", "ConstrainedLanguage"), ("srv3", "NoLanguage")):
        assert f"{name} runs PowerShell in {mode}" in answer["msg"]
        assert f"Install the collection's PowerShell module on {name}" in answer["msg"]
    assert [host.recorder.writing() for host in here.fleet.hosts.values()] == [[], [], []]
    assert here.fleet.world.snapshot() == before
    alone = answers(here.module("srv2", "adsync_hold"))["srv2"]
    assert (alone["outcome"], alone["refusals"][0]["code"]) == ("refused", "constrained_language")
    assert here.fleet.world.snapshot() == before


@pytest.mark.parametrize("module", ["adsync_invariant:", "adsync_claim: {state: present}", "adsync_hold: {server: srv2}"])
def test_play_variables(module: str, control: Maker) -> None:
    """Settings that only the task's own host sees: the message says which, and where to write them."""
    here = control()
    edit(here, lambda group: [group["vars"].pop(name) for name in ("ansible_user", "ansible_password")])
    play = [{"hosts": "srv1", "gather_facts": False, "vars": {"ansible_user": USER, "ansible_password": PASSWORD}}]
    play[0]["tasks"] = [yaml.safe_load(f"{COLLECTION}.{module}")]
    book = here.folder / "play.yml"
    book.write_text(yaml.safe_dump(play), encoding="utf-8")
    done = here.finish(here.start(MAIN, str(book)))
    assert done.rc == 2 and "unreachable=0" in done.output
    assert "as play variables, ansible_password, ansible_user are not visible for other servers" in done.output
    assert "write them into the inventory" in done.output
    assert PASSWORD not in done.output


@pytest.mark.parametrize(("name", "options"), [("adsync_invariant", {}), ("adsync_claim", {"state": "present"})])
@pytest.mark.parametrize("double", ["srv1", "srv2"])
def test_one_machine_under_two_names(double: str, name: str, options: dict[str, Any], control: Maker) -> None:
    """It would be counted as two servers, so it is refused; the active one is not called a split, and nothing is claimed."""
    here = control()
    edit(here, lambda group: group["hosts"].update(twin=dict(group["hosts"][double])))
    done = here.module("srv1", name, **options)
    answer = answers(done)["srv1"]
    assert (done.rc, answer["outcome"]) == (2, "refused"), done.output
    assert [(each["code"], each["server"]) for each in answer["refusals"]] == [("same_machine", "twin")]
    assert f"twin and {double} are the same machine under two names" in answer["msg"]
    assert "Write each server once" in answer["msg"]
    assert [host.recorder.writing() for host in here.fleet.hosts.values()] == [[], []]
