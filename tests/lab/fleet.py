# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback fleet: simulated servers behind real HTTP, WSMan and PSRP, one port each, in one process."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import yaml

from .diary import overlaps, render
from .host import LabHost
from .model.clock import Clock
from .model.errors import Refused
from .model.operator import Manner, Operator
from .model.server import ModelServer
from .model.world import World
from .psrp import PipelineError
from .twins import TWINS

if TYPE_CHECKING:
    from .pwsh.engine import PwshEngine

USER, PASSWORD = "lab", "loopback-only"  # noqa: S105 - a password of the lab, good for 127.0.0.1 only
TWO = {"srv1": "2.5.79.0", "srv2": "2.5.79.0"}


class TwinEngine:
    """Answers our functions with their Python twins, one at a time, as the mutex on a server would."""

    def __init__(self, server: ModelServer) -> None:
        self.server = server

    def knows(self, name: str) -> bool:
        """Whether there is a twin of this name."""
        return name in TWINS

    def invoke(self, name: str, parameters: dict[str, Any]) -> Any:
        """Run a twin; a refusal becomes the error that the PowerShell function would give."""
        with self.server.world.clock.lock:
            try:
                return TWINS[name](self.server, **parameters)
            except Refused as refused:
                raise PipelineError(f"EntraConnect.{refused.code},{name}", refused.message) from None


class Fleet:
    """Servers of one tenant on loopback.

    Args:
        profiles: name and version profile of each server; the first is active.
        speed: lab seconds per real second.
        operator: how the simulated person behaves.
        installed: whether our PowerShell module is installed on the servers.
        ports: fixed ports; by default any free ones.
        engine: ``python`` (twins of our functions) or ``pwsh`` (our functions on a real PowerShell).
    """

    def __init__(
        self,
        profiles: dict[str, str] | None = None,
        speed: float = 60.0,
        operator: Manner | None = None,
        installed: bool = False,
        ports: dict[str, int] | None = None,
        engine: str = "python",
    ) -> None:
        self.clock = Clock(speed)
        self.world = World(self.clock, profiles or TWO)
        self.operator = Operator(self.world, operator)
        self.hosts = {name: LabHost(name, TwinEngine(server), {USER: PASSWORD}) for name, server in self.world.servers.items()}
        for host in self.hosts.values():
            host.installed = installed
            host.controls["diary"] = lambda _value: self.diary()
        self._pwsh: PwshEngine | None = None
        if engine == "pwsh":
            from .pwsh.engine import PwshEngine  # only this engine needs the collection itself

            self._pwsh = PwshEngine(self.world)
            for name, host in self.hosts.items():
                self._pwsh.serve(host, self.world.servers[name])
        self._wanted = ports or {}
        self.ports: dict[str, int] = {}

    def start(self) -> Fleet:
        """Listen, and let the clock run."""
        self.ports = {name: host.listen(self._wanted.get(name, 0)) for name, host in self.hosts.items()}
        self.clock.run()
        return self

    def stop(self) -> None:
        """End everything."""
        self.clock.stop()
        for host in self.hosts.values():
            host.stop()
        if self._pwsh is not None:
            self._pwsh.stop()

    def __enter__(self) -> Fleet:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def diary(self) -> dict[str, Any]:
        """The checker's verdict and the diary itself."""
        with self.clock.lock:
            found = [str(each) for each in overlaps(self.world.diary)]
            return {"overlaps": found, "diary": render(self.world.diary, self.world.started)}

    def inventory(self, **more: Any) -> dict[str, Any]:
        """An inventory for these servers, as a value; ``more`` goes to the group's variables."""
        connection = {
            "ansible_connection": "psrp",
            "ansible_host": "127.0.0.1",
            "ansible_psrp_protocol": "http",
            "ansible_psrp_auth": "basic",
            "ansible_psrp_message_encryption": "never",
            "ansible_user": USER,
            "ansible_password": PASSWORD,
        }
        hosts = {name: {"ansible_psrp_port": port} for name, port in self.ports.items()}
        return {"all": {"children": {"entra_connect": {"hosts": hosts, "vars": {**connection, **more}}}}}

    def write_inventory(self, path: Path, **more: Any) -> Path:
        """Write that inventory as a file."""
        path.write_text(yaml.safe_dump(self.inventory(**more)), encoding="utf-8")
        return path
