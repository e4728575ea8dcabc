# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The child process of a call that may want a sign-in: safe alone, really dead at its limit, and what is told about it is true."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from tests import needs

from . import engine
from .cases import claim, world
from .engine import HERE, TOKEN, Call
from .trouble import TAKE, Caller, Lab, Trouble, until

pytestmark = needs.ENGINE
MODULE = str(HERE / "stubs" / "ADSync" / "ADSync.psm1")
# the cmdlets come from a module on disk, since the functions of this process are not there in a child
ON_DISK = world(
    "foreach ($name in 'Get-ADSyncScheduler', 'Set-ADSyncScheduler') { Remove-Item \"function:$name\" }; "
    f"Import-Module '{MODULE}' -Global; $World.engine = '2.6.92.0'"
)
OFF = {**TOKEN, "SyncCycleEnabled": False, "KeepFound": True}
FOREVER = 120
SOON = 10  # the limit of a cmdlet that hangs; its process has to have started by then, on a busy machine too


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Callers of one test."""
    made = Lab(tmp_path)
    yield made
    made.end()
    called = tmp_path / "called"
    if called.exists() and alive(pid := int(called.read_text())):
        os.kill(pid, signal.SIGKILL)


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet taken away by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def caller(lab: Lab, mode: str, seconds: int = 40, **parameters: Any) -> Caller:
    """A process that is about to set the scheduler through a child."""
    (lab.folder / "mode").write_text(mode)
    return lab.start([Trouble("srv", [*claim(), ON_DISK, Call("Set-EntraSyncScheduler", {**(parameters or OFF), "TimeoutSeconds": seconds})])])


def set_scheduler(lab: Lab, mode: str, seconds: int = 40, **parameters: Any) -> dict[str, Any]:
    """What comes of it."""
    result = caller(lab, mode, seconds, **parameters).finish()["srv"]
    assert json.loads(result["record_after"])["child"] is None
    assert not alive(int((lab.folder / "called").read_text()))
    return result


def hanging(lab: Lab, seconds: int) -> tuple[Caller, int]:
    """A caller whose child hangs in the cmdlet, and the child's number."""
    running = caller(lab, "hang", seconds)
    running.go()
    return running, int(until(lambda: (lab.folder / "called").exists() and (lab.folder / "called").read_text(), "the cmdlet"))


def test_done(lab: Lab) -> None:
    """A cmdlet that ends well is done, with its warning."""
    result = set_scheduler(lab, "change")
    assert (result["error"], result["answer"]) == ("", {"changed": True}), result["message"]
    assert (lab.folder / "enabled").read_text() == "False"
    assert int((lab.folder / "called").read_text()) != 0


def test_interval_is_sent_and_cleared(lab: Lab) -> None:
    """A time span and an empty value reach the cmdlet in the child."""
    assert set_scheduler(lab, "change", **TOKEN, CustomizedSyncCycleInterval="03:00:00")["error"] == ""
    assert (lab.folder / "interval").read_text() == "03:00:00"


def test_interval_cleared(lab: Lab) -> None:
    """An empty interval takes the customized one away."""
    (lab.folder / "interval").write_text("03:00:00")
    assert set_scheduler(lab, "change", **TOKEN, CustomizedSyncCycleInterval="")["error"] == ""
    assert (lab.folder / "interval").read_text() == ""


def test_hanging_child_is_killed_and_unchanged_wants_a_sign_in(lab: Lab) -> None:
    """Nothing changed: sign_in_wanted; what was found is not noted, since nothing was set."""
    result = set_scheduler(lab, "hang", SOON)
    assert result["error"] == "EntraConnect.sign_in_wanted", result["message"]
    assert json.loads(result["record_after"])["found"] == []
    assert lab.journal("srv")[-1] == ("Set-EntraSyncScheduler", "refused")


@pytest.mark.parametrize("given", [{"SyncCycleEnabled": False}, {"CustomizedSyncCycleInterval": "3:00"}])
def test_changed_although_it_hangs_is_done(lab: Lab, given: dict[str, Any]) -> None:
    """The service took the change and the cmdlet waits on: done, whichever setting it was, by two equal reads."""
    result = set_scheduler(lab, "change hang", SOON, **TOKEN, **given)
    assert result["error"] == "", result["message"]


