# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job: every server to one version, in both orders, by wizard and by settings, from several versions; and two people at once."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.lab.model.operator import Manner

from .conftest import Maker
from .runner import COLLECTION, Control, Done, interrupt, put_msi, wait_until
from .test_switch import roles, sorted_claims
from .world_acts import act

OLD, NEW = "2.5.79.0", "2.6.92.0"
SETTINGS = {"entra_connect_method": "settings"}
READY = {"entra_connect_operator_ready": True, "entra_connect_wizard_timeout": 600}
KEY = {
    "claim": "New-EntraSyncClaim",
    "scheduler_off": "Set-EntraSyncScheduler",
    "demote": "Enable-EntraSyncStaging",
    "hold": "Enter-EntraSyncHold",
    "promote": "Disable-EntraSyncStaging",
    "release": "Complete-EntraSyncRelease",
    "release_target": "Complete-EntraSyncRelease",
    "upgrade": "Install-EntraSyncWizard",
    "end_claim": "Close-EntraSyncClaim",
}
BY_WIZARD = {"demote": "", "promote": "Register-EntraSyncPromotion"}
FOUND = ("enabled", "maintenance", "suspended", "start_type", "service", "auto_upgrade", "blocked", "customized_interval", "purge_interval")


def versions(here: Control) -> set[str]:
    """The versions of all engines."""
    return {server.engine_version for server in here.fleet.world.servers.values()}


def kept(here: Control) -> dict[str, dict[str, Any]]:
    """What a run changes for a while and has to restore."""
    return {name: {key: values[key] for key in FOUND} for name, values in here.fleet.world.snapshot().items()}


def planned(steps: list[dict[str, Any]], method: str = "wizard") -> list[tuple[str, str]]:
    """The calls that a plan means, in its order."""
    calls = {**KEY, **(BY_WIZARD if method == "wizard" else {})}
    return sorted_claims([(calls[step["action"]], step["server"]) for step in steps if calls.get(step["action"])])


def taken(here: Control, method: str = "wizard") -> list[tuple[str, str]]:
    """The calls that the servers got, in the order of their start."""
    names = {name for name in {**KEY, **(BY_WIZARD if method == "wizard" else {})}.values() if name}
    calls = sorted((call.started, call.function, name) for name, host in here.fleet.hosts.items() for call in host.recorder.calls)
    return sorted_claims([(function, name) for _started, function, name in calls if function in names])


def already(here: Control, name: str, **variables: Any) -> Done:
    """A run from a fresh controller that finds everything as it should be."""
    again = Control(here.fleet, here.folder.parent / name).playbook("swing_upgrade", **variables)
    assert (again.rc, again.outcome, again.changed) == (0, "already", 0), again.output
    return again


@pytest.mark.main_job_psrp
@pytest.mark.main_job_winrm
@pytest.mark.oldest
def test_staging_first_by_wizard(control: Maker) -> None:
    """Planned, done, proved, restored; what was planned is what was done; a second run changes nothing, with and without a version."""
    here = control()
    here.fleet.world.servers["srv2"].auto_upgrade = "Disabled"
    here.fleet.world.change_ad("updates", 3)
    wanted = {**put_msi(here.fleet, NEW), **READY}
    before, found = here.fleet.world.snapshot(), kept(here)
    plan = here.playbook("swing_upgrade", "--check", "--diff", **wanted)
    assert (plan.rc, plan.outcome, plan.changed) == (0, "planned", 0), plan.output
    assert here.fleet.world.snapshot() == before
    done = here.playbook("swing_upgrade", **wanted)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert (versions(here), roles(here), kept(here)) == ({NEW}, {"srv1": "staging", "srv2": "active"}, found)
    assert here.fleet.operator.did == [
        f"upgraded srv2 to {NEW}",
        "turned staging mode on on srv1",
        "turned staging mode off on srv2",
        f"upgraded srv1 to {NEW}",
    ]
    result = done.result
    assert (result["outcome_rc"], result["playbook"], result["servers"], result["check_mode"]) == (0, "swing_upgrade", ["srv1", "srv2"], False)
    assert result["goal"] == {
        "active": "srv2",
        "former": "srv1",
        "version": NEW,
        "order": "staging_first",
        "method": "wizard",
        "verb": "swing_upgrade",
    }
    # nobody has asked the tenant here, which the gate about it says
    assert {gate["id"]: gate["verdict"] for gate in result["gates"] if gate["verdict"] != "pass"} == {"G2": "warn"}
    assert result["plan"]["steps"] == plan.result["plan"]["steps"] and result["plan"]["id"] == plan.result["plan"]["id"]
    assert taken(here) == planned(result["plan"]["steps"])
    judged = {gate["id"]: gate["verdict"] for gate in result["gates_end"]}
    assert judged["G22"] == "pass" and set(judged.values()) == {"pass", "warn"}, "the last upgrade came after the proof of the switch"
    assert set(result["health"]) == {"srv1", "srv2"} and result["gates_after"]
    copies = [json.loads(text) for server in here.fleet.world.servers.values() for name, text in server.files.items() if result["run_id"] in name]
    assert [copy["outcome"] for copy in copies] == ["done", "done"], "each server has the last copy of the result"
    already(here, "again", entra_connect_version=NEW)
    already(here, "no_version")


