# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that change roles, claims and versions, ad hoc: what they do, what they refuse, and with which words."""

from __future__ import annotations

import getpass
from typing import Any

import pytest

from .conftest import Maker
from .runner import COLLECTION, MSI, put_msi
from .test_adhoc import SOON, ask, codes, shown
from .test_switch import roles, writing

SETTINGS = {"method": "settings", **SOON}
PROMOTE = {"enabled": False, "expected_active": "", **SETTINGS}


def test_staging(control: Maker) -> None:
    """Promoted only while every other server is held; the message names the command that holds it."""
    here = control()
    hold_it = f"ansible srv1 -m {COLLECTION}.adsync_hold -a state=held"
    before = here.fleet.world.snapshot()
    refused = ask(here, "staging", host="srv2", fails=True, **PROMOTE)
    assert (refused["outcome"], codes(refused)) == ("refused", [("expected_active_differs", ""), ("not_held", "srv1")])
    assert "srv1 is not held (active)" in refused["msg"] and hold_it in refused["msg"]
    assert "expected to be nobody, but it is srv1" in refused["msg"]
    assert here.fleet.world.snapshot() == before and writing(here) == {"srv1": [], "srv2": []}

    demoted = ask(here, "staging", "--diff", enabled=True, **SETTINGS)
    assert (demoted["outcome"], demoted["before"], demoted["after"]) == ("done", {"role": "active"}, {"role": "staging"})
    assert '-    "role": "active"' in demoted["output"] and writing(here)["srv2"] == []
    again = ask(here, "staging", enabled=True, **SETTINGS)
    assert (again["outcome"], again["changed"]) == ("already", False)
    refused = ask(here, "staging", host="srv2", fails=True, **PROMOTE)
    assert codes(refused) == [("not_held", "srv1")] and refused["next_command"] == f"Hold it first: {hold_it}."

    assert ask(here, "hold", **SOON)["outcome"] == "done"
    marks = {name: host.recorder.mark() for name, host in here.fleet.hosts.items()}
    planned = ask(here, "staging", "--check", host="srv2", **PROMOTE)
    assert (planned["outcome"], planned["after"]) == ("planned", {"srv1": "held", "srv2": "active"})
    assert [host.recorder.writing(marks[name]) for name, host in here.fleet.hosts.items()] == [[], []]
    done = ask(here, "staging", host="srv2", **PROMOTE)
    assert (done["outcome"], done["role"], roles(here)) == ("done", "active", {"srv1": "down", "srv2": "active"})
    assert done["evidence"]["srv1"]["role"] == "held" and done["evidence_age"] < 30
    again = ask(here, "staging", host="srv2", **PROMOTE)
    assert (again["outcome"], again["changed"]) == ("already", False)


def test_promotion_over_the_budget(control: Maker) -> None:
    """A deletion that the target would export refuses, with the number and how to allow it; so does a missing option."""
    here = control()
    ask(here, "staging", enabled=True, **SETTINGS)
    ask(here, "hold", **SOON)
    here.fleet.world.change_ad("deletes", 2)
    ask(here, "sync_cycle", host="srv2", **SOON)
    over = ask(here, "staging", host="srv2", fails=True, **PROMOTE)
    assert (over["outcome"], codes(over)) == ("refused", [("over_budget", "srv2")])
    assert "would export 2 deletes" in over["msg"] and roles(here)["srv2"] == "staging"
    assert ask(here, "staging", host="srv2", max_pending={"deletes": 2}, **PROMOTE)["outcome"] == "done"
    unsaid = here.module("srv2", "adsync_staging", enabled=False)
    assert unsaid.rc == 2 and "expected_active" in unsaid.output


