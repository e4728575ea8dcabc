# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Engine processes for what goes wrong from outside, and one good call of every function that changes something."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from . import engine
from .cases import COMPLETE, HOLD, RELEASE, claim, held, promote, world, write
from .engine import TOKEN, Call

TAKE = claim(False)[0]
ACTIVE = world("$World.staging = 'False'; $World.scheduler_staging = $false")
INSTALLER = world(
    "$msi = Join-Path $env:ProgramData 'a.msi'; [IO.File]::WriteAllText($msi, 'x'); "
    "$script:Case.steps[-1].parameters.Path = $msi; $script:Case.steps[-1].parameters.Sha256 = (Get-FileHash $msi).Hash"
)
KEPT = [*claim(), Call("Set-EntraSyncScheduler", {**TOKEN, "SyncCycleEnabled": False, "KeepFound": True})]

# What has to be so before, and the call itself; a function that is not named here is called with the token or with nothing.
CALLS: dict[str, list[Call]] = {
    "New-EntraSyncClaim": [TAKE],
    "Complete-EntraSyncRelease": [*held(), RELEASE, COMPLETE],
    "Disable-EntraSyncStaging": [*claim(), *promote()],
    "Enable-EntraSyncStaging": [*claim(), ACTIVE, Call("Enable-EntraSyncStaging", TOKEN)],
    "Enter-EntraSyncHold": [*claim(), HOLD],
    "Install-EntraSyncModule": [Call("Install-EntraSyncModule", {"Version": "1.0.0", "Sha256": "0" * 64, "Files": "{}"})],
    "Install-EntraSyncWizard": [*claim(), INSTALLER, Call("Install-EntraSyncWizard", {**TOKEN, "Path": "", "Sha256": ""})],
    "Register-EntraSyncEndpoint": [Call("Register-EntraSyncEndpoint", {"Name": "no name!", "Capability": "reader", "Fingerprint": "0" * 64})],
    "Remove-EntraSyncFile": [Call("Remove-EntraSyncFile", {"Name": "a.txt"})],
    "Restore-EntraSyncFound": [*KEPT, Call("Restore-EntraSyncFound", {**TOKEN, "Name": "scheduler"})],
    "Save-EntraSyncResult": [Call("Save-EntraSyncResult", {"RunId": "abc", "Text": "{}"})],
    "Set-EntraSyncAutoUpgrade": [*claim(), Call("Set-EntraSyncAutoUpgrade", {**TOKEN, "State": "Disabled", "KeepFound": True})],
    "Set-EntraSyncScheduler": KEPT,
    "Set-EntraSyncConnectorOverride": [*claim(), Call("Set-EntraSyncConnectorOverride", {**TOKEN, "Connector": "contoso.local", "FullSync": True})],
    "Set-EntraSyncFence": [*claim(), Call("Set-EntraSyncFence", {**TOKEN, "Server": "srv9", "Kind": "asserted"})],
    "Clear-EntraSyncFence": [*claim(), Call("Clear-EntraSyncFence", {**TOKEN, "Server": "srv9"})],
    "Set-EntraSyncSerial": [*claim(), Call("Set-EntraSyncSerial", {**TOKEN, "Serial": 3, "Restored": False})],
    "Start-EntraSyncCycle": [*claim(), Call("Start-EntraSyncCycle", {**TOKEN, "PolicyType": "Delta"})],
    "Start-EntraSyncRelease": [*held(), RELEASE],
    "Uninstall-EntraSyncModule": [Call("Uninstall-EntraSyncModule")],
    "Unregister-EntraSyncEndpoint": [Call("Unregister-EntraSyncEndpoint", {"Name": "nowhere"})],
    "Write-EntraSyncFile": [write("a.txt")],
    "Update-EntraSyncLease": [*claim(), Call("Update-EntraSyncLease", {**TOKEN, "LeaseSeconds": 900})],
}
# They need what these stubs do not have (files of a module, session configurations); each call is refused by a code, no more is asked.
REFUSED_HERE = ("Install-EntraSyncModule", "Register-EntraSyncEndpoint", "Unregister-EntraSyncEndpoint")


