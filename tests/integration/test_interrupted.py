# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed, terminated and interrupted after a step took effect: the same command finishes, and going back works too.

Here at some of the steps, with real processes and signals; tests/inprocess/test_stops.py is killed at every one.
"""

from __future__ import annotations

import signal
from typing import Any

import pytest

from . import claims
from .conftest import Maker
from .runner import Control, interrupt, put_msi, wait_until
from .test_switch import roles

SWITCH = {"entra_connect_method": "settings", "entra_connect_active": "srv2"}
# where a run is stopped: the function that has just taken effect, and the server that it was called on
STOPS = {
    "claim": ("Complete-EntraSyncClaim", "srv2"),
    "scheduler": ("Set-EntraSyncScheduler", "srv1"),
    "demotion": ("Enable-EntraSyncStaging", "srv1"),
    "hold": ("Enter-EntraSyncHold", "srv1"),
    "promotion": ("Disable-EntraSyncStaging", "srv2"),
    "quarantine": ("Start-EntraSyncRelease", "srv1"),
}


def stop_at(here: Control, function: str, server: str, number: int, playbook: str = "switch_roles", **variables: Any) -> str:
    """Start a playbook, wait until the function took effect there, send the signal; the output. Calls of earlier runs do not count."""
    recorder = here.fleet.hosts[server].recorder
    before = recorder.mark()
    process = here.start_playbook(playbook, **variables)
    if not recorder.wait_for(function, timeout=600, since=before):
        interrupt(process, signal.SIGKILL)
        raise AssertionError(f"{function} was never called on {server}:\n{here.finish(process).output[-3000:]}")
    interrupt(process, number)
    return here.finish(process).output


def settle(here: Control) -> None:
    """Nothing of a killed run is at work any more, and its leases have run out."""
    claims.settle(here.fleet, [here.folder])


def assert_clean(here: Control, active: str) -> None:
    """Exactly this server is active, and everything that was found is as it was."""
    assert roles(here) == {name: "active" if name == active else "staging" for name in here.fleet.world.servers}
    for server in here.fleet.world.servers.values():
        assert (server.enabled, server.auto_upgrade, server.start_type, server.blocked) == (True, "Enabled", "Automatic", False), server.name


@pytest.mark.parametrize("stop", ["hold", "promotion"])
def test_killed_and_run_again(stop: str, control: Maker) -> None:
    """From a fresh controller, without a target: the goal is kept on the servers."""
    here = control()
    stop_at(here, *STOPS[stop], signal.SIGKILL, **SWITCH)
    settle(here)
    fresh = Control(here.fleet, here.folder.parent / "fresh")
    given = SWITCH if stop == "claim" else {"entra_connect_method": "settings"}
    done = fresh.playbook("switch_roles", **given)
    assert done.outcome == "done", done.output
    assert_clean(here, "srv2")
    assert fresh.playbook("switch_roles").changed == 0


@pytest.mark.parametrize("stop", ["claim", "quarantine"])
def test_killed_and_back_to_the_former(stop: str, control: Maker) -> None:
    """The former active server can be made active again."""
    here = control()
    stop_at(here, *STOPS[stop], signal.SIGKILL, **SWITCH)
    settle(here)
    done = here.playbook("switch_roles", entra_connect_active="srv1", entra_connect_method="settings")
    assert done.outcome in ("done", "already"), done.output
    assert_clean(here, "srv1")


@pytest.mark.parametrize(
    ("stop", "number"),
    [
        pytest.param("claim", signal.SIGINT, id="claim-ctrl-c"),
        pytest.param("demotion", signal.SIGTERM, id="demotion-sigterm"),
        pytest.param("hold", signal.SIGTERM, id="hold-sigterm"),
        pytest.param("promotion", signal.SIGINT, id="promotion-ctrl-c"),
    ],
)
def test_interrupted(stop: str, number: int, control: Maker) -> None:
    """The result file says what is known, the claim is ended or its lease runs out, and the same command finishes."""
    here = control()
    stop_at(here, *STOPS[stop], number, **SWITCH)
    assert here.last_result()["outcome"] in ("unknown", "incomplete", "stopped_zero_active"), here.last_result()
    settle(here)
    done = here.playbook("switch_roles", **SWITCH)
    assert done.outcome == "done", done.output
    assert_clean(here, "srv2")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGKILL, id="sigkill"),
        pytest.param(signal.SIGINT, id="ctrl-c", marks=pytest.mark.oldest),
        pytest.param(signal.SIGTERM, id="sigterm"),
    ],
)
def test_stopped_while_the_msi_is_laid_down(number: int, control: Maker) -> None:
    """The upgrade that was begun is finished by the same command."""
    here = control()
    variables = {**put_msi(here.fleet, "2.6.92.0"), "entra_connect_operator_ready": True}
    stop_at(here, "Install-EntraSyncWizard", "srv2", number, playbook="swing_upgrade", **variables)
    assert here.last_result()["outcome"] in ("unknown", "incomplete"), here.last_result()
    settle(here)
    done = here.playbook("swing_upgrade", **variables)
    assert done.outcome == "done", done.output
    assert {server.engine_version for server in here.fleet.world.servers.values()} == {"2.6.92.0"}
    assert_clean(here, "srv2")


def test_killed_while_the_msi_is_laid_down_and_back(control: Maker) -> None:
    """The former active server stays so, and everything that was found is put back."""
    here = control()
    here.fleet.operator.manner.present = False
    variables = {**put_msi(here.fleet, "2.6.92.0"), "entra_connect_operator_ready": True}
    stop_at(here, "Install-EntraSyncWizard", "srv2", signal.SIGKILL, playbook="swing_upgrade", **variables)
    settle(here)
    done = here.playbook("switch_roles", entra_connect_active="srv1", entra_connect_method="settings")
    assert done.outcome == "done", done.output
    assert_clean(here, "srv1")


@pytest.mark.main_job_psrp
def test_hold_and_claim_taken_away_by_hand(control: Maker) -> None:
    """The commands that the messages print work without any playbook."""
    here = control()
    stop_at(here, *STOPS["hold"], signal.SIGKILL, **SWITCH)
    settle(here)
    assert here.module("srv1", "adsync_hold", state="released", poll_interval=0.2).rc == 0
    assert here.module("srv1", "adsync_claim", state="absent").rc == 0
    wait_until("srv1 runs again", lambda: here.fleet.world.servers["srv1"].service == "Running")
    assert roles(here) == {"srv1": "staging", "srv2": "staging"}
