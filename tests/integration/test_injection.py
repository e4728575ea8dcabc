# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values are nothing but data: generated texts reach a function on a real PowerShell as they were, and nothing of them runs.

Each function takes a list of texts and gives it back; one that ran would have raised the alarm, which is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import Refused, SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._winrm_session import WinrmSession
from pypsrp.powershell import PowerShell

from tests import needs
from tests.lab.fleet import PASSWORD, Fleet
from tests.tools import measured
from tests.unit.lab.client import Connection

from . import odd_values, winrm_lab
from .echo import LOOK

pytestmark = needs.ENGINE
MANY, AT_A_TIME, BATCH = 10_000, 25, 40
# What stands in the session beside our functions: an echo, an alarm that counts, and who reads the count
ECHO = f"""
$global:Alarms = 0
function global:{odd_values.ALARM} {{ $global:Alarms++ }}
function global:Get-Echo {{ param([string[]]$Values) [pscustomobject]@{{ values = $Values; alarms = $global:Alarms }} }}
"""


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    """One fleet for all; nothing is changed on it."""
    with Fleet(engine="pwsh", installed=True) as made:
        yield made


class Echoing(Connection):
    """A connection whose session has the echo beside our functions."""

    def _connect(self) -> None:
        super()._connect()
        PowerShell(self.runspace).add_script(ECHO, use_local_scope=False).invoke()


def open_session(fleet: Fleet) -> PsrpSession:
    """A session of ours with the echo."""
    return PsrpSession("srv1", Echoing(fleet.ports["srv1"], PASSWORD))


def echoed(ask: Callable[[list[str]], dict[str, Any]], values: list[str], name: str) -> None:
    """Send all values through a session; the figure counts what came back altered and what ran."""
    altered, alarms = [], 0
    for start in range(0, len(values), AT_A_TIME):
        part = values[start : start + AT_A_TIME]
        answer = ask(part)
        altered += [(sent, got) for sent, got in zip(part, answer["values"], strict=True) if sent != got]
        alarms = answer["alarms"]
    measured.note("injection", name, {"values": len(values), "altered": len(altered), "executed": alarms})
    assert (altered[:3], alarms) == ([], 0)


def test_texts_over_psrp(fleet: Fleet) -> None:
    """Ten thousand of them, as a list of texts, and one of a megabyte."""
    session = open_session(fleet)
    texts = [*odd_values.values(MANY), "".join(odd_values.values(400)) * 120]
    assert len(texts[-1]) > 2**20
    echoed(lambda part: session.call("Get-Echo", Values=part), texts, "psrp")
    session.close()


def test_texts_over_winrm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In batches: each process gets a list of calls, each call a list of texts; and one of a megabyte. The alarm is real there too."""
    alarm = f"function Get-Alarm {{ {odd_values.ALARM}; Get-Echo -Values 'x' }}"
    functions = {**LOOK, "Get-Echo": ECHO.replace("global:Get-Echo", "Get-Echo"), "Get-Alarm": alarm}
    monkeypatch.setattr(_functions, "texts", lambda: functions)
    _functions.needed_by.cache_clear()
    host = winrm_lab.server(winrm_lab.Engine(tmp_path).spawn)
    session = WinrmSession("srv1", winrm_lab.connection(host.listen()))
    assert session.call("Get-Alarm")["alarms"] == 1
    texts = [*odd_values.values(2000, seed=odd_values.SEED + 1), "".join(odd_values.values(400)) * 120]
    assert len(texts[-1]) > 2**20
    asked = [("Get-Echo", {"Values": texts[start : start + AT_A_TIME]}) for start in range(0, len(texts), AT_A_TIME)]
    got: list[str] = []
    alarms = 0
    for start in range(0, len(asked), BATCH):
        for answer in session.calls(asked[start : start + BATCH]):
            assert not isinstance(answer, SessionError), answer
            got += answer["values"]
            alarms += answer["alarms"]
    session.close()
    host.stop()
    _functions.needed_by.cache_clear()
    altered = [(sent, back) for sent, back in zip(texts, got, strict=True) if sent != back]
    measured.note("injection", "winrm", {"values": len(texts), "altered": len(altered), "executed": alarms})
    assert (altered[:3], alarms) == ([], 0)


def test_the_alarm_is_real(fleet: Fleet) -> None:
    """The same text, taken for a script, raises it: so that silence above means something."""
    session = open_session(fleet)
    session.call("Get-Echo", Values=["opens the session"])
    PowerShell(session._connection.runspace).add_script(f"$null = 'a'; $({odd_values.ALARM})").invoke()
    assert session.call("Get-Echo", Values=["x"])["alarms"] == 1
    session.close()


def test_texts_through_our_own_functions(fleet: Fleet) -> None:
    """Through a record on disk and back: who holds a claim is whatever the caller says, and nothing more."""
    session = open_session(fleet)
    before: dict[str, Any] = {"ExpectedEpoch": 0, "ExpectedRunId": ""}
    for epoch, text in enumerate(odd_values.values(60), 1):
        token = {"Epoch": epoch, "RunId": f"{epoch}{text}"}
        session.call("New-EntraSyncClaim", **before, **token, Who=text, Kind="single", Tenant=text, Members=[text], LeaseSeconds=60, TakeOver=False)
        claim = session.call("Get-EntraSyncServer")["claim"]
        assert (claim["who"], claim["run_id"]) == (text, token["RunId"])
        session.call("Close-EntraSyncClaim", **token)
        before = {"ExpectedEpoch": epoch, "ExpectedRunId": token["RunId"]}
    with pytest.raises(Refused):
        session.call("Close-EntraSyncClaim", Epoch=1, RunId=odd_values.CODE[1])
    assert session.call("Get-Echo", Values=["x"])["alarms"] == 0
    session.close()
