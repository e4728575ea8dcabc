# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An upgrade whose MSI lies on the controller: sent in pieces, gone on with after a break, looked at before it is run."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests import needs
from tests.lab.fleet import ENDPOINTS
from tests.lab.model.installer import Installer

from .conftest import CONNECTION, ENGINE, Maker
from .runner import COLLECTION, MSI, Control, interrupt, wait_until
from .test_adhoc import SOON, ask, codes
from .test_switch import roles

pytestmark = pytest.mark.skipif(CONNECTION != "psrp", reason="pieces are counted by calls over psrp; one test below is over winrm by itself")
NEW = "2.6.92.0"
WRITE = "Write-EntraSyncFile"
CHUNK = 262144
NAME = "AzureADConnect.msi"


def on_controller(here: Control, name: str = NAME, **about: Any) -> tuple[Path, Installer, dict[str, Any]]:
    """An MSI of a little over five pieces in a folder of the controller, and the options that name it."""
    installer = Installer(NEW, content=os.urandom(5 * CHUNK) + b"x", **about)
    path = here.folder / "downloads" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(installer.file)
    return path, installer, {"version": NEW, "msi": str(path), "msi_sha256": installer.sha256, "operator_ready": True, **SOON}


def sent(here: Control, name: str = "srv2") -> list[int]:
    """Offsets of the pieces that arrived at a server, in order; on the real engine, whose calls are sealed, as many as arrived."""
    calls = [call for call in here.fleet.hosts[name].recorder.calls if call.function == WRITE and not call.error]
    return [call.parameters.get("Offset", number * CHUNK) for number, call in enumerate(calls)]


OFFSETS = [0, CHUNK, 2 * CHUNK, 3 * CHUNK, 4 * CHUNK, 5 * CHUNK]


def test_sent_and_laid_down(control: Maker) -> None:
    """Planned first, with its size and nothing sent; then sent once, whole, and run from the folder; not sent again for the same checksum."""
    here = control()
    server = here.fleet.world.servers["srv2"]
    _path, installer, options = on_controller(here)
    planned = ask(here, "upgrade", "--check", host="srv2", **options)
    shown = {"name": NAME, "size": len(installer.file), "sha256": installer.sha256, "needed": True}
    assert (planned["outcome"], planned["transfer"], dict(server.stored)) == ("planned", shown, {})
    assert "1.3 MB are sent before the upgrade" in " ".join(planned["output"].split())
    with here.fleet.clock.lock:
        server.stored[f"{NAME}.part"] = b"a part of another file of that name"
    done = ask(here, "upgrade", host="srv2", **options)
    assert (done["outcome"], done["version"], done["transfer"]["needed"], roles(here)["srv2"]) == ("done", NEW, True, "staging")
    assert dict(server.stored) == {NAME: installer.file} and sent(here) == OFFSETS
    with here.fleet.clock.lock:
        server.wizard_version = server.engine_version = server.configuration_version = "2.5.79.0"
    again = ask(here, "upgrade", "--check", host="srv2", **options)
    assert (again["outcome"], again["transfer"]["needed"]) == ("planned", False)
    assert ask(here, "upgrade", host="srv2", **options)["outcome"] == "done"
    assert sent(here) == OFFSETS


@pytest.mark.parametrize("when", ["before", "after"])
def test_one_lost_answer(when: str, control: Maker) -> None:
    """A connection that ends at the third piece, before or after its effect: the same run goes on, and no piece lands twice."""
    here = control()
    _path, installer, options = on_controller(here)
    here.fleet.hosts["srv2"].faults.set({"do": "drop", "verb": "Command", "function": WRITE, "nth": 3, "when": when})
    done = ask(here, "upgrade", host="srv2", **options)
    assert (done["outcome"], dict(here.fleet.world.servers["srv2"].stored)) == ("done", {NAME: installer.file})
    assert sent(here) == OFFSETS
    assert here.fleet.hosts["srv2"].faults.rules[0].seen > 3


