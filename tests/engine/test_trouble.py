# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What our writing functions promise when the disk is full, the journal is locked, or another caller is there: on a real engine, real files."""

from __future__ import annotations

import json
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import needs

from . import engine
from .cases import claim
from .engine import Call
from .trouble import REFUSED_HERE, TAKE, Caller, Lab, Trouble, changing, steps_of

pytestmark = needs.ENGINE
REFUSED, UNKNOWN = "EntraConnect.journal_failed", "EntraConnect.unknown_result"
ROOM = 65536
NOBODY = 65534
Results = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """One good call of every function, to see that it is good and how often it writes."""
    return run(Lab(tmp_path_factory.mktemp("clean")), [Trouble(name, steps_of(name)) for name in changing()])


@pytest.fixture(scope="module")
def full(clean: Results, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Every function with a disk that is full from its first, second, ... last write on."""
    cases = [Trouble(f"{name}@{at}", steps_of(name), full_from=at) for name, result in clean.items() for at in range(1, result["writes"] + 1)]
    return run(Lab(tmp_path_factory.mktemp("full")), cases)


def run(lab: Lab, cases: list[Trouble]) -> Results:
    """All cases in one process."""
    try:
        return lab.start(cases).finish()
    finally:
        lab.end()


@pytest.mark.parametrize("function", changing())
def test_good_call_writes_journal_and_record(function: str, clean: Results) -> None:
    """The calls that the troubles below start from are good ones (but for those of REFUSED_HERE), and write at least three times."""
    assert not clean[function]["error"] or (function in REFUSED_HERE and clean[function]["error"].startswith("EntraConnect.")), clean[function][
        "message"
    ]
    least = {"Update-EntraSyncLease": 1, "Write-EntraSyncFile": 2, "Remove-EntraSyncFile": 2}  # a lease has no journal, files have no record
    assert clean[function]["writes"] >= least.get(function, 3)


@pytest.mark.parametrize("function", changing())
def test_a_change_protects_the_folder_of_record_and_journal(function: str, clean: Results) -> None:
    """Whoever made it before: each call that changes something closes it to others first, before its first write."""
    # a sign of life changes the claim's lease alone, and only of a claim whose taking has protected the folder
    assert clean[function]["protected_at"] == (None if function == "Update-EntraSyncLease" else 0)


@pytest.mark.parametrize("function", changing())
def test_disk_full_at_any_write(function: str, clean: Results, full: Results) -> None:
    """A plain refusal means that neither world nor record changed; else the result is unknown. The record stays one whole JSON object."""
    writes = clean[function]["writes"]
    for at in range(1, writes + 1):
        result = full[f"{function}@{at}"]
        told = (at, result["error"], result["message"])
        same = result["world_before"] == result["world_after"]
        if clean[function]["error"] and at == writes:
            assert result["error"] == clean[function]["error"], told  # it was refused anyway, and that stays true
            continue
        assert result["error"] in (REFUSED, UNKNOWN), told
        if at == 1:
            assert result["error"] == REFUSED, told
        if result["error"] == REFUSED:
            assert same, told
            assert loaded(result["record_before"]) == loaded(result["record_after"]), told
        assert not result["record_after"] or isinstance(json.loads(result["record_after"]), dict), told


def loaded(text: str) -> dict[str, Any]:
    """A record; one that was only written as it is read where there is none counts as none."""
    record = json.loads(text or "{}")
    return {name: value for name, value in record.items() if value not in (None, [], 0, False)}


@pytest.mark.parametrize("function", changing())
def test_effect_without_its_result_line_is_unknown(function: str, clean: Results, full: Results) -> None:
    """The last write is the result line of the journal: when it fails the change has been made, and no refusal may say otherwise."""
    if function == "Update-EntraSyncLease" or clean[function]["error"]:
        return  # the first writes no journal: it changes nothing but the claim's lease
    last = full[f"{function}@{clean[function]['writes']}"]
    assert last["error"] == UNKNOWN, last["message"]
    changed = {name for name, value in clean[function]["world_before"].items() if clean[function]["world_after"][name] != value}
    assert {name for name, value in last["world_before"].items() if last["world_after"][name] != value} == changed


# -- a journal, a record or a folder that cannot be written from the beginning


def dev_full(lab: Lab, caller: Caller) -> None:
    """The journal is a link to a device without room."""
    for journal in journals(lab):
        journal.unlink(missing_ok=True)
        journal.symlink_to("/dev/full")


def folder(lab: Lab, caller: Caller) -> None:
    """The journal is a folder."""
    for journal in journals(lab):
        journal.unlink(missing_ok=True)
        journal.mkdir()


def no_room(lab: Lab, caller: Caller) -> None:
    """The journal may not grow by one more byte; small new files may be made, as the engine needs for its mutex."""
    for journal in journals(lab):
        journal.write_text("{}\n" * ROOM, encoding="utf-8")
    resource.prlimit(caller.process.pid, resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))


def read_only(lab: Lab, caller: Caller) -> None:
    """Nothing in the folder of record and journal may be written, by a process that is not root."""
    for journal in journals(lab):
        for path in [*journal.parent.iterdir(), journal.parent]:
            path.chmod(0o555)


def locked(lab: Lab, caller: Caller) -> None:
    """Another process has every journal open for itself alone."""
    lines = "; ".join(f"$f{number} = [IO.File]::Open('{path}', 'OpenOrCreate', 'ReadWrite', 'None')" for number, path in enumerate(journals(lab)))
    lab.start([Trouble("holder", [engine.Call(script=lines), engine.Call(script="Wait-Signal 'never'")])])


def journals(lab: Lab) -> list[Path]:
    """The journal of every function's case."""
    paths = [lab.home(name) / "journal.jsonl" for name in changing()]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    return paths


COUNT_SLEEPS = engine.Call(script="$World.slept = 0; function Start-Sleep { param([int]$Milliseconds) $World.slept++ }")


@pytest.fixture
def open_lab() -> Iterator[Lab]:
    """Callers in a folder that a process of somebody who is not root may enter too; pytest's own may be entered by nobody else."""
    made = Lab(Path(tempfile.mkdtemp(prefix="open")))
    made.folder.chmod(0o777)
    yield made
    made.end()
    shutil.rmtree(made.folder, ignore_errors=True)


def test_a_record_that_may_not_be_read_is_not_taken_for_none(open_lab: Lab) -> None:
    """As for a reader whose account is no administrator: an error that is told, and nothing that looks like a server without a claim."""
    cases = [Trouble("read", [*claim(), Call("Get-EntraSyncServer")]), Trouble("taken", [*claim(), TAKE])]
    caller = open_lab.start(cases, **({"user": NOBODY} if os.geteuid() == 0 else {}))
    folders = [open_lab.home(case.name) for case in cases]
    for each in folders:
        each.chmod(0o000)
    results = caller.finish()
    for each in folders:
        each.chmod(0o755)
    assert results["taken"]["error"] == "EntraConnect.record_unreadable", results["taken"]["message"]
    answer = results["read"]["answer"]
    assert (answer["record_read"], "denied" in answer["record_error"]) == (False, True), answer["record_error"]


@pytest.fixture(scope="module", params=[dev_full, folder, no_room, read_only, locked], ids=lambda trouble: trouble.__name__)
def troubled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Results]]:
    """Every function after one trouble came; waits are counted and not waited."""
    # not pytest's own folder: nobody else may enter that one
    lab = Lab(Path(tempfile.mkdtemp(prefix=request.param.__name__)))
    lab.folder.chmod(0o777)
    user = {"user": NOBODY} if request.param is read_only and os.geteuid() == 0 else {}
    try:
        caller = lab.start([Trouble(name, [COUNT_SLEEPS, *steps_of(name)]) for name in changing()], **user)
        request.param(lab, caller)
        yield request.param.__name__, caller.finish()
    finally:
        lab.end()
        shutil.rmtree(lab.folder, ignore_errors=True)


@pytest.mark.parametrize("function", changing())
def test_no_journal_no_change(function: str, troubled: tuple[str, Results]) -> None:
    """journal_failed, the world and the record as before; a journal that is locked was tried for a while first."""
    trouble, results = troubled
    result = results[function]
    slept = int(result["world_after"].pop("slept")) - int(result["world_before"].pop("slept"))
    if function == "Update-EntraSyncLease" and trouble != "read_only":
        return  # writes no journal
    assert result["error"] == REFUSED, result["message"]
    assert result["world_before"] == result["world_after"]
    assert result["record_before"] == result["record_after"]
    assert slept == (9 if trouble == "locked" else slept)
