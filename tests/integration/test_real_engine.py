# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job with our PowerShell functions on a real PowerShell, through its own remoting; the cmdlets under them are stubs on the model."""

from __future__ import annotations

import signal

import pytest

from tests import needs

from .conftest import Maker
from .runner import Control, put_msi
from .test_interrupted import assert_clean, settle, stop_at
from .test_switch import roles

pytestmark = needs.ENGINE
PATIENT = {"entra_connect_poll_interval": 0.5, "entra_connect_lease": 20}
SETTINGS = {"entra_connect_method": "settings"}


def fleet(control: Maker) -> Control:
    """Two servers on the engine, to which the functions' text is sent."""
    return control(variables=PATIENT, engine="pwsh", installed=False)


def test_read_every_way(control: Maker) -> None:
    """One read gives the same facts of a server as the model has; the version and the verdict too."""
    here = fleet(control)
    info = here.answer(here.module("srv1", "adsync_info"))["info"]
    server = here.fleet.world.servers["srv1"]
    assert (info["role"], info["certain"], info["machine_id"], info["tenant"]) == ("active", True, server.machine_id, here.fleet.world.tenant.name)
    assert info["versions"]["engine"] == server.engine_version
    assert (info["auto_upgrade"], info["password_writeback"], info["journal_writable"], info["errors"]) == ("Enabled", False, True, {})
    assert {run["result"] for run in info["runs"]} == {"success"}
    status = here.playbook("status")
    assert status.rc == 0 and "srv1 is the active server" in status.output, status.output


def test_switch_killed_in_the_middle_and_again(control: Maker) -> None:
    """Killed behind the hold, finished by the same command from a fresh controller, and nothing left to do then."""
    here = fleet(control)
    here.variables |= {"entra_connect_lease": 3}
    here.keep_only(list(here.fleet.ports))
    stop_at(here, "Enter-EntraSyncHold", "srv1", signal.SIGKILL, entra_connect_active="srv2", **SETTINGS)
    settle(here)
    settle(here)
    fresh = Control(here.fleet, here.folder.parent / "fresh", PATIENT)
    done = fresh.playbook("switch_roles", **SETTINGS)
    assert done.outcome == "done", done.output
    assert_clean(here, "srv2")
    again = fresh.playbook("switch_roles")
    assert (again.outcome, again.changed) == ("already", 0), again.output


@pytest.mark.main_job_inline
def test_swing_by_wizard(control: Maker) -> None:
    """Both servers upgraded, the roles switched by the simulated person's clicks."""
    here = fleet(control)
    done = here.playbook("swing_upgrade", entra_connect_operator_ready=True, **put_msi(here.fleet, "2.6.92.0"))
    assert done.outcome == "done", done.output
    assert {server.engine_version for server in here.fleet.world.servers.values()} == {"2.6.92.0"}
    assert roles(here) == {"srv1": "staging", "srv2": "active"}
    assert_clean(here, "srv2")
