# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files in our folder, on a real engine and a real disk; signatures and MSI tables on stubs of what Windows has for them (files.ps1)."""

from __future__ import annotations

import base64
import hashlib
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import needs

from . import engine
from .cases import claim, world, write
from .engine import TOKEN, Call
from .trouble import Lab, Trouble, until

pytestmark = needs.ENGINE
OFFSET = "error EntraConnect.file_offset: {} bytes of a.bin.part are here, the chunk begins at {}"
NOT_PROTECTED = "error EntraConnect.{}: {} it was open to others"
FOLDER = "the folder of record and journal cannot be made, or closed to others:"
EXPECTED: dict[str, Any] = {
    "gone on, protected": "/EntraConnectOps /EntraConnectOps/files",
    "no folder": "error EntraConnect.file_offset: 0 bytes of z.bin.part are here, the chunk begins at 100",
    "no folder, journal": "refused",
    "no folder, no line": True,
    "no folder, not waited for": 0,
    "not protected *EntraConnectOps 0": NOT_PROTECTED.format("journal_failed", FOLDER),
    "not protected *EntraConnectOps 100": NOT_PROTECTED.format("journal_failed", FOLDER),
    "not protected *files 0": NOT_PROTECTED.format("file_write", "z.bin.part:"),
    "not protected *files 100": NOT_PROTECTED.format("file_write", "z.bin.part:"),
    "not protected, nothing written": 100,
    "part of it": "False 1000000",
    "part is a beginning": True,
    "again": OFFSET.format(1000000, 750000),
    "ahead": OFFSET.format(1000000, 1250000),
    "from the beginning": OFFSET.format(1000000, 0),
    "still there": 1000000,
    "complete": "True 3000000",
    "whole": "True 3000000 True 0",
    "late copy of a chunk": OFFSET.format(0, 250000),
    "protected": True,
    "read back": True,
    "one checksum": "1 True",
    "read behind the end": "",
    "journal": "intent refused refused intent refused done refused",  # thirteen good chunks, four refused ones
    "name alone": True,
    "empty file": True,
    "over an old one": True,
    "new content": "ZGF0YQ==",
    "another checksum": "error EntraConnect.checksum_wrong: b arrived with 3A6EB0790F39AC87C94F3856B2DD2C5D110E6811602261A9A923D3BB23ADC8B7",
    "nothing left": "False 0",
    "longest chunk": 262144,
    "piece too long": "error EntraConnect.bad_chunk: the offset must be 0 or more, and the length 1 to 262144",
    "removed part only": "True False",
    "removed": "True False",
    "not to be deleted": "error EntraConnect.file_write: e: Permission denied",
    "locked is read": 4,
    "locked is not written": True,
    "no file to lock": True,
    "signature Valid CN=Microsoft Corporation; O=Microsoft Corporation; L=Redmond": "Valid, Microsoft Corporation",
    "signature NotSigned ": "NotSigned, ",
    'signature Valid CN="x, O=Microsoft Corporation, y"; O=Contoso': "Valid, Contoso",
    "product": "Microsoft Entra Connect Sync, ",
    "no MSI": ", ",
}
WITH_WORDS = {
    "disk full": "error EntraConnect.file_write: d.part: No space left",
    "not to be locked": "error EntraConnect.installer_missing: the file",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checks tell, from one process."""
    return engine.tell("files.ps1", tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize("name", EXPECTED)
def test_file(name: str, told: dict[str, Any]) -> None:
    """Each check tells what is expected."""
    assert told[name] == EXPECTED[name]


def test_no_odd_name_and_no_odd_chunk_is_taken(told: dict[str, Any]) -> None:
    """Names out of the folder, devices, streams, other letters, by every function; each that was taken, or wrongly refused, is told by its name."""
    assert told.keys() - EXPECTED.keys() == WITH_WORDS.keys()
    assert {name: told[name] for name, words in WITH_WORDS.items() if not told[name].startswith(words)} == {}


@pytest.mark.parametrize("name", WITH_WORDS)
def test_refused_with_words(name: str, told: dict[str, Any]) -> None:
    """By its own code, and with the reason of the system."""
    assert str(told[name])[: len(WITH_WORDS[name])] == WITH_WORDS[name]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Callers of one test."""
    made = Lab(tmp_path)
    yield made
    made.end()


def chunk(whole: bytes, start: int, end: int) -> Call:
    """A piece of a file named a.bin."""
    data = base64.b64encode(whole[start:end]).decode()
    return write("a.bin", Offset=start, Data=data, Size=len(whole), Sha256=hashlib.sha256(whole).hexdigest())


def test_what_does_not_fit_is_taken_back(lab: Lab) -> None:
    """The disk takes half of a chunk: the part is as before it, and once there is room the same chunk goes on."""
    whole = os.urandom(300000)
    caller = lab.start([Trouble("full", [chunk(whole, 0, 100000), chunk(whole, 100000, 300000)], home="srv")])
    resource.prlimit(caller.process.pid, resource.RLIMIT_FSIZE, (150000, 150000))
    refused = caller.finish()["full"]
    assert refused["error"] == "EntraConnect.file_write", refused["message"]
    folder = lab.home("srv") / "files"
    assert (folder / "a.bin.part").read_bytes() == whole[:100000]
    done = lab.start([Trouble("room", [chunk(whole, 100000, 300000)], home="srv")]).finish()["room"]
    assert (done["error"], done["answer"]["complete"]) == ("", True), done["message"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.bin": whole}


def test_killed_between_checksum_and_name(lab: Lab) -> None:
    """The part is whole when the process dies: an empty last chunk gives it its name."""
    whole = os.urandom(1000)
    dies = world(
        "$real = ${function:Get-FileFact}; function Get-FileFact { param([string]$Path) & $real $Path; Send-Signal 'inside'; Wait-Signal 'never' }"
    )
    caller = lab.start([Trouble("dies", [dies, chunk(whole, 0, 1000)], home="srv")])
    caller.go()
    until((lab.folder / "inside").exists, "the checksum")
    caller.kill()
    assert [path.name for path in (lab.home("srv") / "files").iterdir()] == ["a.bin.part"]
    done = lab.start([Trouble("next", [chunk(whole, 1000, 1000)], home="srv")]).finish()["next"]
    assert (done["error"], done["answer"]["complete"]) == ("", True), done["message"]
    assert lab.journal("srv") == [("Write-EntraSyncFile", "intent"), ("Write-EntraSyncFile", "done")]


def test_a_file_that_is_changed_before_msiexec_is_not_run(lab: Lab) -> None:
    """Who swaps the MSI after it was looked at finds it locked."""
    whole = b"an MSI"
    swap = world(
        "function Get-InstallerProduct { param([string]$Path) "
        "try { ([IO.File]::Open($Path, 'Open', 'Write', 'None')).Dispose(); $World.swapped = 'yes' } catch { $World.swapped = 'no' } "
        "[pscustomobject]@{ name = 'Microsoft Azure AD Connect'; version = '' } }"
    )
    install = Call("Install-EntraSyncWizard", {**TOKEN, "File": "a.bin", "Sha256": hashlib.sha256(whole).hexdigest()})
    result = lab.start([Trouble("srv", [*claim(), chunk(whole, 0, len(whole)), swap, install])]).finish()["srv"]
    assert (result["error"], result["world_after"]["swapped"]) == ("", '"no"'), result["message"]
