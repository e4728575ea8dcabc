# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts PowerShell for remote shells, one process each, and answers the stub cmdlets over a local socket.

Real here: PowerShell's remoting and our functions. Stubs: every cmdlet under them (adsync.ps1, windows.ps1). Never run: Windows
PowerShell 5.1, access control lists, a real event log, a real sign-in.
"""

from __future__ import annotations

import json
import os
import shutil
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._functions import texts

from .. import wsman
from ..host import LabHost
from ..model.server import ModelServer
from ..model.world import World
from .cmdlets import CmdletError, answer
from .relay import PwshShell

HERE = Path(__file__).parent
SESSION = """@{
    SchemaVersion = '2.0.0.0'; GUID = '4d1c3f0e-6f0b-4f57-9d0f-6f5a3c0e9a11'
    SessionType = 'Default'; LanguageMode = 'FullLanguage'; ScriptsToProcess = '%s'
}"""


def find() -> str | None:
    """The engine named by ENTRA_LAB_PWSH, else pwsh on PATH, else none."""
    return os.environ.get("ENTRA_LAB_PWSH") or shutil.which("pwsh")


class RecordFolder(MutableMapping[str, str]):
    """The files of a server where our functions keep them: on disk, so that the model's people and snapshots see what is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "EntraConnectOps"

    def __getitem__(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except OSError:
            raise KeyError(name) from None

    def __setitem__(self, name: str, text: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_text(text, encoding="utf-8")

    def __delitem__(self, name: str) -> None:
        (self._folder / name).unlink()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name for path in self._folder.glob("*.json")))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __deepcopy__(self, memo: Any) -> dict[str, str]:
        return dict(self)


class PwshEngine:
    """PowerShell processes for the servers of a world.

    Raises:
        FileNotFoundError: there is no engine.
    """

    def __init__(self, world: World) -> None:
        engine = find()
        if engine is None:
            raise FileNotFoundError("No PowerShell engine was found: set ENTRA_LAB_PWSH to one, put pwsh on PATH, or leave the engine out.")
        self._engine, self._world = engine, world
        self._folder = Path(tempfile.mkdtemp(prefix="entra-lab-"))
        (self._folder / "functions.ps1").write_text("\n".join(texts().values()), encoding="utf-8")
        (self._folder / "lab.pssc").write_text(SESSION % (HERE / "session.ps1"), encoding="utf-8")
        self._model = _Model(world)
        threading.Thread(target=self._model.serve_forever, daemon=True).start()

    def serve(self, host: LabHost, server: ModelServer) -> None:
        """Give a host shells with this engine."""
        data = self._folder / server.name
        data.mkdir()
        server.files = RecordFolder(data)

        def watch(function: str) -> Callable[[bool], None]:
            call = host.recorder.begin(function, {}, host.name)
            return lambda failed: host.recorder.end(call, "Failed" if failed else "")

        host.new_shell = lambda request, user: self._shell(request, user, server, data, watch)

    def stop(self) -> None:
        """End the model's socket; shells end with their hosts."""
        self._model.shutdown()
        self._model.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _shell(self, request: wsman.Request, user: str, server: ModelServer, data: Path, watch: Callable[[str], Callable[[bool], None]]) -> PwshShell:
        environment = {
            **os.environ,
            "ENTRA_LAB_FUNCTIONS": str(self._folder / "functions.ps1"),
            "ENTRA_LAB_STUBS": str(HERE),
            "ENTRA_LAB_MODEL": str(self._model.server_address[1]),
            "ENTRA_LAB_SERVER": server.name,
            "ProgramData": str(data),
            "ProgramFiles": str(data),
        }
        command = [self._engine, "-NoLogo", "-NoProfile", "-s", "-ConfigurationFile", str(self._folder / "lab.pssc")]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=self._folder,
            start_new_session=True,
        )
        return PwshShell(request, user, process, watch)


class _Model(socketserver.ThreadingTCPServer):
    """One JSON line in, one out."""

    daemon_threads = True

    def __init__(self, world: World) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.world = world


class _Asked(socketserver.StreamRequestHandler):
    server: _Model

    def handle(self) -> None:
        """Answer one stub cmdlet."""
        asked = json.loads(self.rfile.readline())
        try:
            told = {"error": "", "value": answer(self.server.world.servers[asked["server"]], asked["verb"], asked["given"])}
        except CmdletError as error:
            told = {"error": str(error), "value": None}
        self.wfile.write(json.dumps(told).encode() + b"\n")
