# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PowerShell module on the servers: installed, used, refused in another major version, and removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _server_module

from tests import needs
from tests.lab.fleet import ENDPOINTS
from tests.lab.twins import _module

from .conftest import Maker
from .runner import Control
from .test_adhoc import ask, codes
from .test_winrm_fleet import connect_by_winrm, speak_winrm

_READER, OPERATOR = ENDPOINTS
NOTHING = {"version": "", "sha256": "", "others": []}
OURS = {"version": _server_module.version(), "sha256": _server_module.sha256(), "others": []}
OTHER_MAJOR = f"{int(_server_module.version().split('.')[0]) + 1}.0.0"
pytestmark = pytest.mark.usefixtures("python_lab")


@pytest.fixture
def python_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests look into the model of the servers, so they need the lab's own engine."""
    monkeypatch.setattr("tests.integration.conftest.ENGINE", "python")


def on(here: Control, name: str) -> dict[str, str]:
    """The versions on a server of the model."""
    return dict(here.fleet.world.servers[name].modules)


def put(here: Control, name: str, *versions: str) -> None:
    """Install versions, some other content in each."""
    with here.fleet.clock.lock:
        _module.put(here.fleet.world.servers[name], dict.fromkeys(versions, "0" * 64))


def scripts(here: Control, name: str, since: Any) -> list[int]:
    """Bytes of each text of functions that went to a server."""
    recorder = here.fleet.hosts[name].recorder
    return [each.received for each in recorder.requests_since(since, "Command") if each.function == "script"]


def test_install_again_and_remove(control: Maker) -> None:
    """Check mode plans and changes nothing; installed once it stays; the text of functions is not sent any more; gone, it is sent again."""
    here = control(installed=False)
    before = here.fleet.world.snapshot()
    plan = ask(here, "server_module", "--check", "--diff")
    assert (plan["outcome"], plan["changed"], plan["before"], plan["after"], on(here, "srv1")) == ("planned", True, NOTHING, OURS, {})
    assert f'+    "version": "{OURS["version"]}"' in plan["output"], plan["output"]
    assert here.fleet.world.snapshot() == before and here.fleet.hosts["srv1"].recorder.writing() == []

    done = ask(here, "server_module")
    assert (done["outcome"], done["changed"], done["before"], done["after"], done["left"]) == ("done", True, NOTHING, OURS, [])
    assert (done["version"], done["sha256"]) == (OURS["version"], OURS["sha256"])
    assert on(here, "srv1") == {OURS["version"]: OURS["sha256"]} and on(here, "srv2") == {}
    mark = here.fleet.hosts["srv1"].recorder.mark()
    again = ask(here, "server_module")
    assert (again["outcome"], again["changed"], again["before"]) == ("already", False, OURS)
    assert here.fleet.hosts["srv1"].recorder.writing(mark) == []

    mark = here.fleet.hosts["srv1"].recorder.mark()
    assert ask(here, "scheduler", sync_cycle_enabled=False)["outcome"] == "done"
    assert scripts(here, "srv1", mark) == []
    mark = here.fleet.hosts["srv1"].recorder.mark()
    assert ask(here, "info")["outcome"] == "done" and scripts(here, "srv1", mark) == []
    installed = here.fleet.hosts["srv1"].recorder.bytes_received(mark)

    gone = ask(here, "server_module", state="absent")
    assert (gone["outcome"], gone["changed"], gone["before"], gone["after"], on(here, "srv1")) == ("done", True, OURS, NOTHING, {})
    assert ask(here, "server_module", state="absent")["outcome"] == "already"
    mark = here.fleet.hosts["srv1"].recorder.mark()
    assert ask(here, "info")["outcome"] == "done" and scripts(here, "srv1", mark)
    assert here.fleet.hosts["srv1"].recorder.bytes_received(mark) > installed + 10_000


def test_playbook(control: Maker) -> None:
    """Every server, or those of a limit; a second run changes nothing."""
    here = control(installed=False)
    one = here.playbook("server_module", "--limit", "srv2")
    assert (one.rc, one.changed, on(here, "srv1")) == (0, 1, {}), one.output
    assert on(here, "srv2") == {OURS["version"]: OURS["sha256"]}
    both = here.playbook("server_module")
    assert (both.rc, both.changed, on(here, "srv1")) == (0, 1, on(here, "srv2")), both.output
    assert f"srv1: {OURS['version']} is installed" in both.output
    assert here.playbook("server_module").changed == 0
    gone = here.playbook("server_module", entra_connect_module_state="absent")
    assert (gone.rc, gone.changed, on(here, "srv1"), on(here, "srv2")) == (0, 2, {}, {}), gone.output


def test_another_content_and_other_versions(control: Maker) -> None:
    """A changed file, an older and a newer version: all become ours."""
    here = control(installed=False)
    for versions in ((OURS["version"],), ("0.0.1", OTHER_MAJOR)):
        put(here, "srv1", *versions)
        newest, *others = reversed(versions)
        done = ask(here, "server_module")
        assert (done["outcome"], done["before"]) == ("done", {"version": newest, "sha256": "0" * 64, "others": others})
        assert on(here, "srv1") == {OURS["version"]: OURS["sha256"]}