def test_changed_although_it_failed_is_done(lab: Lab) -> None:
    """An error after the effect is no refusal."""
    assert set_scheduler(lab, "change error")["error"] == ""


@pytest.mark.parametrize("mode", ["half error", "half hang"])
def test_half_changed_is_unknown(lab: Lab, mode: str) -> None:
    """One of two settings changed: neither done nor refused; the found value stays noted."""
    result = set_scheduler(lab, mode, SOON, **OFF, CustomizedSyncCycleInterval="03:00:00")
    assert result["error"] == "EntraConnect.unknown_result", result["message"]
    assert json.loads(result["record_after"])["found"] == [{"name": "scheduler", "found": "True", "set": "False"}]
    assert lab.journal("srv")[-1] == ("Set-EntraSyncScheduler", "unknown")


def test_unread_afterwards_is_unknown(lab: Lab) -> None:
    """What cannot be read after the limit is not called unchanged."""
    result = set_scheduler(lab, "unread hang", SOON)
    assert result["error"] == "EntraConnect.unknown_result", result["message"]


def test_error_text_is_one_line(lab: Lab) -> None:
    """The cmdlet's words come back, without line breaks."""
    result = set_scheduler(lab, "error")
    assert (result["error"], result["message"]) == ("EntraConnect.adsync_error", "The tenant says no.")


def test_refused_dialog_is_a_wanted_sign_in(lab: Lab) -> None:
    """The error that a window cannot be shown is known by its words."""
    assert set_scheduler(lab, "dialog")["error"] == "EntraConnect.sign_in_wanted"


def test_child_without_its_parent_ends_at_its_deadline(lab: Lab) -> None:
    """The parent is killed; the child's cmdlet hangs for ever; the record names it, and it ends by itself."""
    parent, child = hanging(lab, 8)
    record = json.loads((lab.home("srv") / "record.json").read_text(encoding="utf-8"))["child"]
    parent.kill()
    assert (record["pid"], record["function"]) == (child, "Set-ADSyncScheduler")
    assert datetime.fromisoformat(record["deadline"]) - datetime.fromisoformat(record["started"]) == timedelta(seconds=8)
    assert alive(child)
    until(lambda: not alive(child), "the child's own end", 40)
    assert datetime.now(timezone.utc) >= datetime.fromisoformat(record["deadline"])


def test_next_claim_ends_the_child_of_a_dead_parent(lab: Lab) -> None:
    """Before anything else the next claim ends it, long before its deadline."""
    parent, child = hanging(lab, FOREVER)
    parent.kill()
    take = Call("New-EntraSyncClaim", {**TAKE.parameters, "ExpectedEpoch": 1, "ExpectedRunId": "aaa", "Epoch": 2, "TakeOver": True})
    result = lab.start([Trouble("srv", [take])]).finish()["srv"]
    if result["error"] == "EntraConnect.child_running":  # a dead child that nobody takes away is one that lives, to this system
        pytest.fail("the child is still there: " + Path(f"/proc/{child}/stat").read_text())
    assert result["error"] == "", result["message"]
    assert not alive(child)
    assert json.loads(result["record_after"])["child"] is None


def test_claim_that_cannot_end_the_child_says_so_in_the_journal(lab: Lab) -> None:
    """No intent stands there without its result."""
    child = "@{ pid = $PID; function = 'x'; deadline = ''; started = 'no time' }"
    note = world(f"Initialize-RecordFolder; $r = Read-Record; $r['child'] = {child}; Write-Record $r")
    result = lab.start([Trouble("srv", [note, TAKE])]).finish()["srv"]
    assert result["error"] == "EntraConnect.child_running", result["message"]
    assert lab.journal("srv") == [("New-EntraSyncClaim", "intent"), ("New-EntraSyncClaim", "refused")]