def changing() -> list[str]:
    """Every public function but those whose verb is Get or Read."""
    return sorted(path.stem for path in (_functions.FOLDER / "Public").glob("*.ps1") if not path.stem.startswith(("Get-", "Read-")))


def steps_of(function: str) -> list[Call]:
    """What leads to a good call of a function, and the call."""
    return CALLS.get(function) or [*claim(), Call(function, TOKEN)]


@dataclass
class Trouble:
    """One case of trouble.ps1.

    Attributes:
        name: key of its result.
        steps: what is done; the last one after the process was told to go on.
        home: folder of record and journal; by default its own.
        full_from: number of the write of the last step from which on the disk is full; 0 for never.
    """

    name: str
    steps: list[Call]
    home: str = ""
    full_from: int = 0

    def values(self) -> dict[str, Any]:
        """As the driver reads it."""
        return {"name": self.name, "home": self.home or self.name, "full_from": self.full_from, "steps": [vars(step) for step in self.steps]}


@dataclass
class Caller:
    """One engine process that waits before the last step of its cases."""

    process: subprocess.Popen[str]
    folder: Path
    ended: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Let it run its last steps."""
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def results(self) -> dict[str, dict[str, Any]]:
        """What came of the last steps, by case."""
        output, errors = self.process.communicate(timeout=600)
        assert self.process.returncode == 0, errors[-2000:]
        return json.loads(output)  # type: ignore[no-any-return]

    def finish(self) -> dict[str, dict[str, Any]]:
        """Let it run, and wait for what comes of it."""
        self.go()
        return self.results()

    def kill(self) -> None:
        """SIGKILL, as a crash."""
        self.process.kill()
        self.process.wait(timeout=120)


@dataclass
class Lab:
    """Starts callers that share a folder and a mutex; ends them all."""

    folder: Path
    mutex: str = field(default_factory=lambda: f"EntraConnectOps-{uuid.uuid4().hex}")
    callers: list[Caller] = field(default_factory=list)

    def start(self, cases: list[Trouble], wait: bool = True, **more: Any) -> Caller:
        """A process that has run all steps but the last of each case."""
        number = len(self.callers)
        functions, file = self.folder / "functions.ps1", self.folder / f"cases{number}.json"
        functions.write_text(engine.functions_text(), encoding="utf-8")
        file.write_text(json.dumps([case.values() for case in cases]), encoding="utf-8")
        command = [
            str(engine.find()),
            "-NoProfile",
            "-NonInteractive",
            "-File",
            str(engine.HERE / "trouble.ps1"),
            str(functions),
            str(file),
            str(self.folder),
        ]
        environment = {
            **os.environ,
            "ENTRA_TROUBLE_MUTEX": self.mutex,
            "ENTRA_STUB_STATE": str(self.folder),
            "TMPDIR": str(self.folder),
            "HOME": str(self.folder),
        }
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment, preexec_fn=_keep_going, **more)  # noqa: PLW1509
        caller = Caller(process, self.folder)
        self.callers.append(caller)
        if wait:
            caller_ready(caller)
        return caller

    def home(self, name: str) -> Path:
        """Folder of record and journal of a case."""
        return self.folder / name / "EntraConnectOps"

    def journal(self, name: str) -> list[tuple[str, str]]:
        """Function and kind of each line of a journal; fails where one is no JSON."""
        lines = (self.home(name) / "journal.jsonl").read_text(encoding="utf-8").splitlines()
        return [(entry["function"], entry["what"]) for entry in map(json.loads, lines)]

    def end(self) -> None:
        """End what still runs."""
        for caller in self.callers:
            if caller.process.poll() is None:
                caller.kill()


def caller_ready(caller: Caller) -> None:
    """Wait for the process to have run the first steps."""
    assert caller.process.stdout and caller.process.stderr
    line = caller.process.stdout.readline()
    assert line == "READY\n", line + caller.process.stderr.read()[-3000:]


def until(condition: Callable[[], Any], what: str, seconds: float = 300.0) -> Any:
    """Wait for a condition and return what it gives; the limit only ends a test that has failed."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s for {what}")
        time.sleep(0.02)
    return found


def _keep_going() -> None:
    """A file that may not grow is an error to the writer, as a full disk is, and not a signal that ends it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