@pytest.mark.parametrize(
    ("module", "options", "asked"),
    [
        ("info", {}, "Get-EntraSyncServer"),
        ("hold", {"state": "held"}, "Get-EntraSyncServer"),
        ("scheduler", {"restore_found": True}, "Get-EntraSyncServer"),
    ],
)
def test_another_major_version_is_refused(module: str, options: dict[str, Any], asked: str, control: Maker) -> None:
    """By name, with the playbook to run, before anything changed; a second request tells it only where the first cannot."""
    here = control()
    put(here, "srv1", OTHER_MAJOR)
    before = here.fleet.world.snapshot()
    answer = ask(here, module, fails=True, **options)
    assert (answer["changed"], codes(answer)) == (False, [("module_version", "srv1")])
    major = OURS["version"].split(".")[0]
    assert f"srv1 has version {OTHER_MAJOR} of EntraConnectOps, this collection needs {major}.x" in answer["msg"]
    assert "Run hybrid_identity.entra_connect.server_module --limit srv1" in answer["next_command"]
    assert here.fleet.hosts["srv1"].recorder.functions() == [asked]
    assert here.fleet.world.snapshot() == before
    assert ask(here, "server_module")["outcome"] == "done"
    assert ask(here, "info")["outcome"] == "done"


def become_other_major(here: Control) -> Path:
    """Let what is installed on the disk of the first server be of another major version; gives the folder of its versions."""
    assert here.fleet._pwsh is not None
    installed = here.fleet._pwsh.disk("srv1").modules / "EntraConnectOps"
    manifest = installed / OURS["version"] / "EntraConnectOps.psd1"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(f"'{OURS['version']}'", f"'{OTHER_MAJOR}'"), encoding="utf-8")
    manifest.parent.rename(installed / OTHER_MAJOR)
    return installed


@needs.ENGINE
def test_on_a_real_engine(control: Maker) -> None:
    """Installed through our own functions, found by PowerShell itself, refused by the version in its manifest, removed."""
    here = control(engine="pwsh", installed=False)
    recorder = here.fleet.hosts["srv1"].recorder
    assert ask(here, "server_module")["after"] == OURS
    assert ask(here, "server_module")["outcome"] == "already"
    mark = recorder.mark()
    assert ask(here, "info")["outcome"] == "done" and recorder.functions(mark) == ["Get-EntraSyncServer"]
    mark = recorder.mark()
    assert ask(here, "scheduler", sync_cycle_enabled=False)["outcome"] == "done" and scripts(here, "srv1", mark) == []

    installed = become_other_major(here)
    for module, options in (("info", {}), ("scheduler", {"sync_cycle_enabled": True})):
        answer = ask(here, module, fails=True, **options)
        assert (answer["changed"], codes(answer)) == (False, [("module_version", "srv1")])
        assert f"srv1 has version {OTHER_MAJOR} of EntraConnectOps" in answer["msg"]
    done = ask(here, "server_module")
    assert (done["before"]["version"], done["after"], [each.name for each in installed.iterdir()]) == (OTHER_MAJOR, OURS, [OURS["version"]])
    assert ask(here, "server_module", state="absent")["outcome"] == "done" and not installed.exists()


@needs.ENGINE
def test_over_winrm(control: Maker) -> None:
    """The same by command lines; the files travel on standard input."""
    here = control(engine="pwsh", installed=False)
    speak_winrm(here.fleet, ["srv1"])
    connect_by_winrm(here, ["srv1"])
    for outcome in ("done", "already"):
        answer = ask(here, "server_module")
        assert (answer["outcome"], answer["after"]) == (outcome, OURS)
    become_other_major(here)
    before = here.fleet.world.snapshot()
    for module, options in (("info", {}), ("scheduler", {"sync_cycle_enabled": False}), ("hold", {"state": "held"})):
        answer = ask(here, module, fails=True, **options)
        assert (answer["changed"], codes(answer)) == (False, [("module_version", "srv1")]), module
        assert f"srv1 has version {OTHER_MAJOR} of EntraConnectOps" in answer["msg"]
    assert here.fleet.world.snapshot() == before and here.fleet.journal("srv2") == ""
    assert ask(here, "server_module")["outcome"] == "done" and ask(here, "info")["outcome"] == "done"


@needs.ENGINE
def test_another_major_version_over_an_endpoint_in_no_language_mode(control: Maker) -> None:
    """Refused by name, not as a function or a language that is missing; over an unrestricted endpoint it is replaced, and works then."""
    here = control(engine="pwsh", installed=True, variables={"ansible_psrp_configuration_name": OPERATOR})
    become_other_major(here)
    here.fleet.register_endpoints()
    before = here.fleet.world.snapshot()
    for module, options in (("info", {}), ("scheduler", {"sync_cycle_enabled": False}), ("claim", {"state": "present", "active": "srv2"})):
        answer = ask(here, module, fails=True, **options)
        assert (answer["changed"], codes(answer)) == (False, [("module_version", "srv1")]), (module, answer)
        assert "Run hybrid_identity.entra_connect.server_module --limit srv1" in answer["next_command"]
    assert here.fleet.world.snapshot() == before
    assert [here.fleet.journal(name) for name in here.fleet.ports] == ["", ""]
    assert "script" not in here.fleet.hosts["srv1"].recorder.functions()


def test_a_live_claim_refuses(control: Maker) -> None:
    """Functions are not exchanged under a run."""
    here = control(installed=False, variables={"entra_connect_lease": 60})
    assert ask(here, "claim", state="present", active="srv2")["outcome"] == "done"
    answer = ask(here, "server_module", fails=True)
    assert (answer["outcome"], codes(answer), on(here, "srv1")) == ("refused", [("claim_live", "srv1")], {})


def test_a_constrained_endpoint_refuses(control: Maker) -> None:
    """What to do is said: the same over an endpoint in full language mode."""
    here = control()
    here.fleet.hosts["srv1"].language_mode = "NoLanguage"
    answer = ask(here, "server_module", fails=True)
    assert (answer["outcome"], codes(answer)) == ("refused", [("constrained_language", "srv1")])
    assert "ansible_psrp_configuration_name=Microsoft.PowerShell" in answer["next_command"]
    assert ask(here, "info")["outcome"] == "done"  # the installed module works there
