# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The active server is dead, and comes back: failover, its fences, and rejoin, by the real ansible-playbook."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from .conftest import Maker
from .runner import Control, put_msi
from .test_interrupted import settle, stop_at
from .test_switch import roles, writing
from .world_acts import act

THREE = {"srv1": "2.5.79.0", "srv2": "2.5.79.0", "srv3": "2.5.79.0"}
TASKS = str(Path(__file__).with_name("identity_tasks.yml"))
METHOD = {"entra_connect_method": "settings"}
DEAD = {**METHOD, "entra_connect_dead": "srv1", "entra_connect_fence_reason": "its host burnt"}
OFF = {**DEAD, "entra_connect_fence": "powered_off", "entra_connect_fence_evidence": "ticket 4711: poweredOff"}
CLOUD = {**DEAD, "entra_connect_fence": "cloud", "entra_connect_identity_tasks": TASKS}
ASSERTED = {**DEAD, "entra_connect_fence": "asserted"}


def out(name: str, fence: str = "powered_off", reason: str = "its host burnt", evidence: str = "ticket 4711: poweredOff") -> dict[str, Any]:
    """What the user writes into the inventory afterwards."""
    return {"entra_connect_declared_out": {name: {"fence": fence, "reason": reason, **({"evidence": evidence} if evidence else {})}}}


def fences(control: Control, server: str) -> list[dict[str, Any]]:
    """What the record of a server has of others that are declared out."""
    text = control.fleet.world.servers[server].files.get("record.json")
    return list(json.loads(text).get("fences", [])) if text else []


def die(control: Control, name: str = "srv1") -> None:
    """A machine loses its power."""
    act(control.fleet, name, "power", "off")


@pytest.mark.parametrize(
    "servers", [pytest.param(dict(list(THREE.items())[:2]), id="two", marks=pytest.mark.main_job_psrp), pytest.param(THREE, id="three")]
)
def test_powered_off(servers: dict[str, str], control: Maker) -> None:
    """Another server takes over, everything found is restored, the fence stands on all others; the same command again changes nothing."""
    here = control(servers)
    die(here)
    done = here.playbook("failover", **OFF)
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert roles(here) == {"srv1": "down", "srv2": "active"} | ({"srv3": "staging"} if "srv3" in servers else {})
    for name in list(servers)[1:]:
        assert [(each["server"], each["kind"]) for each in fences(here, name)] == [("srv1", "powered_off")]
        server = here.fleet.world.servers[name]
        assert (server.enabled, server.auto_upgrade, server.start_type, server.blocked) == (True, "Enabled", "Automatic", False)
    assert [each["server"] for each in done.result["fences"]] == ["srv1"]
    assert "entra_connect_declared_out" in done.output
    again = Control(here.fleet, here.folder.parent / "fresh").playbook("failover", **OFF)
    assert (again.rc, again.outcome, again.changed) == (0, "already", 0), again.output


def test_check_mode(control: Maker) -> None:
    """The plan has the fence and the promotion, and nothing changes."""
    here = control()
    die(here)
    before = here.fleet.world.snapshot()
    done = here.playbook("failover", "--check", "--diff", **OFF)
    assert (done.rc, done.outcome) == (0, "planned"), done.output
    assert [step["action"] for step in done.result["plan"]["steps"]].index("fence") == 2
    assert here.fleet.world.snapshot() == before
    assert not any(writing(here).values())


def test_asserted_is_told_until_the_rejoin(control: Maker) -> None:
    """A person's word is enough, and every later status, plan and report says that it is nothing more."""
    here = control(THREE)
    die(here)
    done = here.playbook("failover", **ASSERTED)
    assert done.outcome == "done", done.output
    said = " ".join(done.output.split())
    assert "ASSERTED" in said
    # the inventory does not say it: the line to write is told, by the status and by a run that changes something
    status = here.playbook("status")
    assert status.rc != 0
    line = '-e \'{"entra_connect_declared_out": {"srv1": {"fence": "asserted", "reason": "its host burnt"}}}\''
    assert line in " ".join(status.output.split()).replace("\\", ""), status.output
    before = here.fleet.world.snapshot()
    refused = here.playbook("switch_roles", entra_connect_active="srv3", **METHOD)
    assert (refused.outcome, refused.changed) == ("refused", 0), refused.output
    assert refused.result["refusals"][0]["code"] == "fence_undeclared"
    assert here.fleet.world.snapshot() == before
    # it says it
    here.variables = out("srv1", "asserted", evidence="")
    here.keep_only(list(THREE))
    status = here.playbook("status")
    assert status.rc == 0, status.output
    assert "srv1 fenced" in " ".join(status.output.split())
    assert "ASSERTED" in status.output
    done = here.playbook("switch_roles", entra_connect_active="srv3", **METHOD)
    assert done.outcome == "done", done.output
    assert done.output.count("ASSERTED") >= 2, "the plan and the end say it"
    assert [each["kind"] for each in done.result["fences"]] == ["asserted"]
    assert roles(here) == {"srv1": "down", "srv2": "staging", "srv3": "active"}