def follow(here: Control, **variables: Any) -> tuple[Done, list[str]]:
    """Run swing_upgrade with a person who does what is printed, where it is printed; returns also what was not held when a switch was asked for."""
    servers, operator, lines = here.fleet.world.servers, here.fleet.operator, []
    here.cold = True  # its output is read while it runs
    process = here.start_playbook("swing_upgrade", **variables)
    assert isinstance(process, subprocess.Popen) and process.stdout is not None
    unheld = []
    limit = threading.Timer(900, lambda: interrupt(process, signal.SIGKILL))
    limit.start()
    for line in process.stdout:
        lines.append(line)
        asked = re.search(r"OPERATOR: on (\w+) open AzureADConnect.exe, (Upgrade|Configure staging mode, sign in, (tick|untick))", line)
        with here.fleet.clock.lock:
            if asked and asked[2] == "Upgrade":
                operator.finish_upgrade(asked[1])
            elif asked:
                unheld += [f"{asked[3]} {asked[1]}: {name}" for name, each in servers.items() if name != asked[1] and each.service == "Running"]
                operator.use_staging_wizard(asked[1], asked[3] == "tick")
    limit.cancel()
    here.cold = False
    return Done(process.wait(), "".join(lines), here.last_result()), unheld


def test_switch_first(control: Maker) -> None:
    """The old active server is upgraded before the new one is, by a person who follows what is printed."""
    here = control(operator=Manner(present=False))
    found = kept(here)
    done, unheld = follow(here, **put_msi(here.fleet, NEW), **READY, entra_connect_order="switch_first")
    assert (done.rc, done.outcome, unheld) == (0, "done", []), done.output
    assert (versions(here), kept(here)) == ({NEW}, found)
    assert list(roles(here).values()).count("active") == 1 and roles(here)[done.result["goal"]["active"]] == "active"
    assert taken(here) == planned(done.result["plan"]["steps"])
    upgraded = [each for each in here.fleet.operator.did if each.startswith("upgraded")]
    assert upgraded == [f"upgraded srv1 to {NEW}", f"upgraded srv2 to {NEW}"]
    already(here, "again", entra_connect_version=NEW)


@pytest.mark.oldest
def test_three_servers(control: Maker) -> None:
    """Both staging servers are upgraded first; one of them takes over; by settings, which needs the person for the upgrades only."""
    here = control({"srv1": OLD, "srv2": OLD, "srv3": OLD})
    found = kept(here)
    done = here.playbook("swing_upgrade", **put_msi(here.fleet, NEW), **READY, **SETTINGS)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert (versions(here), roles(here), kept(here)) == ({NEW}, {"srv1": "staging", "srv2": "active", "srv3": "staging"}, found)
    assert here.fleet.operator.did == [f"upgraded {name} to {NEW}" for name in ("srv2", "srv3", "srv1")]
    assert taken(here, "settings") == planned(done.result["plan"]["steps"], "settings")
    already(here, "again", entra_connect_version=NEW)


def test_three_servers_by_wizard(control: Maker) -> None:
    """The wanted server is up to date already; whenever a person is asked to switch, all servers but that one are held."""
    here = control({"srv1": OLD, "srv2": OLD, "srv3": NEW}, operator=Manner(present=False))
    done, unheld = follow(here, entra_connect_active="srv3", **put_msi(here.fleet, NEW), **READY)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert (versions(here), roles(here)) == ({NEW}, {"srv1": "staging", "srv2": "staging", "srv3": "active"})
    assert [each for each in here.fleet.operator.did if each.startswith("upgraded")] == [f"upgraded srv2 to {NEW}", f"upgraded srv1 to {NEW}"]
    already(here, "again")
    assert unheld == [], "a click on the wrong server would do something"


