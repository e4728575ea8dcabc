# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our functions for facilities of Windows, on stubs of the cmdlets and types that Linux lacks; child processes are real ones."""

from __future__ import annotations

from typing import Any

import pytest

from tests import needs

from . import engine

pytestmark = needs.ENGINE
CLOSED = "O:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY) Owner, Access"  # owner and access lists anew, and nothing else of what was there
OPEN = (
    "EntraConnect.journal_failed: /EntraConnectOps was open to others, and what is in it may be theirs; "
    "look at it, then delete the folder or close it to all but Administrators and SYSTEM"
)
EXPECTED: dict[str, Any] = {
    "machine id": "guid-1",
    "boot id": "2026-11-01T05:06:07.000000Z",
    "mutex name": "Global\\EntraConnectOps",
    "module folder": "/WindowsPowerShell/Modules",
    "engine folder by default": "/Microsoft Azure AD Sync",
    "engine folder": "/opt/sync",
    "engine version unread": "",
    "engine version": "2.5.79.0",
    "wizard absent": "",
    "wizard version": "2.5.79.0",
    "uninstall none": 0,
    "uninstall": ["Microsoft Entra Connect Sync 2.5.79.0", "Microsoft Azure AD Connect synchronization services "],
    "processes ": "False False False",
    "processes AzureADConnect msiexec": "True False False",
    "processes miisclient msiexec msiexec": "False True True",
    "processes unread": True,
    "folder not protected": "error EntraConnect.journal_failed",
    "folder protected": CLOSED,
    "folder protected again": 1,
    "folder of others O:S-1-5-21-1-2-3-1001G:DUD:PAI(A;OICI;FA;;;WD)": [OPEN, OPEN, True],
    "folder of others O:BAG:DUD:AI(A;OICIID;FA;;;BA)": [OPEN, OPEN, True],
    "folder is aside": "False 1",
    "folder leads elsewhere": "EntraConnect.journal_failed: /EntraConnectOps leads elsewhere; delete that link",
    "msiexec": 3010,
    "msiexec arguments": 'msiexec.exe /i "C:\\a b.msi" /quiet /norestart',
    "msiexec hangs": "error EntraConnect.unknown_result",
    "module missing": "error EntraConnect.module_missing",
    "module by path": "/opt/sync/Bin/ADSync/ADSync.psd1",
    "module by name": "ADSync",
    "mutex denied": "error EntraConnect.busy",
    "mutex taken": "error EntraConnect.busy",
    "registry value": 7,
    "registry value absent": [None, None],
    "registry key": [True, False],
    "certificate end": ["2027-03-04T05:06:07.000000Z", ""],
    "engine config as installed": False,
    "engine config changed": True,
    "engine config unread": None,
    "drive": True,
    "child done": "",
    "child failed": True,
    "child hangs": "TIMEOUT",
    "child forgotten": True,
    "child alive": True,
    "child ended": True,
    "child number taken by another": False,
    "child not judged counts as alive": True,
    "child told": True,
    "steps by name": ["export", "full-import", "delta-import", "full-sync", "delta-sync", ""],
    "child not judged is not ended": "error EntraConnect.child_running",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checks tell, from one process."""
    return engine.tell("facilities.ps1", tmp_path_factory.mktemp("facilities"))


@pytest.mark.parametrize("name", EXPECTED)
def test_facility(name: str, told: dict[str, Any]) -> None:
    """Each check tells what is expected."""
    assert told[name] == EXPECTED[name]


def test_a_machine_without_an_id_is_known_by_its_name(told: dict[str, Any]) -> None:
    """Neither registry nor board tell one."""
    assert told["machine id unread"].startswith("name-")


def test_what_was_put_into_a_new_folder_is_moved_aside(told: dict[str, Any]) -> None:
    """Between its making and its protection: nothing of ours is in it yet, so all of it goes, and the next call makes a new one."""
    moved = "it was moved to /EntraConnectOps.open-"
    words = f"EntraConnect.journal_failed: somebody put something into /EntraConnectOps while it was closed to others; {moved}"
    assert told["folder filled meanwhile"].startswith(words)
