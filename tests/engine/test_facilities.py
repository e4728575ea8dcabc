# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our functions for facilities of Windows, on stubs of the cmdlets and types that Linux lacks; child processes are real ones."""

from __future__ import annotations

from typing import Any

import pytest

from tests import needs

from . import engine

pytestmark = needs.ENGINE
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
    "folder owner": "S-1-5-32-544",
    "folder protected": ["S-1-5-32-544 FullControl", "S-1-5-18 FullControl"],
    "folder inherits": False,
    "msiexec": 3010,
    "msiexec arguments": 'msiexec.exe /i "C:\\a b.msi" /quiet /norestart',
    "msiexec hangs": "error EntraConnect.unknown_result",
    "module missing": "error EntraConnect.module_missing",
    "module by path": "/opt/sync/Bin/ADSync/ADSync.psd1",
    "module by name": "ADSync",
    "mutex denied": "error EntraConnect.busy",
    "mutex taken": "error EntraConnect.busy",
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


def test_what_cannot_be_read_is_an_error(told: dict[str, Any]) -> None:
    """Registry and access control fail with the cmdlets' own errors, which the callers judge."""
    assert told["machine id unread"].startswith("error ") and told["folder not protected"].startswith("error ")
