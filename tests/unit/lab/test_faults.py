# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults reach the client as they would from a real server, and a pipeline can be stopped."""

from __future__ import annotations

import time
from typing import Any

import pytest
from pypsrp.exceptions import AuthenticationError, WinRMError, WinRMTransportError, WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool
from requests.exceptions import RequestException

from ...lab.faults import Rule
from ...lab.host import LabHost, PipelineError
from .client import connect, control, run


# -- faults -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"do": "drop", "verb": "Command"}, RequestException),
        ({"do": "rst", "verb": "Command"}, RequestException),
        ({"do": "hang", "verb": "Command", "secs": 0.2}, RequestException),
        ({"do": "status", "verb": "Command", "status": 503}, WinRMTransportError),
        ({"do": "fault", "verb": "Command"}, WSManFaultError),
        ({"do": "deny", "verb": "Command"}, AuthenticationError),
        ({"do": "badid", "verb": "Command"}, WinRMError),
        ({"do": "truncate", "verb": "Receive"}, RequestException),
        ({"do": "garbage", "verb": "Receive"}, (SyntaxError, WinRMError)),
        ({"do": "drop", "verb": "Receive", "function": "set-*"}, RequestException),
    ],
)
def test_a_fault_reaches_the_client(host: LabHost, pool: RunspacePool, rule: dict[str, Any], error: Any) -> None:
    host.faults.set(rule)
    with pytest.raises(error):
        run(pool, "Set-Thing")
    assert [each.fault for each in host.recorder.requests if each.fault] == [rule["do"]]
    effect = rule["verb"] == "Receive" or rule["do"] == "badid"
    assert host.recorder.wait_for("Set-Thing", timeout=60 if effect else 0.05) is effect


def test_faults_pick_by_function_and_count(host: LabHost, pool: RunspacePool) -> None:
    host.faults.set(Rule("fault", verb="Command", function="Get-Echo", nth=2, times=1))
    run(pool, "Get-Echo")
    run(pool, "Set-Thing")
    with pytest.raises(WSManFaultError):
        run(pool, "Get-Echo")
    run(pool, "Get-Echo")
    with pytest.raises(ValueError, match="no such fault"):
        host.faults.add({"do": "explode"})
    with pytest.raises(ValueError, match="no such fault"):
        host.faults.add({"do": "drop", "colour": "red"})


def test_a_drop_after_a_command_comes_when_the_function_has_ended(host: LabHost, pool: RunspacePool) -> None:
    host.hooks.append(lambda phase, _function, _parameters: time.sleep(0.2) if phase == "before" else None)
    host.faults.set({"do": "drop", "verb": "Command", "when": "after"})
    with pytest.raises(RequestException):
        run(pool, "Set-Thing")
    assert host.recorder.calls[0].ended is not None


def test_late_drops_at_once_and_runs_later_whatever_becomes_of_the_shell(host: LabHost) -> None:
    host.faults.set({"do": "late", "function": "Set-Thing", "secs": 2})
    began = time.monotonic()
    with connect(host.port) as pool, pytest.raises(RequestException):
        run(pool, "Set-Thing", A=1)
    assert host.open_shells == 0 and host.recorder.calls == []
    assert host.recorder.wait_for("Set-Thing", timeout=60)
    assert host.recorder.calls[0].started - began >= 2


def test_a_connection_closed_behind_an_answer_and_a_delay_go_unseen(host: LabHost, pool: RunspacePool) -> None:
    host.faults.set({"do": "close", "verb": "Receive"}, {"do": "delay", "verb": "Command", "secs": 0.1, "nth": 2})
    run(pool, "Get-Echo")
    run(pool, "Get-Echo")
    assert len({each.connection for each in host.recorder.requests}) == 2


def test_a_receive_that_hangs_once_is_asked_again(host: LabHost) -> None:
    with connect(host.port, read_timeout=3, operation_timeout=2) as pool:
        host.faults.set({"do": "hang", "verb": "Receive", "secs": 60})
        assert run(pool, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]


def test_a_host_that_is_down(host: LabHost, pool: RunspacePool) -> None:
    host.down = True
    with pytest.raises(RequestException):
        run(pool, "Get-Echo")
    assert control(host.port, "set", {"down": False})["down"] is False
    assert run(pool, "Get-Echo")[0]
    host.drop_shells()
    with pytest.raises(WSManFaultError, match="shell was not found"):
        run(pool, "Get-Echo")


def test_a_wrong_password(host: LabHost) -> None:
    with pytest.raises(AuthenticationError):
        connect(host.port, "wrong").open()
    assert {each.status for each in host.recorder.requests} == {401}


# -- stop, waiting ----------------------------------------------------------------------------------------------------
def test_stop(host: LabHost, pool: RunspacePool) -> None:
    pipeline = PowerShell(pool).add_cmdlet("Wait-Long")
    pipeline.begin_invoke()
    assert host.recorder.wait_for("Wait-Long", when="started")
    pipeline.stop()
    assert host.engine.stopped.wait(60)  # type: ignore[attr-defined]
    assert run(pool, "Get-Echo")[0]


def test_a_function_may_take_longer_than_the_operation_timeout(host: LabHost) -> None:
    host.hooks.append(lambda phase, _function, _parameters: time.sleep(1.5) if phase == "before" else None)
    with connect(host.port, read_timeout=60, operation_timeout=1) as pool:
        assert run(pool, "Get-Echo")[0]
    assert {each.status for each in host.recorder.requests_since(verb="Receive")} == {200, 500}


def test_hooks_act_at_the_exact_call_and_may_refuse_it(host: LabHost, pool: RunspacePool) -> None:
    seen: list[tuple[str, str]] = []

    def hook(phase: str, function: str, parameters: dict[str, Any]) -> None:
        seen.append((phase, function))
        if parameters.get("Refuse"):
            raise PipelineError("EntraConnect.role_changed", "just now")

    host.hooks.append(hook)
    run(pool, "Get-Echo")
    assert run(pool, "Set-Thing", Refuse=True)[1][0][0] == "EntraConnect.role_changed"
    assert seen == [("before", "Get-Echo"), ("after", "Get-Echo"), ("before", "Set-Thing")]
