# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two callers at once, and callers that are killed in the middle: separate engine processes, one mutex, one record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs

from .cases import HOLD, READ, claim, world
from .engine import TOKEN, Call
from .trouble import TAKE, Lab, Trouble, changing, steps_of, until

pytestmark = needs.ENGINE
# a cmdlet in the middle of a change: it says that it is there, and goes on when it is told to
SLOW = Call(
    script="$real = ${function:Set-ADSyncScheduler}; function Set-ADSyncScheduler { [CmdletBinding()] param([Nullable[bool]]$SyncCycleEnabled) "
    "Send-Signal 'inside'; Wait-Signal 'go on'; & $real @PSBoundParameters }"
)
# a caller that is about to ask for the mutex
ASKS = Call(script="function Get-MutexName { Send-Signal 'asked'; return $env:ENTRA_TROUBLE_MUTEX }")
OFF = Call("Set-EntraSyncScheduler", {"SyncCycleEnabled": False})


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Callers of one test."""
    made = Lab(tmp_path)
    yield made
    made.end()


def test_one_of_two_claims_wins(lab: Lab) -> None:
    """Compare-and-set: both read the same token, both ask at once."""
    callers = [lab.start([Trouble(run, [Call("New-EntraSyncClaim", {**TAKE.parameters, "RunId": run})], home="srv")]) for run in ("aaa", "bbb")]
    for caller in callers:
        caller.go()
    results = {name: result for caller in callers for name, result in caller.results().items()}
    assert sorted(result["error"] for result in results.values()) == ["", "EntraConnect.claim_changed"]
    winner = next(name for name, result in results.items() if not result["error"])
    record = json.loads((lab.home("srv") / "record.json").read_text(encoding="utf-8"))
    assert record["claim"]["run_id"] == winner
    assert lab.journal("srv") == [("New-EntraSyncClaim", "intent"), ("New-EntraSyncClaim", "done")]


def test_second_change_waits_for_the_first(lab: Lab) -> None:
    """The second has asked for the mutex while the first is in the middle; its intent stands behind the first one's result."""
    first, second = lab.start([Trouble("first", [SLOW, OFF], home="srv")]), lab.start([Trouble("second", [ASKS, OFF], home="srv")])
    first.go()
    until((lab.folder / "inside").exists, "the first change")
    second.go()
    until((lab.folder / "asked").exists, "the second caller")
    assert [what for _at, what in lab.journal("srv")] == ["intent"]
    (lab.folder / "go on").touch()
    assert first.results()["first"]["error"] == second.results()["second"]["error"] == ""
    assert [what for _at, what in lab.journal("srv")] == ["intent", "done", "intent", "done"]
    assert isinstance(json.loads((lab.home("srv") / "record.json").read_text(encoding="utf-8")), dict)


def test_busy_writes_nothing(lab: Lab) -> None:
    """Whoever waits longer than the limit is told so, whatever function it is; nothing of it is in world, record or journal."""
    # one waits the whole ten seconds; for the others the function has another number
    at_once = Call(script=". ([scriptblock]::Create('function Enter-Mutex {' + (${function:Enter-Mutex} -replace '10000', '50') + '}'))")
    cases = [Trouble(name, [at_once, *steps_of(name)]) for name in changing()]
    callers = [lab.start([Trouble("patient", [*claim(), HOLD])]), lab.start(cases)]
    before = {name: files(lab.home(name)) for name in ["patient", *changing()]}
    holder = lab.start([Trouble("holder", [SLOW, OFF])])
    holder.go()
    until((lab.folder / "inside").exists, "the holder's change")
    results = {name: result for caller in callers for name, result in caller.finish().items()}
    assert results.keys() == before.keys()
    for name, result in results.items():
        assert result["error"] == "EntraConnect.busy", (name, result["message"])
        assert result["world_before"] == result["world_after"], name
        assert files(lab.home(name)) == before[name], name


def files(folder: Path) -> dict[str, bytes]:
    """Names and contents of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_abandoned_mutex_is_taken_and_the_record_tells(lab: Lab) -> None:
    """A caller that dies while it stops the service leaves a begun hold; the next one takes the mutex and completes it."""
    dies = world("function Stop-Service { Send-Signal 'inside'; Wait-Signal 'never' }")
    caller = lab.start([Trouble("srv", [*claim(), dies, HOLD])])
    caller.go()
    until((lab.folder / "inside").exists, "the stop of the service")
    caller.kill()
    left = json.loads((lab.home("srv") / "record.json").read_text(encoding="utf-8"))
    assert (left["hold"]["state"], left["hold"]["staging"]) == ("pending", "True")
    assert lab.journal("srv")[-1] == ("Enter-EntraSyncHold", "intent")
    result = lab.start([Trouble("srv", [world("$World.start_type = 'Disabled'"), HOLD])]).finish()["srv"]
    assert (result["error"], result["answer"]["changed"]) == ("", True), result["message"]
    now = json.loads(result["record_after"])
    assert (now["hold"]["state"], now["found"]) == ("complete", [{"name": "start_type", "found": "Automatic", "set": "Disabled"}])


def test_killed_between_part_and_rename_leaves_the_old_record(lab: Lab) -> None:
    """The new record lies beside the old one when the process dies: the old one is read, and the next change replaces both."""
    # the writer looks whether there is a record between writing the new one and renaming it
    dies = world(
        "function Test-Path { param([string]$LiteralPath, [string]$PathType = 'Any') "
        "if ($LiteralPath -like '*record.json' -and [IO.File]::Exists(\"$LiteralPath.part\")) { Send-Signal 'inside'; Wait-Signal 'never' } "
        "Microsoft.PowerShell.Management\\Test-Path -LiteralPath $LiteralPath -PathType $PathType }"
    )
    serial = Call("Set-EntraSyncSerial", {**TOKEN, "Serial": 3, "Restored": False})
    caller = lab.start([Trouble("srv", [*claim(), dies, serial])])
    old = (lab.home("srv") / "record.json").read_bytes()
    caller.go()
    until((lab.folder / "inside").exists, "the rename")
    caller.kill()
    assert (lab.home("srv") / "record.json.part").exists()
    assert (lab.home("srv") / "record.json").read_bytes() == old
    (lab.home("srv") / "record.json.part").write_text('{"cut off', encoding="utf-8")
    read = lab.start([Trouble("srv", [READ])]).finish()["srv"]["answer"]
    assert (read["record_read"], read["serial"], read["claim"]["run_id"]) == (True, 0, "aaa")
    result = lab.start([Trouble("srv", [serial])]).finish()["srv"]
    assert (result["error"], json.loads(result["record_after"])["serial"]) == ("", 3), result["message"]
    assert not (lab.home("srv") / "record.json.part").exists()


def test_half_a_journal_line_spoils_no_other(lab: Lab) -> None:
    """A crash may cut a line off; the next entry begins on a line of its own."""
    caller = lab.start([Trouble("srv", [*claim(), Call("Close-EntraSyncClaim", TOKEN)])])
    journal = lab.home("srv") / "journal.jsonl"
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"at":"2026')
    assert caller.finish()["srv"]["error"] == ""
    lines = journal.read_text(encoding="utf-8").splitlines()
    assert lines[-3] == '{"at":"2026'
    assert [json.loads(line)["what"] for line in lines[-2:]] == ["intent", "done"]
