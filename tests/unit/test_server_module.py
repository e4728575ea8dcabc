# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PowerShell functions as a module: what the manifest promises, how every function is written, and which versions fit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions, _server_module
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import FunctionsMissing
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession

from tests.lab.twins import _module

from . import sources

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "plugins" / "plugin_utils" / "powershell"
MANIFEST = (FOLDER / "EntraConnectOps.psd1").read_text(encoding="utf-8")
PUBLIC = sorted((FOLDER / "Public").glob("*.ps1"))
SOURCES = sorted([*(FOLDER / "Public").glob("*.ps1"), *(FOLDER / "Private").glob("*.ps1")])
# In a restricted session the engine puts its own poorer functions in the place of these, also for functions of a module.
PROXIED = "Select-Object|Measure-Object|Get-Command|Get-FormatData|Get-Help|Clear-Host|Exit-PSSession|Out-Default"
EVERY_CHANGE = {"busy", "record_unreadable", "journal_failed", "unknown_result"}
WITH_TOKEN = {"claim_missing", "claim_changed", "claim_ended"}

by_name = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
by_public = pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)


def value(key: str) -> str:
    """A text of the manifest."""
    found = re.findall(rf"^    {key}\s*= '([^']*)'$", MANIFEST, re.M)
    assert len(found) == 1, key
    return str(found[0])


def help_of(path: Path) -> str:
    """The help of a function, or nothing."""
    found = re.search(r"<#(.*?)#>", path.read_text(encoding="utf-8"), re.S)
    return found[1] if found else ""


def code_of(path: Path) -> str:
    """A function without its help and its comments."""
    text = re.sub(r"<#.*?#>", "", path.read_text(encoding="utf-8"), flags=re.S)
    return "\n".join(re.sub(r"(^|\s)#.*$", "", line) for line in text.splitlines())


def parameters(path: Path) -> list[str]:
    """Names of the parameters of a function, read from its first param block."""
    start = re.search(r"^    param\((.*?)^    Set-StrictMode", code_of(path), re.M | re.S)
    assert start, path.name
    block = re.sub(r"\[\w+\([^)]*\)\]", "", re.sub(r"'[^']*'", "", start[1]))  # neither texts nor attributes
    return re.findall(r"\$([A-Z]\w*)(?=\s*[,=)])", block)


def said(text: str) -> set[str]:
    """The codes that a function's own text refuses with."""
    return sources.refusals_in(text)


def promised(path: Path) -> set[str]:
    """The codes of its help."""
    (told,) = re.findall(r"Codes: ((?:[^.]|\.(?=\w))+)\.", help_of(path))
    return set(re.findall(r"\b[a-z]+_[a-z_]+\b|\bbusy\b", told))


def test_the_version_is_that_of_the_collection() -> None:
    """One number everywhere; the manifest is where the collection reads it."""
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    assert value("ModuleVersion") == galaxy == _server_module.version()


def test_the_manifest_exports_exactly_the_public_functions() -> None:
    """Nothing private is seen, and there is no wildcard, which would make PowerShell load the module to find a name."""
    (block,) = re.findall(r"FunctionsToExport = @\(\n(.*?)\n    \)", MANIFEST, re.S)
    assert re.findall(r"^        '([\w-]+)'$", block, re.M) == [path.stem for path in PUBLIC]
    assert len(block.splitlines()) == len(PUBLIC)
    for kind in ("Cmdlets", "Variables", "Aliases"):
        assert re.search(rf"^    {kind}ToExport\s*= @\(\)$", MANIFEST, re.M), kind
    assert (value("RootModule"), value("PowerShellVersion")) == ("EntraConnectOps.psm1", "5.1")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value("GUID"))


@by_name
def test_a_file_has_one_function_of_its_name(path: Path) -> None:
    assert re.findall(r"^function ([\w-]+) \{$", path.read_text(encoding="utf-8"), re.M) == [path.stem]


@by_public
def test_a_public_function_is_strict(path: Path) -> None:
    """An error ends it, and a misspelled property is one."""
    lines = [line.strip() for line in code_of(path).splitlines() if line.strip()]
    at = lines.index("Set-StrictMode -Version Latest")
    assert lines[at + 1] == "$ErrorActionPreference = 'Stop'"


@by_public
def test_a_public_function_is_described(path: Path) -> None:
    """What it is for, each parameter, and the codes that it may refuse with."""
    parts = re.split(r"^    \.([A-Z]+) ?(\w*)\n", help_of(path), flags=re.M)[1:]
    found = {(parts[index], parts[index + 1]): parts[index + 2].strip() for index in range(0, len(parts), 3)}
    assert list(found) == [("SYNOPSIS", ""), ("DESCRIPTION", ""), *(("PARAMETER", name) for name in parameters(path))]
    assert [key for key, text in found.items() if not text] == []


@by_public
def test_the_help_tells_the_codes(path: Path) -> None:
    """All of its own and those of every change; none that nothing it calls can say."""
    code = code_of(path)
    expected = said(code)
    if "Invoke-Change" in code:
        expected |= EVERY_CHANGE | ({"claim_live"} if "-NeedsToken $false" in code else set())
        expected |= WITH_TOKEN if "$Epoch" in code else set()
    if re.search(r"^    Import-Sync$", code, re.M):
        expected |= {"module_missing"}
    if "Invoke-Sync" in code:
        expected |= {"service_stopped", "adsync_error"}
    reachable = set().union(*(said(code_of(each)) for each in SOURCES if each.stem in _functions.needed_by(path.stem)))
    assert sorted(expected - promised(path)) == []
    assert sorted(promised(path) - reachable) == []