def test_active_server_stopped_by_the_cloud(control: Maker) -> None:
    """The failing runs of an active server whose version the cloud service stopped only warn: the swing is the way out."""
    here = control({"srv1": "2.4.131.0", "srv2": OLD})
    act(here.fleet, "srv1", "cycle", "Delta")
    wait_until("its cycle has failed", lambda: not here.fleet.world.servers["srv1"].cycles.in_progress)
    done = here.playbook("swing_upgrade", **put_msi(here.fleet, NEW), **READY, **SETTINGS)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert (versions(here), roles(here)) == ({NEW}, {"srv1": "staging", "srv2": "active"})
    gate = next(each for each in done.result["gates"] if each["id"] == "G6")
    assert gate["verdict"] == "warn" and any("on srv1 ended with stopped-server-down" in text for text in gate["text"]), gate
    already(here, "again")


def test_scheduler_that_wants_a_sign_in(control: Maker) -> None:
    """Where turning the scheduler off wants a sign-in that nobody gives, the cycle is stopped and the hold does the rest."""
    here = control({"srv1": NEW, "srv2": NEW})
    found = kept(here)
    done = here.playbook("switch_roles", entra_connect_active="srv2", **SETTINGS)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert (roles(here), kept(here)) == ({"srv1": "staging", "srv2": "active"}, found)
    tried = here.fleet.hosts["srv1"].recorder.calls_since(function="Set-EntraSyncScheduler")
    assert [call.error for call in tried] == ["EntraConnect.sign_in_wanted,Set-EntraSyncScheduler"]
    back = here.playbook("switch_roles", entra_connect_active="srv1", **SETTINGS)
    assert (back.outcome, roles(here), kept(here)) == ("done", {"srv1": "active", "srv2": "staging"}, found), back.output


def nobody_active(here: Control) -> None:
    """Both servers are staging, and quiet."""
    act(here.fleet, "srv1", "flag", True)
    wait_until("nobody exports", lambda: not any(server.exporting()[0] for server in here.fleet.world.servers.values()))


@pytest.mark.parametrize("held", [[], ["srv1"], ["srv1", "srv2"]], ids=["none_held", "one_held", "both_held"])
def test_two_promotions_at_once(held: list[str], control: Maker) -> None:
    """Each needs the other one held, so that at most one wins and never both; who loses is told why."""
    here = control()
    nobody_active(here)
    for name in held:
        assert here.module(name, "adsync_hold", poll_interval=0.2).rc == 0
    promote = json.dumps({"enabled": False, "expected_active": "", "method": "settings", "poll_interval": 0.2})
    running = {name: here.start("ansible", name, "-m", f"{COLLECTION}.adsync_staging", "-a", promote) for name in here.fleet.hosts}
    ends = {name: here.finish(process) for name, process in running.items()}
    won = [name for name, end in ends.items() if end.rc == 0]
    active = [name for name, role in roles(here).items() if role == "active"]
    assert active == won == (["srv2"] if held == ["srv1"] else []), {name: end.output for name, end in ends.items()}
    words = {0: "is not held (staging)", 1: "srv1 is held; no server is promoted out of a hold", 2: "is held; no server is promoted out of a hold"}
    assert all(words[len(held)] in " ".join(end.output.split()) for name, end in ends.items() if name not in won)


def test_two_switches_at_once_from_nobody(control: Maker, tmp_path: Path) -> None:
    """Two runs with opposite targets where nobody is active: one ends done, the other one is told, and their fleet is whole."""
    here = control()
    nobody_active(here)
    found = kept(here)
    controls = {name: Control(here.fleet, tmp_path / f"for_{name}") for name in here.fleet.hosts}
    running = {name: each.start_playbook("switch_roles", entra_connect_active=name, **SETTINGS) for name, each in controls.items()}
    ends = {name: controls[name].finish(process) for name, process in running.items()}
    outcomes = {name: end.outcome for name, end in ends.items()}
    (won,) = (name for name, outcome in outcomes.items() if outcome == "done")
    lost = next(name for name in ends if name != won)
    assert outcomes[lost] in ("refused", "incomplete", "stopped_zero_active"), ends[lost].output
    assert (roles(here), kept(here)) == ({won: "active", lost: "staging"}, found), ends[lost].output
    assert "claim" in ends[lost].result["message"], ends[lost].output
