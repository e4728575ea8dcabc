# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of requests and calls, and the control URL."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from pypsrp.exceptions import WSManFaultError
from pypsrp.powershell import RunspacePool

from ...lab.host import LabHost
from .client import control, run


def test_the_record(host: LabHost, pool: RunspacePool) -> None:
    mark = host.recorder.mark()
    run(pool, "Get-Echo", Password="p1", Nested={"client_secret": "p2", "b": 1}, A=1, B=True)
    run(pool, "Set-Thing", L=["x"])
    first, second = host.recorder.calls_since(mark)
    assert first.parameters == {"Password": "***", "Nested": {"client_secret": "***", "b": 1}, "A": 1, "B": True}
    assert first.types == {"Password": "str", "Nested": "dict", "A": "int", "B": "bool"}
    assert first.result["got"]["Password"] == "***" and first.ended is not None and first.started <= first.ended <= second.started
    assert [(call.number, call.function, call.types) for call in host.recorder.writing_calls(mark)] == [(2, "Set-Thing", {"L": "list"})]
    assert [(each.verb, each.function, each.status) for each in host.recorder.requests_since(mark)] == [
        ("Command", "Get-Echo", 200),
        ("Receive", "Get-Echo", 200),
        ("Command", "Set-Thing", 200),
        ("Receive", "Set-Thing", 200),
    ]
    assert 8000 < host.recorder.bytes_received(mark) < 16000 and host.recorder.bytes_sent(mark) > 2000
    assert "p1" not in str(host.recorder.as_dict()) and "p2" not in str(host.recorder.as_dict())


def test_the_control_url(host: LabHost, pool: RunspacePool) -> None:
    host.controls["twice"] = lambda value: value * 2
    assert control(host.port, "twice", 21) == 42
    assert control(host.port, "faults", [{"do": "fault", "verb": "Command"}])[0]["do"] == "fault"
    with pytest.raises(WSManFaultError):
        run(pool, "Get-Echo")
    control(host.port, "reset")
    assert control(host.port, "faults") == [] and host.installed is False
    control(host.port, "set", {"installed": True})
    run(pool, "Get-Echo", A=1)
    assert control(host.port, "wait", {"function": "Get-Echo", "timeout": 1}) is True
    assert [call["parameters"] for call in control(host.port, "calls")] == [{"A": 1}]
    assert [each["verb"] for each in control(host.port, "log")["requests"]] == ["Command", "Receive"]
    for name, value, status in (("nope", None, 404), ("set", {"users": {}}, 400), ("faults", [{"do": "x"}], 400)):
        with pytest.raises(urllib.error.HTTPError) as error:
            control(host.port, name, value)
        assert error.value.code == status