def test_broken_off_and_again(control: Maker) -> None:
    """The line stays down: incomplete, saying where it stopped; the same command sends the rest and no more."""
    here = control()
    server = here.fleet.world.servers["srv2"]
    _path, installer, options = on_controller(here)
    here.fleet.hosts["srv2"].faults.set({"do": "drop", "function": WRITE, "verb": "Command", "nth": 3, "times": -1})
    stopped = ask(here, "upgrade", host="srv2", fails=True, **options)
    assert (stopped["outcome"], codes(stopped)) == ("incomplete", [("transfer_stopped", "srv2")]), stopped
    arrived = len(server.stored[f"{NAME}.part"])
    assert 0 < arrived < len(installer.file) and installer.file.startswith(server.stored[f"{NAME}.part"])
    assert f"{NAME} with srv2 stopped at {arrived} of {len(installer.file)} bytes" in stopped["msg"] and server.wizard_version != NEW
    here.fleet.hosts["srv2"].faults.set()
    done = ask(here, "upgrade", host="srv2", **options)
    assert (done["outcome"], dict(server.stored), sent(here)) == ("done", {NAME: installer.file}, OFFSETS)
    assert "are there, going on from there" in " ".join(done["output"].split())


def test_killed_and_again(control: Maker) -> None:
    """A controller that dies in the middle of it leaves a part; a fresh one goes on."""
    here = control(variables={"entra_connect_lease": 600})  # of the one that is killed: it lives as long as this test asks whose it is
    server = here.fleet.world.servers["srv2"]
    _path, installer, options = on_controller(here)
    host = here.fleet.hosts["srv2"]
    host.faults.set({"do": "hang", "verb": "Command", "function": WRITE, "nth": 4})
    process = here.start("ansible", "srv2", "-m", f"{COLLECTION}.adsync_upgrade", "-a", json.dumps(options))
    wait_until("three pieces", lambda: len(server.stored.get(f"{NAME}.part", b"")) == 3 * CHUNK)
    wait_until("the fourth", lambda: any(each.fault == "hang" for each in host.recorder.requests))
    interrupt(process, signal.SIGKILL)
    process.communicate()
    host.faults.set()
    said = ask(here, "upgrade", host="srv2", fails=True, **options)["msg"]
    assert "claimed by somebody else" in said  # by the one that was killed, until its lease ends
    assert ask(here, "upgrade", host="srv2", take_over=True, **options)["outcome"] == "done"
    assert dict(server.stored) == {NAME: installer.file} and sent(here) == OFFSETS


def test_wrong_before_anything_is_sent(control: Maker) -> None:
    """Another checksum, a name that Windows would not take, a file that is not there: one sentence each, in check mode too."""
    here = control()
    path, installer, options = on_controller(here)
    odd = path.with_name("Azure AD Connect (1).msi")
    odd.write_bytes(installer.file)
    for arguments in ([], ["--check"]):
        for changed, code, words in (
            ({"msi_sha256": "0" * 64}, "checksum_local", f"The MSI {path} on the controller has another checksum than the one given"),
            ({"msi": str(odd)}, "bad_file_name", "'Azure AD Connect (1).msi' has other characters than letters"),
            ({"msi": "NoSuch.msi"}, "installer_missing", "srv2 has no such MSI: NoSuch.msi."),
            ({"msi": str(path.with_name("other.msi"))}, "installer_missing", "srv2 has no such MSI:"),
        ):
            answer = ask(here, "upgrade", *arguments, host="srv2", fails=True, **{**options, **changed})
            assert (answer["outcome"], answer["changed"], codes(answer)) == ("refused", False, [(code, "srv2")]), answer
            assert words in answer["msg"], answer["msg"]
    assert sent(here) == [] and dict(here.fleet.world.servers["srv2"].stored) == {}


WRONG = [
    ({"signer": ""}, "signature_wrong", "has the signature NotSigned"),
    ({"signer": "Contoso"}, "signature_wrong", "by 'Contoso'"),
    ({"product": "Microsoft Entra Provisioning Agent"}, "product_wrong", "installs 'Microsoft Entra Provisioning Agent'"),
]


