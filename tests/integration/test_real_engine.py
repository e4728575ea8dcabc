# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our PowerShell functions on a real PowerShell, through its own remoting, sent as text; the cmdlets under them are stubs on the model.

The whole swing on PowerShell is in test_swing.py over winrm, and in test_jea_playbooks.py over a restricted endpoint with the module installed.
"""

from __future__ import annotations

import signal

import pytest

from tests import needs

from .conftest import Maker
from .runner import Control
from .test_interrupted import assert_clean, settle, stop_at

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


@pytest.mark.main_job_inline
def test_switch_killed_in_the_middle_and_again(control: Maker) -> None:
    """Killed behind the hold, finished by the same command from a fresh controller, and nothing left to do then."""
    here = fleet(control)
    here.variables |= {"entra_connect_lease": 3}
    here.keep_only(list(here.fleet.ports))
    stop_at(here, "Enter-EntraSyncHold", "srv1", signal.SIGKILL, entra_connect_active="srv2", **SETTINGS)
    settle(here)
    fresh = Control(here.fleet, here.folder.parent / "fresh", PATIENT)
    done = fresh.playbook("switch_roles", **SETTINGS)
    assert done.outcome == "done", done.output
    assert_clean(here, "srv2")
    again = fresh.playbook("switch_roles")
    assert (again.outcome, again.changed) == ("already", 0), again.output