def test_claim(control: Maker) -> None:
    """One holder at a time: the second is told who and since when, may take over, and the first cannot go on then."""
    here = control()
    first = ask(here, "claim", state="present", active="srv2", verb="switch_roles")
    query = ask(here, "claim")
    assert (query["goal"]["verb"], query["servers"]["srv1"]["verb"]) == ("switch_roles", "switch_roles")
    assert query["goal"]["member_names"] == ["srv1", "srv2"]
    assert first["outcome"] == "done" and first["goal"]["active"] == "srv2"
    holder = first["servers"]["srv1"]
    assert holder["claim"] == first["claim"] and holder["live"] is True

    second = ask(here, "claim", state="present", active="srv2", host="srv2", fails=True)
    assert (second["outcome"], codes(second)) == ("refused", [("claim_live", "srv1"), ("claim_live", "srv2")])
    for part in (f"{getpass.getuser()}@", holder["who"], holder["since"], first["claim"], "take_over: true"):
        assert part in second["msg"], (part, second["msg"])
    for name, options in (("scheduler", {"sync_cycle_enabled": False}), ("sync_cycle", SOON), ("auto_upgrade", {"state": "disabled"})):
        blocked = ask(here, name, fails=True, **options)
        assert codes(blocked) == [("claim_live", "srv1")] and holder["who"] in blocked["msg"], blocked
    assert shown(here, "srv1") == "srv1 active Running" and here.fleet.world.servers["srv1"].auto_upgrade == "Enabled"

    third = ask(here, "claim", state="present", take_over=True)
    assert third["outcome"] == "done" and int(third["claim"].split(".")[0]) > int(first["claim"].split(".")[0])
    assert third["goal"]["active"] == "srv2", "the goal in force goes on"
    late = ask(here, "hold", host="srv2", fails=True, claim=first["claim"], **SOON)
    assert codes(late)[0][0] in ("claim_changed", "claim_lost") and third["claim"] in late["msg"], late
    assert shown(here, "srv2") == "srv2 staging Running"
    wrong = ask(here, "claim", state="absent", claim=first["claim"], fails=True)
    assert codes(wrong) == [("claim_changed", "srv1")]
    for outcome in ("done", "already"):
        assert ask(here, "claim", state="absent", claim=third["claim"])["outcome"] == outcome
    assert not any(row["live"] for row in ask(here, "claim")["servers"].values())
    bad = ask(here, "hold", host="srv2", fails=True, claim="nonsense")
    assert (bad["outcome"], codes(bad)) == ("refused", [("bad_claim", "srv2")])


def test_hold(control: Maker) -> None:
    """Only a staging server is held; planned without a call that writes; held and released once each."""
    here = control()
    refused = ask(here, "hold", fails=True, **SOON)
    assert (refused["outcome"], codes(refused)) == ("refused", [("hold_needs_staging", "srv1")])
    assert f"ansible srv1 -m {COLLECTION}.adsync_staging -a enabled=true" in refused["next_command"]
    planned = ask(here, "hold", "--check", "--diff", server="srv2")
    assert (planned["outcome"], planned["changed"], planned["after"]) == ("planned", True, {"role": "held", "hold": "unbroken"})
    assert '+    "hold": "unbroken"' in planned["output"]
    assert writing(here) == {"srv1": [], "srv2": []}
    server = here.fleet.world.servers["srv2"]
    for state, service, start_type, module in (("held", "Stopped", "Disabled", "held"), ("released", "Running", "Automatic", "staging")):
        done = ask(here, "hold", host="srv2", state=state, **SOON)
        assert (done["outcome"], done["role"]) == ("done", module)
        assert (server.service, server.start_type, server.blocked, server.staging) == (service, start_type, False, True)
        again = ask(here, "hold", host="srv2", state=state, **SOON)
        assert (again["outcome"], again["changed"]) == ("already", False)
    assert writing(here)["srv1"] == []


def test_auto_upgrade(control: Maker) -> None:
    """Frozen and restored as found under a claim; what somebody changed in between is kept and told."""
    here = control()
    server = here.fleet.world.servers["srv1"]
    claim = ask(here, "claim", state="present")["claim"]
    planned = ask(here, "auto_upgrade", "--check", state="frozen", claim=claim)
    assert (planned["outcome"], server.auto_upgrade) == ("planned", "Enabled")
    for outcome in ("done", "already"):
        assert ask(here, "auto_upgrade", state="frozen", claim=claim)["outcome"] == outcome
        assert server.auto_upgrade == "Disabled"
    for outcome in ("done", "already"):
        assert ask(here, "auto_upgrade", state="restored", claim=claim)["outcome"] == outcome
        assert server.auto_upgrade == "Enabled"
    ask(here, "auto_upgrade", state="frozen", claim=claim)
    with here.fleet.clock.lock:
        server.auto_upgrade = "Suspended"
    kept = ask(here, "auto_upgrade", state="restored", claim=claim)
    assert (kept["kept"], server.auto_upgrade) == (True, "Suspended")
    assert "somebody changed it since" in " ".join(kept["output"].split())