def test_cloud_identity_and_back(control: Maker) -> None:
    """srv1 is cut off and exports on. Its identity is disabled; nobody is promoted before that is old enough. Back again, it stands in the way
    of everything until it has rejoined: demoted, quiet, its identity enabled.
    """
    here = control()
    world = here.fleet.world
    act(here.fleet, "srv1", "network", "down")
    first = here.playbook("failover", **CLOUD)
    assert first.outcome == "needs_operator", first.output
    assert "Run the same command again at" in " ".join(first.output.split())
    assert (world.servers["srv1"].cloud_enabled, roles(here)["srv2"]) == (False, "staging")
    again = here.playbook("failover", **CLOUD)
    assert (again.outcome, again.changed) == ("needs_operator", 0), again.output
    act(here.fleet, "srv2", "fences_older", 89)
    assert here.playbook("failover", **CLOUD).outcome == "needs_operator"
    act(here.fleet, "srv2", "fences_older", 2)
    done = here.playbook("failover", **CLOUD)
    assert done.outcome == "done", done.output
    assert roles(here) == {"srv1": "active", "srv2": "active"}, "srv1 has no identity, so it exports nothing"
    # it is back, and nobody has asked for it
    act(here.fleet, "srv1", "network", "up")
    assert here.playbook("status").rc != 0
    refused = here.playbook("switch_roles", entra_connect_active="srv2", **METHOD)
    assert (refused.outcome, refused.changed) == ("split", 0), refused.output
    declared = here.playbook("switch_roles", entra_connect_active="srv2", **METHOD, **out("srv1"))
    assert (declared.outcome, declared.changed) == ("split", 0), declared.output
    assert declared.result["refusals"][0]["code"] == "out_answers"
    given = {**METHOD, "entra_connect_identity_tasks": TASKS, "entra_connect_rejoin": "srv1"}
    planned = here.playbook("rejoin", "--check", **given)
    assert (planned.rc, planned.outcome, world.servers["srv1"].cloud_enabled) == (0, "planned", False), planned.output
    stop_at(here, "Enable-EntraSyncStaging", "srv1", signal.SIGKILL, playbook="rejoin", **given)
    settle(here)
    done = here.playbook("rejoin", **given)
    assert done.outcome == "done", done.output
    assert roles(here) == {"srv1": "staging", "srv2": "active"}
    assert world.servers["srv1"].cloud_enabled
    assert fences(here, "srv1") == fences(here, "srv2") == []
    assert json.loads(world.servers["srv1"].files["record.json"])["restored"], "its serial is lower than that of its peer"
    again = here.playbook("rejoin", **given)
    assert (again.outcome, again.changed) == ("already", 0), again.output
    # its exports without an identity have failed, which a gate tells
    why = {"G6": "its identity was disabled"}
    back = here.playbook("switch_roles", entra_connect_active="srv1", entra_connect_overrides=why, **METHOD)
    assert back.outcome == "done", back.output
    with here.fleet.clock.lock:
        assert "full-sync" in [run.step_type for run in world.servers["srv1"].cycles.history], "promoted only after an initial cycle"


def test_back_as_a_staging_server(control: Maker) -> None:
    """What was fenced and answers stands against plan, promotion and release, never against its own demotion."""
    here = control(THREE)
    die(here, "srv3")
    here.variables = out("srv3")
    here.keep_only(list(THREE))
    assert here.playbook("switch_roles", entra_connect_active="srv2", **METHOD).outcome == "done"
    act(here.fleet, "srv3", "power", "on")
    here.variables = {}
    here.keep_only(list(THREE))
    status = here.playbook("status")
    assert status.rc == 0, status.output
    assert "run rejoin" in " ".join(status.output.split())
    before = here.fleet.world.snapshot()
    refused = here.playbook("switch_roles", entra_connect_active="srv1", **METHOD)
    assert (refused.outcome, refused.changed) == ("refused", 0), refused.output
    assert [each["code"] for each in refused.result["refusals"]] == ["fenced_answers"]
    assert here.fleet.world.snapshot() == before
    assert here.module("srv3", "adsync_staging", enabled=True, method="settings", poll_interval=0.2).rc == 0
    assert here.module("srv3", "adsync_hold", state="held", poll_interval=0.2).rc == 0
    released = here.module("srv3", "adsync_hold", state="released", poll_interval=0.2)
    assert "was declared out" in released.output
    assert here.playbook("rejoin", **METHOD, entra_connect_rejoin="srv3").outcome == "done"
    assert roles(here) == {"srv1": "staging", "srv2": "active", "srv3": "staging"}
    assert fences(here, "srv1") == []