@by_name
def test_a_call_of_adsync_ends_with_its_error(path: Path) -> None:
    """Its cmdlets write most errors without ending (adsync.md 11)."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "''", code_of(path))
    calls = re.findall(r"(?<![\w-])(?:Get|Set|Start|Stop|Invoke)-ADSync\w+[^|;})\n]*", bare)
    assert [call for call in calls if "-ErrorAction Stop" not in call] == []


@by_name
def test_a_proxied_cmdlet_is_named_with_its_module(path: Path) -> None:
    assert re.findall(rf"(?<![\w\\-])(?:{PROXIED})(?![\w-])", re.sub(r"'[^']*'", "''", code_of(path))) == []


def test_some_calls_were_looked_at() -> None:
    """Else the two tests above would look at nothing."""
    everything = "\n".join(code_of(path) for path in SOURCES)
    assert len(re.findall(r"-ADSync\w+", everything)) > 15
    assert len(re.findall(rf"Microsoft\.PowerShell\.\w+\\(?:{PROXIED})", everything)) >= 4


def test_the_files_are_those_that_windows_powershell_reads_alike() -> None:
    """Windows PowerShell takes a file without a mark for one of the local code page, so only ASCII is the same everywhere."""
    files = _server_module.files()
    assert {"EntraConnectOps.psd1", "EntraConnectOps.psm1"} | {f"Public/{path.name}" for path in PUBLIC} <= set(files)
    assert len(files) >= 2 + len(SOURCES)
    assert [name for name, text in files.items() if not text.isascii() or "\r" in text] == []
    assert [name for name in files if not _module.NAMES.fullmatch(name)] == []


def test_the_checksum_is_what_the_lab_computes() -> None:
    """Two programs, one number; on the engine a third one computes it too."""
    assert {_server_module.version(): _server_module.sha256()} == _module.collection()


@pytest.mark.parametrize(
    ("found", "fits"), [("", False), ("{major}.0.0", True), ("{major}.99.1", True), ("{next}.0.0", False), ("1{major}.0.0", False)]
)
def test_which_versions_fit(found: str, fits: bool) -> None:
    """The same major number; one that cannot be told is refused too."""
    major = int(_server_module.version().split(".")[0])
    found = found.format(major=major, next=major + 1)
    wrong = _server_module.misfit(found)
    assert (wrong == "") is fits
    assert fits or wrong == f"version {found or 'unknown'} of EntraConnectOps, this collection needs {major}.x"


class Told(PsrpSession):
    """A session to a server that has these functions installed, in this version; it notes what is sent."""

    def __init__(self, version: str, missing: str = "") -> None:
        super().__init__("srv1", None)
        self._version, self._missing = version, missing
        self.sent: list[str] = []

    def _open(self) -> None:
        pass

    def _define(self, function: str) -> None:
        self.sent.append(f"text of {function}")

    def _run(self, function: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.sent.append(function)
        if function == self._missing and f"text of {function}" not in self.sent:
            raise FunctionsMissing("functions_missing", "srv1", function)
        return {"version" if function == "Get-EntraSyncModule" else "module_version": self._version, "changed": True}


READ, LEASE, ASK, CHANGE, HISTORY = "Get-EntraSyncServer", "Update-EntraSyncLease", "Get-EntraSyncModule", "Set-EntraSyncSerial", "Get-EntraSyncRun"


@pytest.mark.parametrize(
    ("calls", "sent"),
    [
        ([READ, CHANGE], [READ, CHANGE]),
        ([LEASE, CHANGE], [LEASE, CHANGE]),
        ([CHANGE, CHANGE], [ASK, CHANGE, CHANGE]),
        ([HISTORY, CHANGE, READ], [HISTORY, ASK, CHANGE, READ]),
    ],
)
def test_the_version_is_asked_once_and_only_where_nothing_told_it(calls: list[str], sent: list[str]) -> None:
    """A read tells it by the way; before a change it is asked for."""
    session = Told(_server_module.version())
    for function in calls:
        session.call(function)
    assert session.sent == sent


@pytest.mark.parametrize("first", [READ, LEASE, CHANGE])
@pytest.mark.parametrize("version", ["99.0.0", ""])
def test_a_wrong_version_is_refused_each_time_and_nothing_is_changed(first: str, version: str) -> None:
    """Neither the installed function nor its text is used, however often it is tried."""
    session = Told(version)
    for function in (first, CHANGE, CHANGE):
        with pytest.raises(FunctionsMissing) as caught:
            session.call(function)
        assert (caught.value.code, caught.value.unknown) == ("module_version", False)
        assert f"version {version or 'unknown'} of EntraConnectOps" in caught.value.detail
    assert set(session.sent) <= {first, ASK} - {CHANGE}


@pytest.mark.parametrize("missing", [CHANGE, ASK])
def test_where_a_function_is_missing_the_text_is_sent(missing: str) -> None:
    """Nothing is installed, or something from before the version could be asked for."""
    session = Told(_server_module.version(), missing)
    session.call(CHANGE)
    session.call(READ)
    assert session.sent[-4:] == [f"text of {CHANGE}", CHANGE, f"text of {READ}", READ]


def test_the_text_can_be_sent_whatever_is_installed() -> None:
    """As the module that installs does it."""
    session = Told("99.0.0")
    session.send_text()
    session.call(CHANGE)
    assert session.sent == [f"text of {CHANGE}", CHANGE]
