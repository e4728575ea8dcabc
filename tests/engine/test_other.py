# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our functions on servers that answer otherwise than our lab: what is missing or of another kind is not read, and nothing ends the whole read."""

from __future__ import annotations

from typing import Any

import pytest

from tests import needs

from . import engine

pytestmark = needs.ENGINE
NO_DELETES = "Get-ADSyncConnectorStatistics gave no number of deletes"
NO_KEY = "error EntraConnect.adsync_error: the global settings have no key Microsoft.Synchronize.StagingMode"
EXPECTED: dict[str, Any] = {
    "bare": "False False False '' '' SRV1 name-srv1",
    "bare boot": True,
    "bare health": True,
    "bare prerequisite": True,
    "no folder for the record": "the record record.json cannot be read: the variable ProgramData is not set",
    "settings table": "'True'",
    "settings table set": "False",
    "settings list": "'True'",
    "settings list set": "False",
    "settings empty": "''",
    "settings empty set": NO_KEY,
    "settings of another key": "''",
    "settings of another key set": NO_KEY,
    "settings without a value": "''",
    "settings without a value set": "False",
    "scheduler least": "True 'True' '' '' ''",
    "scheduler texts": "True 'False' 'True' 'False' ''",
    "scheduler without a flag": "True '' 'True' '' ''",
    "scheduler nothing": "False '' '' '' ''",
    "scheduler does not tell its switch": "error EntraConnect.adsync_error: Get-ADSyncScheduler does not tell whether cycles run",
    "run without steps": "c export True 2026-11-23T09:00:00.000000Z '' ''",
    "run whose steps are asked for": "1 success 0 4",
    "statistics without deletes": f"error {NO_DELETES}: {NO_DELETES}",
    "writeback True": "'True'",
    "writeback False": "'False'",
    "writeback ": "''",
    "cycle a word": "True",
    "cycle nothing": "True",
    "cycle noise": "True",
    "cycle another word": "error EntraConnect.adsync_error: Start-ADSyncSyncCycle answered 'Busy'",
    "scripts that are read": "True c Disabled",
    "script that is run": "True",
    "service without a start type": "Running ''",
    "log reaches back": "True '0'",
    "log has a start": "True '1'",
    "log is too young": "False ''",
    "log is empty": "False ''",
    "version by text": "2.5.79.0",
    "version of a file without one": "''",
    "version by the uninstall entry": "2.5.190.0",
    "release without a firewall": "error EntraConnect.quarantine_ineffective: our rule cannot be set: The term '",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checks tell, from one process."""
    return engine.tell("other.ps1", tmp_path_factory.mktemp("other"))


@pytest.mark.parametrize("name", EXPECTED)
def test_other_servers(name: str, told: dict[str, Any]) -> None:
    """Each check tells what is expected."""
    assert told[name] == EXPECTED[name]


def test_every_check_is_judged(told: dict[str, Any]) -> None:
    """None of them is told for nothing."""
    assert told.keys() - EXPECTED.keys() == {"bare firewall"}
    assert told["bare firewall"].startswith("False the firewall cannot be read: ")
