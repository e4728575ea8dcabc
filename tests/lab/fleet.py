# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback fleet: simulated servers behind real HTTP, WSMan and PSRP, one port each, in one process."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import yaml

from .diary import overlaps, render
from .host import LabHost
from .model.clock import Clock
from .model.errors import Refused
from .model.hypervisor import Hypervisor
from .model.operator import Manner, Operator
from .model.server import ModelServer
from .model.world import World
from .psrp import PipelineError
from .restart import restart_winrm
from .transport import Transport
from .twins import TWINS, _module, _parameters

if TYPE_CHECKING:
    from .pwsh.engine import PwshEngine

USER, PASSWORD = "lab", "loopback-only"  # noqa: S105 - a password of the lab, good for 127.0.0.1 only
ENDPOINTS = ("EntraSyncReader", "EntraSyncOperator")
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
        if wrong := _parameters.refused(name, parameters):
            raise PipelineError(f"ParameterArgumentValidationError,{name}", f"Cannot validate argument on parameter '{wrong}'.")
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
        transport: ``basic``, ``ntlm`` or ``https``; see `Transport`.
        certificates: with ``https``, the kind of a server's certificate, by server; ``right`` by default.
        connection: ``psrp``, or ``winrm`` with the engine ``pwsh``; what `inventory` says, both are always served.
    """

    def __init__(
        self,
        profiles: dict[str, str] | None = None,
        speed: float = 60.0,
        operator: Manner | None = None,
        installed: bool = False,
        ports: dict[str, int] | None = None,
        engine: str = "python",
        transport: str = "basic",
        certificates: dict[str, str] | None = None,
        connection: str = "psrp",
    ) -> None:
        self.engine, self.connection = engine, connection
        self.transport = Transport(transport, certificates)
        self.clock = Clock(speed)
        self.world = World(self.clock, profiles or TWO)
        self.operator = Operator(self.world, operator)
        self.hosts = {name: LabHost(name, TwinEngine(server), {USER: PASSWORD}) for name, server in self.world.servers.items()}
        self.hypervisor = Hypervisor(self.world)
        self.desk: list[dict[str, str]] = []  # what a user's own tasks told somebody, such as the desk for changes
        for host in self.hosts.values():
            self._install(host, self.world.servers[host.name], installed)
            self.world.servers[host.name].restart_winrm = partial(restart_winrm, host)
            host.controls["diary"] = lambda _value: self.diary()
            host.controls["tenant"] = self.world.told
            host.controls["identity"] = self.world.identity  # of any server, whichever host is asked
            host.controls["hypervisor"] = self.hypervisor.ask
            host.controls["desk"] = self.desk.append
        self._pwsh: PwshEngine | None = None
        if engine == "pwsh":
            from .pwsh.engine import PwshEngine  # only this engine needs the collection itself

            self._pwsh = PwshEngine(self.world, installed)
            for name, host in self.hosts.items():
                self._pwsh.serve(host, self.world.servers[name])
        self._wanted = ports or {}
        self.ports: dict[str, int] = {}

    @staticmethod
    def _install(host: LabHost, server: ModelServer, installed: bool) -> None:
        """Whether functions run without their text being sent: as the model has our module, now and later."""
        server.modules_changed = lambda there: setattr(host, "installed", there)
        _module.put(server, _module.collection() if installed else {})

    def start(self) -> Fleet:
        """Listen, and let the clock run."""
        self.ports = {name: self.transport.listen(host, self._wanted.get(name, 0)) for name, host in self.hosts.items()}
        if self._pwsh is not None:
            self._pwsh.start()
        self.clock.run()
        return self

    def stop(self) -> None:
        """End everything."""
        self.clock.stop()
        for host in self.hosts.values():
            host.stop()
        self.transport.close()
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

    def register_endpoints(self) -> None:
        """Let every server have the endpoints for reading and for operators; with the engine ``pwsh`` and our module installed only."""
        assert self._pwsh is not None
        for server in self.world.servers.values():
            for name in ENDPOINTS:
                self._pwsh.register_shipped(server, name)

    def disks(self) -> list[Path]:
        """Where the program data of each server is on this machine's disk; empty with the engine ``python``, which keeps it in memory."""
        return [self._pwsh.disk(name).data for name in self.hosts] if self._pwsh is not None else []

    def journal(self, name: str) -> str:
        """The journal on the disk of a server; with the engine ``pwsh`` only. Empty where there is none."""
        assert self._pwsh is not None
        path = self._pwsh.disk(name).data / "EntraConnectOps" / "journal.jsonl"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def inventory(self, **more: Any) -> dict[str, Any]:
        """An inventory for these servers, as a value; ``more`` goes to the group's variables."""
        connection = {
            "ansible_connection": self.connection,
            "ansible_host": "127.0.0.1",
            "ansible_user": USER,
            "ansible_password": PASSWORD,
            **self.transport.variables(self.connection),
        }
        port_variable = "ansible_psrp_port" if self.connection == "psrp" else "ansible_port"
        hosts = {name: {port_variable: port} for name, port in self.ports.items()}
        return {"all": {"children": {"entra_connect": {"hosts": hosts, "vars": {**connection, **more}}}}}

    def write_inventory(self, path: Path, **more: Any) -> Path:
        """Write that inventory as a file."""
        path.write_text(yaml.safe_dump(self.inventory(**more)), encoding="utf-8")
        return path
