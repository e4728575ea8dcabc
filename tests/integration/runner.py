# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the real ansible and ansible-playbook against a loopback fleet."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.lab.fleet import Fleet
from tests.lab.model.installer import Installer

from . import warm

ROOT = warm.ROOT
Process = subprocess.Popen[str] | warm.WarmRun
COLLECTION = "hybrid_identity.entra_connect"
MSI = "C:\\Install\\AzureADConnect.msi"
MAIN = "ansible-playbook"
# a call takes longer where a PowerShell answers it, and longest where each starts one
PACE: dict[tuple[str, str], dict[str, Any]] = {
    ("python", "psrp"): {"entra_connect_poll_interval": 0.2, "entra_connect_lease": 2},
    ("pwsh", "psrp"): {"entra_connect_poll_interval": 0.5, "entra_connect_lease": 10},
    ("pwsh", "winrm"): {"entra_connect_poll_interval": 1, "entra_connect_lease": 30},
}


@dataclass
class Done:
    """What a run of Ansible left."""

    rc: int
    output: str
    result: dict[str, Any]

    @property
    def outcome(self) -> str:
        """The outcome of the result file; empty where there is none."""
        return str(self.result.get("outcome", ""))

    @property
    def changed(self) -> int:
        """Tasks that changed something, by the recap."""
        return sum(int(each) for each in re.findall(r"changed=(\d+)", self.output))


@dataclass
class Control:
    """A controller: an own folder with inventory and reports, nothing kept from earlier runs.

    Attributes:
        cold: start Ansible from nothing, with the environment of now and a home of its own; else a process that has it imported forks one.
    """

    fleet: Fleet
    folder: Path
    variables: dict[str, Any] = field(default_factory=dict)
    cold: bool = False

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.inventory = self.folder / "inventory.yml"
        self.keep_only(list(self.fleet.ports))

    @property
    def settings(self) -> dict[str, Any]:
        """Variables of the group: how fast runs look, how long their claims live, and what the test wants."""
        return {**PACE[self.fleet.engine, self.fleet.connection], "entra_connect_report_dir": str(self.folder / "reports"), **self.variables}

    def keep_only(self, names: list[str]) -> None:
        """Write the inventory anew with only these servers of the fleet."""
        inventory = self.fleet.inventory(**self.settings)
        hosts = inventory["all"]["children"]["entra_connect"]["hosts"]
        inventory["all"]["children"]["entra_connect"]["hosts"] = {name: hosts[name] for name in names}
        self.inventory.write_text(yaml.safe_dump(inventory), encoding="utf-8")

    def start(self, program: str, *arguments: str) -> Process:
        """Start Ansible in a process group of its own."""
        if not self.cold:
            return warm.shared().start(program, ["-i", str(self.inventory), *arguments], self.folder)
        environment = {**os.environ, **warm.ENVIRONMENT, "ANSIBLE_HOME": str(self.folder / "home")}
        command = [str(Path(sys.executable).parent / program), "-i", str(self.inventory), *arguments]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=self.folder, start_new_session=True
        )

    def finish(self, process: Process, timeout: float = 900.0) -> Done:
        """Wait for a started run; one that hangs is killed and fails the test."""
        try:
            output, _none = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _none = process.communicate()
            raise AssertionError(f"the run did not end within {timeout} s:\n{output[-4000:]}") from None
        return Done(process.wait(), output, self.last_result())

    def playbook(self, name: str, *arguments: str, **variables: Any) -> Done:
        """Run a playbook of the collection to its end; variables go in as JSON, so that their types stay."""
        return self.finish(self.start_playbook(name, *arguments, **variables))

    def start_playbook(self, name: str, *arguments: str, **variables: Any) -> Process:
        """Start a playbook of the collection."""
        extra = ["-e", json.dumps(variables)] if variables else []
        return self.start(MAIN, f"{COLLECTION}.{name}", *arguments, *extra)

    def module(self, host: str, name: str, *arguments: str, **options: Any) -> Done:
        """Run one module ad hoc."""
        given = ["-a", json.dumps(options)] if options else []
        return self.finish(self.start("ansible", host, "-m", f"{COLLECTION}.{name}", *given, *arguments))

    def last_result(self) -> dict[str, Any]:
        """The newest result file."""
        files = sorted((self.folder / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return json.loads(files[-1].read_text(encoding="utf-8")) if files else {}

    def answer(self, done: Done) -> dict[str, Any]:
        """The JSON value that an ad-hoc run printed."""
        return json.loads(done.output[done.output.index("=> {") + 3 : done.output.rindex("}") + 1])


def put_msi(fleet: Fleet, version: str) -> dict[str, Any]:
    """Put an MSI on every server; returns the variables that name it."""
    for server in fleet.world.servers.values():
        server.installers[MSI] = Installer(version)
    return {"entra_connect_msi": MSI, "entra_connect_msi_sha256": Installer(version).sha256, "entra_connect_version": version}


def interrupt(process: Process, number: int) -> None:
    """Send a signal as a person would: Ctrl-C and kill -9 of the job go to the whole group, SIGTERM to the program."""
    if number == signal.SIGTERM:
        process.send_signal(number)
    else:
        os.killpg(process.pid, number)


def wait_until(what: str, check: Any, timeout: float = 600.0) -> None:
    """Poll until a condition of the lab holds."""
    end = time.monotonic() + timeout
    while not check():
        if time.monotonic() > end:
            raise AssertionError(f"not so within {timeout} s: {what}")
        time.sleep(0.02)
