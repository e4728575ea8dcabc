# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our functions as a module on a real engine: what it shows, and how it is installed; skipped, with its reason, where there is no engine."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions, _server_module

from tests import needs

from . import engine
from .cases import claim
from .engine import Call

pytestmark = needs.ENGINE
VERSION, SHA256 = _server_module.version(), _server_module.sha256()
GIVEN = {"Version": VERSION, "Sha256": SHA256, "Files": _server_module.files_text()}
INSTALL, REMOVE, READ = Call("Install-EntraSyncModule", GIVEN), Call("Uninstall-EntraSyncModule"), Call("Get-EntraSyncModule")
OLD = Call(script="$null = New-Item -ItemType Directory -Path (Join-Path (Get-ModuleFolder) 'EntraConnectOps/0.0.9'); 1")
LOCKED = "function script:Move-ModuleFolder { param($From, $To) if ($From -like '*{part}') { throw 'in use' }; [IO.Directory]::Move($From, $To) }; 1"


def run(steps: list[Call], folder: Path) -> dict[str, Any]:
    """Run steps in one process of their own, with the module of this checkout imported."""
    file = folder / "steps.json"
    file.write_text(json.dumps([vars(step) for step in steps]), encoding="utf-8")
    driver = Path(__file__).with_name("module_driver.ps1")
    given = [str(_functions.FOLDER / "EntraConnectOps.psd1"), str(file), str(folder)]
    command = [str(engine.find()), "-NoProfile", "-NonInteractive", "-File", str(driver), *given]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def answers(steps: list[Call], folder: Path) -> list[Any]:
    """The answer of each step, or the code of its refusal."""
    return [each["error"] or each["answer"] for each in run(steps, folder)["answers"]]


def on_disk(folder: Path) -> dict[str, str]:
    """Relative name -> text of all files that are installed, whatever version and half-done folder they are in."""
    root = folder / "Modules" / "EntraConnectOps"
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*")) if path.is_file()}


OURS = {f"{VERSION}/{name}": text for name, text in _server_module.files().items()}


def locked(part: str) -> Call:
    """From now on a folder whose name ends so is in use."""
    return Call(script=LOCKED.replace("{part}", part))


def test_it_shows_its_public_functions_and_nothing_else(tmp_path: Path) -> None:
    """By its manifest; each with help, and every parameter described."""
    seen = run([Call(script="Get-ModuleVersion")], tmp_path)
    public = sorted(path.stem for path in (_functions.FOLDER / "Public").glob("*.ps1"))
    assert sorted(seen["seen"]) == public
    assert seen["answers"][0]["answer"] == VERSION
    for name, told in seen["seen"].items():
        assert len(told["synopsis"]) > 20 and name not in told["synopsis"], name
    assert {"Version", "Sha256", "Files"} <= set(seen["seen"]["Install-EntraSyncModule"]["described"])


def test_install_again_and_remove(tmp_path: Path) -> None:
    """Written as it was sent, then left alone, then gone; each change is in the journal."""
    first, again, read, gone, none, empty = answers([INSTALL, INSTALL, READ, REMOVE, REMOVE, READ], tmp_path)
    assert first == {"changed": True, "version": VERSION, "sha256": SHA256, "left": []}
    assert again == {**first, "changed": False}
    assert (read["name"], read["version"], Path(read["path"])) == ("EntraConnectOps", VERSION, _functions.FOLDER)
    assert [(each["version"], each["sha256"]) for each in read["installed"]] == [(VERSION, SHA256)]
    assert (gone, none, empty["installed"]) == ({"changed": True, "left": []}, {"changed": False, "left": []}, [])
    assert not (tmp_path / "Modules" / "EntraConnectOps").exists()
    lines = (tmp_path / "ProgramData" / "EntraConnectOps" / "journal.jsonl").read_text(encoding="utf-8-sig").splitlines()
    told = [(entry["function"], entry["what"]) for entry in map(json.loads, lines)]
    assert told == [(step.function, what) for step in (INSTALL, INSTALL, REMOVE, REMOVE) for what in ("intent", "done")]


@pytest.mark.parametrize(
    "change",
    [
        "Add-Content -LiteralPath (Join-Path $folder 'Public/Get-EntraSyncRun.ps1') -Value '# changed'",
        "Set-Content -LiteralPath (Join-Path $folder 'more.txt') -Value 'added'",
        "Remove-Item -LiteralPath (Join-Path $folder 'EntraConnectOps.psm1')",
        "Rename-Item -LiteralPath (Join-Path $folder 'EntraConnectOps.psm1') -NewName 'Other.psm1'",
    ],
    ids=["changed", "added", "missing", "renamed"],
)
def test_a_changed_file_is_seen_and_put_right(change: str, tmp_path: Path) -> None:
    """By the checksum over names and contents."""
    script = f"$folder = Join-Path (Get-ModuleFolder) 'EntraConnectOps/{VERSION}'; {change}; 1"
    _first, _changed, read, mended = answers([INSTALL, Call(script=script), READ, INSTALL], tmp_path)
    assert read["installed"][0]["version"] == VERSION and len(read["installed"][0]["sha256"]) == 64
    assert read["installed"][0]["sha256"] != SHA256
    assert mended["changed"] is True and on_disk(tmp_path) == OURS