def test_dead_spare_and_an_upgrade_of_the_rest(control: Maker) -> None:
    """A spare that is out takes no part; the rest is upgraded and switched, and the plan and the result say who is out."""
    here = control(THREE)
    die(here, "srv3")
    here.variables = {**out("srv3"), **put_msi(here.fleet, "2.6.92.0"), "entra_connect_operator_ready": True}
    here.keep_only(list(THREE))
    done = here.playbook("swing_upgrade")
    assert done.outcome == "done", done.output
    assert roles(here) == {"srv1": "staging", "srv2": "active", "srv3": "down"}
    assert {name: server.engine_version for name, server in here.fleet.world.servers.items()} == {
        "srv1": "2.6.92.0",
        "srv2": "2.6.92.0",
        "srv3": "2.5.79.0",
    }
    assert [each["server"] for each in done.result["fences"]] == ["srv3"]
    again = here.playbook("swing_upgrade")
    assert (again.outcome, again.changed) == ("already", 0), again.output
    # editing it away instead is refused
    here.variables = {}
    here.keep_only(["srv1", "srv2"])
    away = here.playbook("switch_roles", entra_connect_active="srv1", **METHOD)
    assert (away.outcome, away.changed) == ("refused", 0), away.output
    assert "srv3, which was declared out" in " ".join(away.output.split())


def test_back_while_another_is_promoted(control: Maker) -> None:
    """It answers right before the promotion: nobody is promoted, whatever the plan has seen."""
    here = control()
    die(here)
    process = here.start_playbook("failover", **OFF)
    assert here.fleet.hosts["srv2"].recorder.wait_for("Set-EntraSyncFence", timeout=600)
    act(here.fleet, "srv1", "power", "on")
    done = here.finish(process)
    assert done.outcome in ("incomplete", "stopped_zero_active"), done.output
    assert "out_answers" in [each["code"] for each in done.result["refusals"]], done.result
    assert roles(here)["srv2"] == "staging"


# some of those of tests/inprocess/test_stops.py
FAILOVER_STOPS = {"fence": ("Set-EntraSyncFence", "srv2"), "hold": ("Enter-EntraSyncHold", "srv3")}


@pytest.mark.declared_out("srv1")
@pytest.mark.parametrize("stop", FAILOVER_STOPS)
def test_killed_and_run_again(stop: str, control: Maker) -> None:
    """The same command finishes from wherever it was killed, and then changes nothing."""
    here = control(THREE)
    die(here)
    stop_at(here, *FAILOVER_STOPS[stop], signal.SIGKILL, playbook="failover", **OFF)
    settle(here)
    fresh = Control(here.fleet, here.folder.parent / "fresh")
    done = fresh.playbook("failover", **OFF)
    assert done.outcome == "done", done.output
    assert roles(here) == {"srv1": "down", "srv2": "active", "srv3": "staging"}
    again = fresh.playbook("failover", **OFF)
    assert (again.outcome, again.changed) == ("already", 0), again.output


@pytest.mark.overlap_by_the_world
def test_back_before_the_failover_was_finished(control: Maker) -> None:
    """It is demoted, its fence is gone, and the switch that the failover had begun is finished, with its plan and its proof."""
    here = control()
    die(here)
    stop_at(here, "Disable-EntraSyncStaging", "srv2", signal.SIGKILL, playbook="failover", **OFF)
    settle(here)
    act(here.fleet, "srv1", "power", "on")
    given = {**METHOD, "entra_connect_rejoin": "srv1"}
    done = Control(here.fleet, here.folder.parent / "fresh").playbook("rejoin", **given)
    assert done.outcome == "done", done.output
    assert roles(here) == {"srv1": "staging", "srv2": "active"}
    assert fences(here, "srv1") == fences(here, "srv2") == []
    assert not json.loads(here.fleet.world.servers["srv2"].files["record.json"]).get("promotion"), "it is proved"
    again = here.playbook("rejoin", **given)
    assert (again.outcome, again.changed) == ("already", 0), again.output


def test_back_before_anybody_was_promoted(control: Maker) -> None:
    """Killed once more in the middle of the rejoin's own switch, the same command finishes it."""
    here = control(THREE)
    die(here)
    stop_at(here, "Set-EntraSyncFence", "srv2", signal.SIGKILL, playbook="failover", **OFF)
    settle(here)
    act(here.fleet, "srv1", "power", "on")
    given = {**METHOD, "entra_connect_rejoin": "srv1"}
    stop_at(here, "Enter-EntraSyncHold", "srv1", signal.SIGKILL, playbook="rejoin", **given)
    settle(here)
    done = Control(here.fleet, here.folder.parent / "fresh").playbook("rejoin", **given)
    assert done.outcome == "done", done.output
    assert roles(here) == {"srv1": "staging", "srv2": "active", "srv3": "staging"}