GOOD = {"version": "2.6.92.0", "msi": MSI, "msi_sha256": "", "operator_ready": True}


@pytest.mark.parametrize(
    ("host", "changed", "outcome", "code", "words"),
    [
        ("srv2", {"msi_sha256": "0" * 64}, "refused", "checksum_wrong", "has another checksum than the one given"),
        ("srv2", {"msi": "C:\\none.msi"}, "refused", "installer_missing", "srv2 has no such MSI: C:\\none.msi."),
        ("srv2", {"msi": None}, "refused", "installer_unnamed", "no MSI with its checksum was named"),
        ("srv2", {"version": "2.6"}, "refused", "bad_version", "'2.6' is no version"),
        ("srv2", {"operator_ready": False}, "needs_operator", "operator_not_ready", "a person at its wizard (upgrade to 2.6.92.0)"),
        ("srv1", {}, "refused", "upgrade_needs_staging", "srv1 is not a staging server, so it is not upgraded"),
        ("srv2", {"version": "2.6.91.0"}, "refused", "installer_version", "installs version 2.6.92.0, not the wanted 2.6.91.0"),
        ("srv2", {"version": "2.6.79.0"}, "refused", "known_bad", "Version 2.6.79.0 is known to be bad: it was recalled by Microsoft."),
        ("srv2", {"version": "2.5.77.0"}, "refused", "downgrade", "srv2 has version 2.5.79.0, newer than the wanted 2.5.77.0"),
        ("srv2", {"version": "2.5.79.0"}, "already", "", ""),
    ],
)
def test_upgrade(host: str, changed: dict[str, Any], outcome: str, code: str, words: str, control: Maker) -> None:
    """What stands against it, before anything is laid down."""
    here = control()
    good = {**GOOD, "msi_sha256": put_msi(here.fleet, "2.6.92.0")["entra_connect_msi_sha256"]}
    before = here.fleet.world.snapshot()
    options = {name: value for name, value in {**good, **changed}.items() if value is not None}
    answer = ask(here, "upgrade", host=host, fails=bool(code), **options)
    assert (answer["outcome"], answer["changed"]) == (outcome, False), answer
    assert not code or (codes(answer) == [(code, host)] and words in answer["msg"]), answer
    assert "unknown" not in answer.get("msg", ""), answer["msg"]
    assert writing(here) == {"srv1": [], "srv2": []} and here.fleet.world.snapshot() == before


def test_upgrade_to_its_end(control: Maker) -> None:
    """The person that the message asks for finishes it in the wizard; planned before without a change, already so after."""
    here = control()
    options = {**GOOD, "msi_sha256": put_msi(here.fleet, "2.6.92.0")["entra_connect_msi_sha256"], **SOON}
    planned = ask(here, "upgrade", "--check", host="srv2", **options)
    assert (planned["outcome"], planned["after"], writing(here)["srv2"]) == ("planned", {"version": "2.6.92.0"}, [])
    done = ask(here, "upgrade", host="srv2", **options)
    assert (done["outcome"], done["version"], roles(here)["srv2"]) == ("done", "2.6.92.0", "staging")
    assert "OPERATOR: on srv2 open AzureADConnect.exe, Upgrade" in " ".join(done["output"].split())
    assert done["versions"]["before"]["engine"] == "2.5.79.0"
    assert {done["versions"]["after"][name] for name in ("engine", "wizard", "configuration")} == {"2.6.92.0"}
    assert (done["changes"], done["restart_pending"]) == ({"overrides_read": True, "queued": [], "scheduler": {}}, False)
    assert ask(here, "upgrade", host="srv2", **options)["outcome"] == "already"