def test_what_was_installed_is_found_by_name(tmp_path: Path) -> None:
    """A new process loads it from the folder of modules, and tells its version and checksum; no other program computed them."""
    answers([INSTALL], tmp_path)
    environment = {**os.environ, "PSModulePath": str(tmp_path / "Modules"), "ProgramFiles": str(tmp_path)}
    command = [str(engine.find()), "-NoProfile", "-NonInteractive", "-Command", "Get-EntraSyncModule | ConvertTo-Json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environment)
    told = json.loads(done.stdout)
    assert (told["version"], told["sha256"]) == (VERSION, SHA256), done.stderr
    assert Path(told["path"]) == tmp_path / "Modules" / "EntraConnectOps" / VERSION


def test_other_versions_go(tmp_path: Path) -> None:
    """Also what a crash left half done; an old version that is in use stays whole and is told."""
    half = Call(script="$null = New-Item -ItemType Directory -Path (Join-Path (Get-ModuleFolder) 'EntraConnectOps/.new-1'); 1")
    steps = [OLD, half, INSTALL, OLD, locked("0.0.9"), INSTALL, READ, REMOVE]
    _old, _half, first, _old, _locked, second, read, gone = answers(steps, tmp_path)
    assert (first["changed"], first["left"]) == (True, [])
    assert (second["changed"], [Path(each).name for each in second["left"]]) == (False, ["0.0.9"])
    assert [each["version"] for each in read["installed"]] == [VERSION, "0.0.9"]
    assert (gone["changed"], [Path(each).name for each in gone["left"]]) == (True, ["0.0.9"])
    assert [path.name for path in (tmp_path / "Modules" / "EntraConnectOps").iterdir()] == ["0.0.9"]


@pytest.mark.parametrize("part", [VERSION, ".new-*"], ids=["old one in use", "new one does not fit"])
def test_a_version_that_cannot_be_replaced_stays(part: str, tmp_path: Path) -> None:
    """As a whole or not at all: what was there is there as it was, and nothing half done is left."""
    other = Call(script=f"Add-Content -LiteralPath (Join-Path (Get-ModuleFolder) 'EntraConnectOps/{VERSION}/EntraConnectOps.psm1') -Value '# old'; 1")
    _first, _other, _locked, refused = answers([INSTALL, other, locked(part), INSTALL], tmp_path)
    assert refused == "EntraConnect.module_unwritable"
    left = on_disk(tmp_path)
    assert sorted(left) == sorted(OURS) and "# old" in left[f"{VERSION}/EntraConnectOps.psm1"]
    assert [path.name for path in (tmp_path / "Modules" / "EntraConnectOps").iterdir()] == [VERSION]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """There is a file where the folder should be."""
    blocked = Call(script="Set-Content -LiteralPath (Join-Path (Get-ModuleFolder) 'EntraConnectOps') -Value 'x'; 1")
    assert answers([blocked, INSTALL], tmp_path)[1] == "EntraConnect.module_unwritable"


def test_another_checksum_is_refused(tmp_path: Path) -> None:
    """What was there before is untouched."""
    wrong = Call("Install-EntraSyncModule", {**GIVEN, "Sha256": "0" * 64})
    steps = [wrong, INSTALL, wrong]
    assert [each if isinstance(each, str) else "" for each in answers(steps, tmp_path)] == [
        "EntraConnect.module_checksum",
        "",
        "EntraConnect.module_checksum",
    ]
    assert on_disk(tmp_path) == OURS


BAD_NAMES = [
    "../EntraConnectOps.psm1",
    "Public/../../x.ps1",
    "..ps1",
    "/etc/x.ps1",
    "C:/Windows/x.ps1",
    "C:x.ps1",
    "Public\\x.ps1",
    "\\\\host\\share\\x.ps1",
    "x.exe",
    "x.ps1.exe",
    "x.ps1:stream",
    "a/b/c/x.ps1",
    ".hidden/x.ps1",
    "x.ps1\n",
    " x.ps1",
]


def test_names_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    """Each alone among good ones; nothing is written for it."""
    manifest = _server_module.files()["EntraConnectOps.psd1"]
    lists = [{"EntraConnectOps.psd1": manifest, name: "x"} for name in BAD_NAMES]
    lists += [{"EntraConnectOps.psm1": "x"}, {"EntraConnectOps.psd1": manifest, "x.ps1": 1}]
    texts = [*(json.dumps(each) for each in lists), "[]", "no JSON"]
    steps = [Call("Install-EntraSyncModule", {**GIVEN, "Files": text}) for text in texts]
    assert dict(zip(texts, answers(steps, tmp_path), strict=True)) == dict.fromkeys(texts, "EntraConnect.module_files")
    assert list((tmp_path / "Modules").iterdir()) == []
    assert not list(tmp_path.rglob("x*.ps1"))


def test_a_live_claim_refuses(tmp_path: Path) -> None:
    """Installed or removed under a run, the functions of two versions would meet."""
    taken = claim(complete=False)
    results = answers([*taken, INSTALL, REMOVE], tmp_path)
    assert results[1:] == ["EntraConnect.claim_live"] * 2
    assert on_disk(tmp_path) == {}
