# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection's password is nowhere but on its way to the server: not in output however loud, results, journals, records, process lists."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.tools import measured

from .canary import SECRET, ProcessList, Search
from .conftest import Maker
from .runner import Control

PAIRS = [("python", "psrp"), pytest.param("pwsh", "psrp", marks=needs.ENGINE), pytest.param("pwsh", "winrm", marks=needs.ENGINE)]
LOUD = "-vvvvv"


def guarded(control: Maker, engine: str, connection: str) -> Control:
    """A fleet whose users log in with the secret."""
    here = control(engine=engine, connection=connection, installed=connection == "psrp", variables={"ansible_password": SECRET})
    here.cold = True  # with its own log, and as it stands in a list of processes
    for host in here.fleet.hosts.values():
        host.users = dict.fromkeys(host.users, SECRET)
    return here


def left_behind(here: Control, search: Search) -> None:
    """All that is on disk and in the lab's memory afterwards, but for the inventory into which the user wrote the secret."""
    search.files([here.folder, *here.fleet.disks()], but=[here.inventory])
    for name, server in here.fleet.world.servers.items():
        search.text(f"journal of {name}", json.dumps(server.journal))
        for file, text in server.files.items():
            search.text(f"{file} of {name}", text)
        for call in here.fleet.hosts[name].recorder.calls:
            search.text(f"call of {call.function} on {name}", repr(call))


@pytest.mark.parametrize(("engine", "connection"), PAIRS)
def test_no_secret_anywhere(control: Maker, engine: str, connection: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch, reads, a change that is refused and a login that fails, all as loud as can be."""
    here = guarded(control, engine, connection)
    monkeypatch.setenv("ANSIBLE_LOG_PATH", str(here.folder / "ansible.log"))
    search = Search()
    with ProcessList(search) as processes:
        runs = [
            # on PowerShell each session is a process, over winrm each call, and a switch has hundreds: there one change has to do
            here.playbook("switch_roles", LOUD, "--diff", entra_connect_active="srv2", entra_connect_method="settings")
            if engine == "python"
            else here.module("srv1", "adsync_scheduler", LOUD, "--diff", sync_cycle_enabled=False),
            here.playbook("status", LOUD),
            here.module("srv2", "adsync_scheduler", LOUD, customized_sync_cycle_interval="00:01:00"),
            here.module("srv1", "adsync_info", LOUD),
        ]
        for host in here.fleet.hosts.values():
            host.users = {}
        runs.append(here.module("srv1", "adsync_info", LOUD))
    changed = runs[0].outcome == "done" if engine == "python" else not here.fleet.world.servers["srv1"].enabled
    assert changed and "login_refused" in runs[-1].output, runs[0].output[-2000:]
    for number, run in enumerate(runs):
        search.text(f"output {number}", run.output)
    left_behind(here, search)
    assert processes.rounds > 10 and search.searched > 50_000
    measured.note("secrets", f"{engine}-{connection}", {"bytes_searched": search.searched, "found": len(search.found)})
    assert search.found == []


PLACES = ["output", "result", "journal", "record", "process", pytest.param("journal on disk", marks=needs.ENGINE), "encoded command"]


ENTRY = {"at": "2026-11-25T10:00:00.5Z", "function": "Write-EntraSyncFile", "what": "intent", "token": "0."}


@pytest.mark.parametrize("place", PLACES)
def test_it_would_be_found(control: Maker, place: str, tmp_path: Path) -> None:
    """Planted in each place, the search finds it; so that an empty result means something."""
    here = guarded(control, "pwsh" if place == "journal on disk" else "python", "psrp")
    search = Search()
    if place == "output":
        search.text(
            "output", here.finish(here.start("ansible", "localhost", "-m", "ansible.builtin.debug", "-a", json.dumps({"msg": SECRET}))).output
        )
    elif place == "result":
        (here.folder / "reports").mkdir()
        (here.folder / "reports" / "x.json").write_text(json.dumps({"detail": SECRET}))
    elif place == "journal":
        here.fleet.world.servers["srv1"].journal.append({**ENTRY, "detail": SECRET})
    elif place == "journal on disk":
        journal = here.fleet.disks()[0] / "EntraConnectOps" / "journal.jsonl"
        journal.parent.mkdir(parents=True, exist_ok=True)
        journal.write_text(json.dumps({**ENTRY, "detail": SECRET}), encoding="utf-8")
    elif place == "encoded command":
        script = base64.b64encode(f"x{SECRET} y".encode("utf-16-le")).decode()
        (here.folder / "ansible.log").write_text(f"PowerShell -EncodedCommand {script}", encoding="utf-8")
    elif place == "record":
        here.fleet.hosts["srv1"].recorder.end(here.fleet.hosts["srv1"].recorder.begin("Get-X", {"Text": SECRET}), message=SECRET)
    else:
        with ProcessList(search):
            subprocess.run([sys.executable, "-c", "import time; time.sleep(0.5)", SECRET], check=True, env=dict(os.environ))
    left_behind(here, search)
    assert search.found