@pytest.mark.parametrize(("about", "code", "words"), WRONG, ids=["unsigned", "signed by another", "another product"])
def test_right_checksum_and_wrong_file(about: dict[str, Any], code: str, words: str, control: Maker) -> None:
    """On the server it refuses before anything changes; from the controller it is found out once it is there; never run."""
    here = control()
    server = here.fleet.world.servers["srv2"]
    path, installer, options = on_controller(here, **about)
    with here.fleet.clock.lock:
        server.installers[MSI] = installer
    here.fleet.hosts["srv2"].drop_shells()
    for arguments in (["--check"], []):
        refused = ask(here, "upgrade", *arguments, host="srv2", fails=True, **{**options, "msi": MSI})
        assert (refused["outcome"], refused["changed"], codes(refused)) == ("refused", False, [(code, "srv2")])
        assert words in refused["msg"]
    late = ask(here, "upgrade", host="srv2", fails=True, **options)
    assert (late["outcome"], codes(late)) == ("incomplete", [(code, "srv2")]) and words in late["msg"]
    assert dict(server.stored) == {NAME: path.read_bytes()}
    assert ask(here, "upgrade", host="srv2", fails=True, **{**options, "msi": NAME})["outcome"] == "refused"
    assert (server.wizard_version, server.engine_version) == ("2.5.79.0", "2.5.79.0")


@needs.ENGINE
def test_over_restricted_endpoints(control: Maker) -> None:
    """The endpoint for readers is enough for the plan, that of operators for the upgrade; neither takes a path on the server."""
    for endpoint in ENDPOINTS:
        variables = {"entra_connect_poll_interval": 0.5, "entra_connect_lease": 20, "ansible_psrp_configuration_name": endpoint}
        here = control(variables=variables, engine="pwsh", installed=True)
        here.fleet.register_endpoints()
        _path, installer, options = on_controller(here)
        refused = ask(here, "upgrade", host="srv2", fails=True, **{**options, "msi": MSI})
        assert (refused["outcome"], codes(refused)) == ("refused", [("installer_path", "srv2")]), refused
        assert ask(here, "upgrade", "--check", host="srv2", **options)["outcome"] == "planned"
    assert ask(here, "upgrade", host="srv2", **options)["outcome"] == "done"
    assert dict(here.fleet.world.servers["srv2"].stored) == {NAME: installer.file}


@needs.ENGINE
def test_over_winrm(control: Maker) -> None:
    """A process for each piece, and the same file in the end."""
    here = control(variables={"entra_connect_poll_interval": 0.5, "entra_connect_lease": 20}, engine="pwsh", connection="winrm", installed=False)
    _path, installer, options = on_controller(here)
    done = ask(here, "upgrade", host="srv2", **options)
    assert (done["outcome"], dict(here.fleet.world.servers["srv2"].stored)) == ("done", {NAME: installer.file})


@pytest.mark.skipif(ENGINE != "python", reason="the model's disk is full here; on the real engine tests/engine/test_files.py fills one")
def test_full_disk(control: Maker) -> None:
    """One clear refusal, and the claim is ended."""
    here = control()
    server = here.fleet.world.servers["srv2"]
    server.disk_full = True
    _path, _installer, options = on_controller(here)
    answer = ask(here, "upgrade", host="srv2", fails=True, **options)
    assert (answer["outcome"], codes(answer)) == ("incomplete", [("file_write", "srv2")])
    assert "There is not enough space on the disk" in answer["msg"] and server.wizard_version == "2.5.79.0"
    server.disk_full = False
    assert ask(here, "upgrade", host="srv2", **options)["outcome"] == "done"


def test_swing_with_the_msi_on_the_controller(control: Maker) -> None:
    """The main job: the plan says what is sent, each server gets it once, both are upgraded and the roles switched."""
    here = control()
    path, installer, _options = on_controller(here)
    wanted = {"entra_connect_msi": str(path), "entra_connect_msi_sha256": installer.sha256, "entra_connect_version": NEW}
    planned = here.playbook("swing_upgrade", "--check", **wanted, entra_connect_operator_ready=True)
    assert planned.outcome == "planned", planned.output
    assert "1.3 MB are sent before the upgrade" in " ".join(planned.output.split()) and sent(here, "srv1") == sent(here) == []
    done = here.playbook("swing_upgrade", **wanted, entra_connect_operator_ready=True)
    assert done.outcome == "done", done.output
    assert {server.engine_version for server in here.fleet.world.servers.values()} == {NEW}
    assert sent(here, "srv1") == sent(here) == OFFSETS
    again = here.playbook("swing_upgrade", **wanted)
    assert (again.outcome, again.changed) == ("already", 0), again.output
