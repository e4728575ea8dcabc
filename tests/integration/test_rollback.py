# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rollback: of a run that was killed, and of one that was done, killed itself, again, in check mode, and where nothing is to be undone.

Killed here at some steps; at every one in tests/inprocess/test_stops.py.
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from .conftest import Maker
from .runner import Control, Done, put_msi
from .test_interrupted import STOPS, SWITCH, assert_clean, settle, stop_at
from .test_switch import METHOD, order_of, roles, writing
from .world_acts import act

# where a rollback from srv2 to srv1 is stopped: the servers of STOPS changed places
BACK = {name: (function, {"srv1": "srv2", "srv2": "srv1"}[server]) for name, (function, server) in STOPS.items()}
OLD, NEW = "2.5.79.0", "2.6.92.0"


def rollback(here: Control, *arguments: str, **variables: Any) -> Done:
    """One run of the playbook, by settings."""
    return here.playbook("rollback", *arguments, **METHOD, **variables)


def fresh(here: Control, name: str = "fresh") -> Control:
    """Another controller of the same fleet, which knows nothing of earlier runs."""
    return Control(here.fleet, here.folder.parent / name)


def assert_stays(here: Control, active: str) -> None:
    """A further rollback changes nothing: it never goes forward again."""
    again = rollback(fresh(here, "again"))
    assert (again.rc, again.outcome, again.changed) == (0, "already", 0), again.output
    assert_clean(here, active)


@pytest.mark.parametrize("stop", ["demotion", "promotion"])
def test_a_switch_that_was_killed_is_undone(stop: str, control: Maker) -> None:
    """Before its promotion and after it, from a fresh controller: the server that was active is so again."""
    here = control()
    stop_at(here, *STOPS[stop], signal.SIGKILL, **SWITCH)
    settle(here)
    done = rollback(fresh(here))
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert done.result["goal"]["active"] == "srv1" and done.result["playbook"] == "rollback"
    assert_clean(here, "srv1")
    assert_stays(here, "srv1")


@pytest.mark.main_job_psrp
@pytest.mark.oldest
def test_a_switch_that_is_done_is_undone(control: Maker) -> None:
    """By a plan of its own, which check mode shows and the run takes."""
    here = control()
    assert here.playbook("switch_roles", **SWITCH).outcome == "done"
    before = here.fleet.world.snapshot()
    for host in here.fleet.hosts.values():
        host.recorder.calls.clear()
    plan = rollback(fresh(here, "plan"), "--check", "--diff")
    assert (plan.rc, plan.outcome, plan.changed) == (0, "planned", 0), plan.output
    assert (writing(here), here.fleet.world.snapshot()) == ({"srv1": [], "srv2": []}, before)
    assert "this undoes switch_roles, which wanted srv2 to be active" in " ".join(plan.output.split())
    done = rollback(fresh(here))
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert order_of(plan.result["plan"]["steps"]) == order_of(here.fleet)
    assert_clean(here, "srv1")
    assert_stays(here, "srv1")


@pytest.mark.parametrize("stop", ["scheduler", "hold"])
def test_a_rollback_that_was_killed_goes_on(stop: str, control: Maker) -> None:
    """It keeps its target, whatever it had done; then there is nothing left to do."""
    here = control()
    assert here.playbook("switch_roles", **SWITCH).outcome == "done"
    stop_at(here, *BACK[stop], signal.SIGKILL, playbook="rollback", **METHOD)
    settle(here)
    done = rollback(fresh(here))
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert_clean(here, "srv1")
    assert_stays(here, "srv1")


def test_an_upgrade_that_stopped_behind_its_switch_is_undone(control: Maker) -> None:
    """The new version stays where it is, the older server only warns; killed before its demotion, the rollback passes its gates again."""
    here = control({"srv1": OLD, "srv2": OLD})
    variables = {**put_msi(here.fleet, NEW), "entra_connect_operator_ready": True, **METHOD}
    stop_at(here, "Complete-EntraSyncRelease", "srv1", signal.SIGKILL, playbook="swing_upgrade", **variables)
    settle(here)
    stop_at(fresh(here, "killed"), *BACK["claim"], signal.SIGKILL, playbook="rollback", **METHOD)
    settle(here)
    assert roles(here)["srv2"] == "active"
    done = rollback(fresh(here))
    assert (done.rc, done.outcome) == (0, "done"), done.output
    gate = next(each for each in done.result["gates"] if each["id"] == "G8")
    assert gate["verdict"] == "warn" and any("older than" in text for text in gate["text"]), gate
    assert {name: server.engine_version for name, server in here.fleet.world.servers.items()} == {"srv1": OLD, "srv2": NEW}
    assert_clean(here, "srv1")
    assert_stays(here, "srv1")


def test_an_upgrade_that_had_switched_before_is_undone(control: Maker) -> None:
    """By switch_first another server stands in; stopped there, the server that was active at the beginning is wanted again."""
    here = control({"srv1": OLD, "srv2": OLD})
    variables = {**put_msi(here.fleet, NEW), "entra_connect_operator_ready": True, "entra_connect_order": "switch_first", **METHOD}
    stop_at(here, "Set-EntraSyncSerial", "srv2", signal.SIGKILL, playbook="swing_upgrade", **variables)
    settle(here)
    assert roles(here)["srv2"] == "active"
    done = rollback(fresh(here))
    assert (done.rc, done.outcome) == (0, "done"), done.output
    assert_clean(here, "srv1")
    assert_stays(here, "srv1")


def test_what_a_stopped_run_prints_works(control: Maker) -> None:
    """It names the way on, the way back for this topology, and what removes the hold by hand; the result file has the same."""
    here = control()
    process = here.start_playbook("switch_roles", entra_connect_close_timeout=1, **SWITCH)
    assert here.fleet.hosts["srv1"].recorder.wait_for("Enter-EntraSyncHold", timeout=600)
    act(here.fleet, "srv2", "process", "msiexec")
    done = here.finish(process)
    assert done.outcome == "stopped_zero_active", done.output
    said = " ".join(done.output.split())
    assert "to go on: run the same command again" in said
    assert "to go back: ansible-playbook hybrid_identity.entra_connect.rollback --limit srv1,srv2" in said
    release = "ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=released"
    assert f"to remove what is left by hand: {release}" in said
    assert done.result["by_hand"] == [release]
    act(here.fleet, "srv2", "no_process", "msiexec")
    settle(here)
    program, *arguments = done.result["by_hand"][0].split()
    assert here.finish(here.start(program, *arguments)).rc == 0
    assert roles(here) == {"srv1": "staging", "srv2": "staging"}
    back = fresh(here).playbook("rollback", "--limit", "srv1,srv2", **METHOD)
    assert back.outcome == "done", back.output
    assert_clean(here, "srv1")


@pytest.mark.parametrize(
    ("first", "variables", "code"),
    [
        (False, {}, "nothing_to_roll_back"),
        (True, {"entra_connect_active": "srv2"}, "rollback_other_target"),
        (True, {"entra_connect_active": "srv9"}, "not_a_member"),
    ],
)
def test_refused(first: bool, variables: dict[str, Any], code: str, control: Maker, tmp_path: Path) -> None:
    """One sentence, nothing has changed."""
    here = control()
    if first:
        assert here.playbook("switch_roles", **SWITCH).outcome == "done"
    before = here.fleet.world.snapshot()
    done = rollback(fresh(here), **variables)
    assert (done.rc, done.outcome, done.changed) == (2, "refused", 0), done.output
    assert [each["code"] for each in done.result["refusals"]] == [code], done.result
    assert done.result["by_hand"] == []
    assert here.fleet.world.snapshot() == before
