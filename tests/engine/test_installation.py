# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our module installed, changed and removed, and its endpoints asked for; Windows' session configurations are stubs."""

from __future__ import annotations

from typing import Any

import pytest

from tests import needs

from . import engine

pytestmark = needs.ENGINE
NOT_ASKED = "another one was asked for since, or this one was not asked for"
NO_WISH = "state, capability or fingerprint is none that can be asked for"
OTHER_NAME = "it is about an endpoint of another name"
EXPECTED: dict[str, Any] = {
    "no module, no endpoint": "error EntraConnect.server_module_missing",
    "installed": True,
    "installed again": False,
    "other content of the same version": True,
    "newer takes its place": True,
    "one is left": ["0.10.0"],
    "checksum wrong": "error EntraConnect.module_checksum",
    "files {": "error EntraConnect.module_files",
    "files []": "error EntraConnect.module_files",
    'files {"../x.ps1": ""}': "error EntraConnect.module_files",
    'files {"x.ps1": 3}': "error EntraConnect.module_files",
    'files {"x.ps1": ""}': "error EntraConnect.module_files",
    "no hash of a folder that is not there": "",
    "endpoint absent, others there": "absent",
    "endpoint asked for": True,
    "endpoint pending": "pending",
    "no value in the process": False,
    "endpoint registered": "registered True reader CONTOSO\\readers 0",
    "endpoint restricted": "RestrictedRemoteServer NoLanguage True EntraSyncReader",
    "done once only": 3,
    "same fingerprint is left alone": 3,
    "endpoint changed": "operator CONTOSO\\ops$",
    "endpoint not taken": "failed CONTOSO\\sync",
    "endpoint removed": "absent",
    "asked for too long ago": "failed",
    "not asked for Entra.Odd": NOT_ASKED,
    "not asked for Entra.Early": NOT_ASKED,
    "changed in its file groups x'; evil": "'x'; evil' is no name of a group",
    "changed in its file groups ": "no group is given, so that nobody could use the endpoint",
    "changed in its file capability other": NO_WISH,
    "changed in its file state gone": NO_WISH,
    "changed in its file fingerprint d": NO_WISH,
    "changed in its file name Entra.Reader": OTHER_NAME,
    "changed in its file name ..\\x": OTHER_NAME,
    "nothing of that is carried out": 0,
    "folder of requests protected": True,
    "foreign endpoint": "error EntraConnect.endpoint_foreign",
    "foreign endpoint, found late": "error EntraConnect.endpoint_foreign",
    "process not started": "error EntraConnect.endpoint_start",
    "request damaged": "failed",
    "odd name": "error EntraConnect.endpoint_values",
    "odd no group": "error EntraConnect.endpoint_values",
    "odd two accounts": "error EntraConnect.endpoint_values",
    "odd group": "error EntraConnect.endpoint_values",
    "odd managed account": "error EntraConnect.endpoint_values",
    "uninstalled": True,
    "folder gone": False,
    "uninstalled again": False,
    "folder unwritable": "error EntraConnect.module_unwritable",
    "in use": "False 1",
    "in use, another content": "error EntraConnect.module_unwritable",
    "the old one comes back": "error EntraConnect.module_unwritable",
    "it is back": True,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checks tell, from one process."""
    return engine.tell("installation.ps1", tmp_path_factory.mktemp("installation"))


@pytest.mark.parametrize("name", EXPECTED)
def test_installation(name: str, told: dict[str, Any]) -> None:
    """Each check tells what is expected."""
    assert told[name] == EXPECTED[name]


def test_a_list_that_cannot_be_read_is_not_absent(told: dict[str, Any]) -> None:
    """A server that answers has at least one session configuration."""
    assert told["endpoint absent"].startswith("error ")
