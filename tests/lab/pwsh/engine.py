# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real PowerShell behind the simulated servers: one process for each remote shell, and for each command line.

Real here: PowerShell's remoting and our functions. Stubs: every cmdlet under them (modules/ADSync, windows.ps1, facilities.ps1). Never run:
Windows PowerShell 5.1, access control lists, a real event log, a real sign-in.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .. import wsman
from ..host import LabHost
from ..model.server import ModelServer
from ..model.world import World
from ..winrs import WinRsShell
from . import creation
from .asked import ModelSocket
from .disk import Disk
from .endpoints import Endpoints
from .outofproc import Gone, Process
from .processes import Processes, kill
from .relay import PwshShell, creation_of

HERE = Path(__file__).parent
DEFAULT = "Microsoft.PowerShell"
AT_ONCE = 12
_ENCODED = re.compile(r"-Enc\w*\s+\"?([A-Za-z0-9+/=]+)", re.I)
_FULL = "@{ SchemaVersion = '2.0.0.0'; SessionType = 'Default'; LanguageMode = 'FullLanguage'; ScriptsToProcess = '%s' }"


def find() -> str | None:
    """The engine named by ENTRA_LAB_PWSH, else pwsh on PATH, else none."""
    return os.environ.get("ENTRA_LAB_PWSH") or shutil.which("pwsh")


class PwshEngine:
    """PowerShell processes for the servers of a world.

    Args:
        world: the model that the stubs ask.
        installed: whether our module is installed on the servers.

    Raises:
        FileNotFoundError: there is no engine.
    """

    def __init__(self, world: World, installed: bool = False) -> None:
        engine = find()
        if engine is None:
            raise FileNotFoundError("No PowerShell engine was found: set ENTRA_LAB_PWSH to one, put pwsh on PATH, or leave the engine out.")
        self._engine, self._installed = engine, installed
        self._folder = Path(tempfile.mkdtemp(prefix="entra-lab-"))
        self._registered = Endpoints(self, DEFAULT)
        self._socket = ModelSocket(world, self._registered.verbs)
        self._disks: dict[str, Disk] = {}
        self._endpoints: dict[tuple[str, str], Path] = {}
        self._processes = Processes(self._start, AT_ONCE)
        (self._folder / "full.pssc").write_text(_FULL % (HERE / "session.ps1"), encoding="utf-8")

    def serve(self, host: LabHost, server: ModelServer) -> None:
        """Give a host shells with this engine."""
        disk = self._disks[server.name] = Disk(self._folder / server.name, server, engine=self._engine)
        if self._installed:
            disk.install_module()
        self.add_endpoint(server.name, DEFAULT, self._folder / "full.pssc")

        def watch(function: str) -> Callable[[bool], None]:
            call = host.recorder.begin(function, {}, host.name)
            return lambda failed: host.recorder.end(call, "Failed" if failed else "")

        host.new_shell = lambda request, user: self._shell(request, user, server.name, watch)
        host.new_command_shell = lambda request, user: WinRsShell(request, user, partial(self.spawn, server.name), watch)

    def add_endpoint(self, server: str, name: str, configuration: Path) -> None:
        """Let a server have a session configuration of this name, from a .pssc file."""
        self._endpoints[server, name] = configuration
        self._processes.forget(f"{server}/{name}")

    def start(self) -> None:
        """Have a session of each endpoint stand by, opened as Ansible's plugin would open it, so that the first one need not wait."""
        for server, name in self._endpoints:
            self._processes.prepare(f"{server}/{name}", creation.of_the_plugin())

    def register_shipped(self, server: ModelServer, name: str) -> None:
        """Let a server have the endpoint of an installed role capability file, under the name of that file."""
        self._registered.register_shipped(server, name)

    def remove_endpoint(self, server: str, name: str) -> None:
        """Let a server have no session configuration of this name any more."""
        del self._endpoints[server, name]
        self._processes.forget(f"{server}/{name}")

    def register(self, server: str, name: str, capability: Path) -> None:
        """Let a server have a restricted endpoint, with what a role capability file says.

        Raises:
            ValueError: the file cannot be taken.
        """
        path = self._folder / f"{server}-{name}.pssc"
        arguments = ["-File", str(HERE / "endpoint.ps1"), "-Capability", str(capability), "-Path", str(path)]
        made = self._popen(server, [*arguments, "-ModuleFolder", str(self._disks[server].modules)], subprocess.PIPE)
        _out, errors = made.communicate()
        if made.returncode:
            raise ValueError(errors.decode())
        self.add_endpoint(server, name, path)

    def disk(self, server: str) -> Disk:
        """The disk of a server."""
        return self._disks[server]

    def environment(self, server: str) -> dict[str, str]:
        """What a PowerShell process of this server finds in its environment."""
        disk = self._disks[server]
        return {
            **os.environ,
            "ENTRA_LAB_STUBS": str(HERE),
            "ENTRA_LAB_MODEL": str(self._socket.port),
            "ENTRA_LAB_SERVER": server,
            "ENTRA_LAB_DISK": str(disk.drive),
            "ProgramData": str(disk.data),
            "ProgramFiles": str(disk.programs),
            "PSModulePath": os.pathsep.join([str(HERE / "modules"), str(disk.modules)]),
        }

    def spawn(self, server: str, command_line: str) -> Process:
        """Start a command line on a server, as its command shell would; only PowerShell with an encoded command is known here.

        Raises:
            ValueError: another command line.
            wsman.Fault: too many processes serve.
        """
        script = script_in(command_line)
        self._disks[server].lay_out()
        prelude = ". (Join-Path $env:ENTRA_LAB_STUBS 'session.ps1')\n"
        encoded = base64.b64encode((prelude + script).encode("utf-16-le")).decode()
        try:
            return self._processes.run(lambda: self._popen(server, ["-NonInteractive", "-EncodedCommand", encoded], subprocess.PIPE))
        except TimeoutError as error:
            raise wsman.internal(str(error)) from None

    def stop(self) -> None:
        """End everything."""
        for process in self._registered.processes:
            kill(process)
        self._processes.stop()
        self._socket.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _shell(self, request: wsman.Request, user: str, server: str, watch: Callable[[str], Callable[[bool], None]]) -> PwshShell:
        endpoint = request.resource.removeprefix(wsman.PSRP)
        if (server, endpoint) not in self._endpoints:
            raise wsman.not_found(request.resource)
        try:
            pipe = self._processes.take(f"{server}/{endpoint}", creation_of(request))
        except (TimeoutError, Gone) as error:
            raise wsman.internal(str(error) or "the PowerShell process is gone") from None
        self._disks[server].lay_out()
        return PwshShell(request, user, pipe, watch, self._processes.end)

    def _start(self, kind: str) -> Process:
        server, _slash, endpoint = kind.partition("/")
        return self._popen(server, ["-s", "-ConfigurationFile", str(self._endpoints[server, endpoint])], subprocess.DEVNULL)

    def _popen(self, server: str, arguments: list[str], errors: int) -> Process:
        return subprocess.Popen(
            [self._engine, "-NoLogo", "-NoProfile", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=self.environment(server),
            cwd=self._folder,
            start_new_session=True,
        )


def script_in(command_line: str) -> str:
    """The script of an encoded command; cores up to 2.18 encode an encoded one once more (psrp-lab.md 5.1)."""
    script = command_line
    while (found := _ENCODED.search(script)) is not None and len(script) < len(found[1]) + 400:
        script = base64.b64decode(found[1]).decode("utf-16-le")
    if script is command_line:
        raise ValueError(f"the lab starts PowerShell with an encoded command only, not: {command_line[:80]}")
    return script