def test_child_that_cannot_be_recorded_is_given_no_call(lab: Lab) -> None:
    """The disk is full when the child is to be noted: it ends without having called anything."""
    writes = set_scheduler(lab, "change")["writes"]
    again = Lab(lab.folder / "again")
    again.folder.mkdir()
    (again.folder / "mode").write_text("change")
    # the writes: intent, record, found value, child, record, result
    assert writes == 6
    steps = [*claim(), ON_DISK, Call("Set-EntraSyncScheduler", {**OFF, "TimeoutSeconds": FOREVER})]
    try:
        result = again.start([Trouble("srv", steps, full_from=4)]).finish()["srv"]
    finally:
        again.end()
    assert result["error"] == "EntraConnect.journal_failed", result["message"]
    assert not (again.folder / "called").exists()


@pytest.mark.parametrize(("apart", "dead"), [(timedelta(0), True), (timedelta(hours=-1), False)], ids=["the child", "a later process of its number"])
def test_only_the_child_is_ended(lab: Lab, apart: timedelta, dead: bool) -> None:
    """A process with the child's number and another start time is somebody else's."""
    other = subprocess.Popen(["sleep", str(FOREVER)])
    try:
        note = world(
            f"$p = [Diagnostics.Process]::GetProcessById({other.pid}); $r = Read-Record; "
            f"$r['child'] = @{{ pid = {other.pid}; function = 'x'; deadline = ''; "
            f"started = (Get-UtcText $p.StartTime.ToUniversalTime().AddSeconds({apart.total_seconds()})) }}; Write-Record $r"
        )
        take = Call("New-EntraSyncClaim", {**TAKE.parameters, "ExpectedEpoch": 1, "ExpectedRunId": "aaa", "Epoch": 2, "TakeOver": True})
        running = lab.start([Trouble("srv", [*claim(), note, take])])
        running.go()
        if dead:
            other.wait(timeout=90)  # taken away here, since it is our child and not the engine's
        result = running.results()["srv"]
        assert (result["error"], other.poll() is not None) == ("", dead), result["message"]
        assert json.loads(result["record_after"])["child"] is None
    finally:
        other.kill()
        other.wait()


def child_alone(call: str) -> subprocess.CompletedProcess[str]:
    """Run the child's text with this on its standard input."""
    text = "[Console]::Out.Write((Get-ChildScript))"
    functions = (_functions.FOLDER / "Private" / "Get-ChildScript.ps1").read_text(encoding="utf-8")
    script = subprocess.run(
        [str(engine.find()), "-NoProfile", "-Command", f"{functions}\n{text}"], capture_output=True, text=True, timeout=90, check=True
    ).stdout
    return subprocess.run([str(engine.find()), "-NoProfile", "-Command", script], input=call, capture_output=True, text=True, timeout=90, check=False)


@pytest.mark.parametrize("call", ["", '{"command":"Set-ADSyncScheduler","param'], ids=["nothing", "half a call"])
def test_child_without_a_whole_call_does_nothing(call: str) -> None:
    """The parent died before it had sent the call."""
    assert "OK" not in child_alone(call).stdout


@pytest.mark.parametrize(
    ("pid", "started", "said"), [(os.getpid(), 0, "ERROR the caller is gone"), (4194304, 0, "ERROR ")], ids=["another process", "none"]
)
def test_child_looks_for_its_parent_before_the_cmdlet(tmp_path: Path, pid: int, started: int, said: str) -> None:
    """A parent that died while the child was loading: the cmdlet is not called."""
    mark = tmp_path / "mark"
    call = {"command": "New-Item", "parameters": {"Path": str(mark)}, "module": "", "milliseconds": 60000, "parent": pid, "parent_started": started}
    assert child_alone(json.dumps(call)).stdout.startswith(said)
    assert not mark.exists()


def test_a_child_that_cannot_be_started(lab: Lab) -> None:
    """Nothing was asked for then, and it is said so."""
    broken = world("function Get-ChildStart { New-Object Diagnostics.ProcessStartInfo 'no-such-program' }")
    done = lab.start([Trouble("srv", [*claim(), ON_DISK, broken, Call("Set-EntraSyncScheduler", OFF)])]).finish()["srv"]
    assert done["error"] == "EntraConnect.adsync_error", done["message"]
