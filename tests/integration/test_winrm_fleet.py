# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules with ``ansible_connection: winrm``, alone and beside servers over psrp; our functions run on a real PowerShell."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import yaml

from tests import needs
from tests.lab.faults import Rule
from tests.lab.fleet import Fleet
from tests.lab.winrs import WinRsShell

from .conftest import Maker
from .runner import Control

THREE = {"srv1": "2.5.79.0", "srv2": "2.5.79.0", "srv3": "2.5.79.0"}
WINRM = {
    "ansible_connection": "ansible.builtin.winrm",
    "ansible_winrm_scheme": "http",
    "ansible_winrm_transport": "plaintext",
    "ansible_winrm_message_encryption": "never",
    "ansible_winrm_connection_timeout": 10,
}
real = needs.ENGINE
pytestmark = pytest.mark.oldest


def speak_winrm(fleet: Fleet, names: list[str]) -> None:
    """Give servers command shells on the fleet's engine, on the port that they listen on anyway."""
    started = fleet._pwsh
    assert started is not None
    for name in names:
        spawn = partial(started.spawn, name)
        fleet.hosts[name].new_command_shell = lambda request, user, spawn=spawn: WinRsShell(request, user, spawn)  # type: ignore[misc]


def connect_by_winrm(here: Control, names: list[str], **more: Any) -> None:
    """Write it into the inventory, for these servers only."""
    inventory = yaml.safe_load(here.inventory.read_text(encoding="utf-8"))
    hosts = inventory["all"]["children"]["entra_connect"]["hosts"]
    for name in names:
        hosts[name] = {**WINRM, "ansible_port": here.fleet.ports[name], **more}
    here.inventory.write_text(yaml.safe_dump(inventory), encoding="utf-8")


def mixed(control: Maker, names: list[str]) -> Control:
    """Three servers, these over winrm."""
    here = control(THREE, engine="pwsh", installed=False)
    speak_winrm(here.fleet, names)
    connect_by_winrm(here, names)
    return here


@real
@pytest.mark.parametrize("names", [["srv2", "srv3"], ["srv1", "srv2", "srv3"]])
def test_a_topology_is_read_whole(control: Maker, names: list[str]) -> None:
    """Some over psrp and some over winrm, or all over winrm: the same verdict, asked from a server of either kind."""
    here = mixed(control, names)
    for asked in ("srv1", "srv3"):
        told = here.answer(here.module(asked, "adsync_invariant"))
        assert (told["ok"], told["active"]) == (True, ["srv1"]), told
        assert {name: each["role"] for name, each in told["servers"].items()} == {"srv1": "active", "srv2": "staging", "srv3": "staging"}


@real
def test_pending_exports_are_the_same_over_both(control: Maker) -> None:
    """With details, of a server over psrp and of one over winrm that have imported the same changes."""
    here = mixed(control, ["srv2"])
    world = here.fleet.world
    world.change_ad("updates", 3, ["proxyAddresses", "member:add"])
    with world.clock.lock:
        world.servers["srv1"].enabled = False  # nor does a cycle of the active server export them meanwhile
        for server in world.servers.values():
            server.cycles.seen = {change.number for change in world.changes}
    told = here.answer(here.module("srv1", "adsync_pending_export_info", servers=["srv2", "srv3"], detail=True, samples=2))
    assert told["pending"]["srv2"] == told["pending"]["srv3"]
    assert told["text"][0] == "srv2: contoso.onmicrosoft.com - AAD +0 ~3 -0 (proxyAddresses on 3, member on 3); contoso.local +0 ~0 -0"


@real
def test_a_change_and_its_repetition(control: Maker) -> None:
    """A claim on all, a hold on a server over winrm: done, then nothing to do."""
    here = mixed(control, ["srv2"])
    first = here.answer(here.module("srv2", "adsync_hold", state="held"))
    assert (first["changed"], first["outcome"]) == (True, "done"), first
    again = here.answer(here.module("srv2", "adsync_hold", state="held"))
    assert (again["changed"], again["outcome"]) == (False, "already"), again


@real
def test_a_silent_server_among_them(control: Maker) -> None:
    """What one does not answer is unknown for it alone."""
    here = mixed(control, ["srv2", "srv3"])
    here.fleet.hosts["srv2"].faults.add(Rule(do="drop", verb="Receive", times=-1))
    told = here.module("srv1", "adsync_invariant")
    assert told.rc == 2 and "connection to srv2 was lost" in told.output
    roles = {name: each["role"] for name, each in here.answer(told)["servers"].items()}
    assert roles == {"srv1": "active", "srv2": "unknown", "srv3": "staging"}


def test_another_kind_of_connection_is_refused(control: Maker) -> None:
    """One sentence that names both kinds, whether it is the task's own host or a peer."""
    here = control(THREE)
    connect_by_winrm(here, ["srv2"], ansible_connection="local")
    for asked in ("srv1", "srv2"):
        told = here.module(asked, "adsync_invariant")
        assert told.rc == 2
        assert "srv2: this module needs ansible_connection: psrp or winrm, not local" in " ".join(told.output.split())


def test_a_wrong_password_is_told_as_such(control: Maker) -> None:
    """As over psrp, and the password is not in the output."""
    here = control(THREE)
    connect_by_winrm(here, ["srv2"], ansible_password="not-the-Pa55word")
    told = here.module("srv2", "adsync_info")
    assert told.rc == 2 and "Pa55word" not in told.output
    assert "login_refused" in told.output
