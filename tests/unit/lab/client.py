# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the protocol share: an engine that echoes, and pypsrp as their client."""

from __future__ import annotations

import json
import threading
import urllib.request
from functools import partial
from typing import Any

from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from ...lab.engine import stop_asked
from ...lab.host import PipelineError

USERS = {"lab": "pw"}
DEFINE = "function Get-Echo {\nparam($Value)\n}\nfunction global:Set-Thing {\n}\n$ExecutionContext.SessionState.LanguageMode.ToString()"


class EchoEngine:
    """Answers with what it was given."""

    def __init__(self) -> None:
        self.answer: Any = None
        self.release = threading.Event()
        self.stopped = threading.Event()

    def knows(self, name: str) -> bool:
        return name in ("Get-Echo", "Get-Answer", "Set-Thing", "Get-Refused", "Get-Broken", "Wait-Long")

    def invoke(self, name: str, parameters: dict[str, Any]) -> Any:
        if name == "Get-Refused":
            raise PipelineError("EntraConnect.claim_live", "somebody else holds the claim")
        if name == "Get-Broken":
            raise KeyError("defect")
        if name == "Wait-Long":
            if stop_asked().wait(60):
                self.stopped.set()
            return None
        return self.answer if name == "Get-Answer" else {"got": parameters}


def python(value: Any) -> Any:
    """What pypsrp read, as plain values."""
    if hasattr(value, "extended_properties"):
        return {key: python(item) for key, item in value.extended_properties.items()}
    return [python(item) for item in value] if isinstance(value, list) else value


def connect(port: int, password: str = "pw", configuration_name: str = "Microsoft.PowerShell", **more: Any) -> RunspacePool:
    options = {
        "ssl": False,
        "auth": "basic",
        "encryption": "never",
        "read_timeout": 60,  # a busy machine is no silent server; a test about one of those says how long it waits
        "operation_timeout": 50,
        "reconnection_backoff": 0.05,
        **more,
    }
    return RunspacePool(WSMan("127.0.0.1", port=port, username="lab", password=password, **options), configuration_name=configuration_name)


class Connection:
    """As little of Ansible's connection plugin as a session of ours needs."""

    def __init__(self, port: int, password: str = "pw", **more: Any) -> None:
        self._open = partial(connect, port, password, **more)
        self._connected = False
        self.runspace: RunspacePool | None = None

    def _connect(self) -> None:
        self.runspace = self._open()
        self.runspace.open()

    def close(self) -> None:
        """End the remote shell."""
        if self.runspace is not None:
            self.runspace.close()
            self.runspace.connection.close()


def run(pool: RunspacePool, name: str, **parameters: Any) -> tuple[list[Any], list[tuple[str, str]]]:
    pipeline = PowerShell(pool).add_cmdlet(name).add_parameters(parameters)
    output = pipeline.invoke()
    return [python(each) for each in output], [(each.fq_error, str(each)) for each in pipeline.streams.error]


def script(pool: RunspacePool, text: str, **more: Any) -> tuple[list[Any], list[tuple[str, str]]]:
    pipeline = PowerShell(pool).add_script(text, **more)
    return list(pipeline.invoke()), [(each.fq_error, str(each)) for each in pipeline.streams.error]


def control(port: int, name: str, value: Any = None) -> Any:
    data = None if value is None else json.dumps(value).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/__lab__/{name}", data) as answer:  # noqa: S310
        return json.load(answer)
