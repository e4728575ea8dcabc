# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start Ansible many times without importing it each time: a process that has imported it forks one for every run.

What runs is Ansible's own command line, in a process and a process group of its own, with its own workers, as from a shell; only its imports
are done before. The first process has one thread, so that it may fork.

    python -m tests.integration.warm SOCKET     serves until the socket's file is gone or its parent has ended
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGE = "ansible_collections.hybrid_identity.entra_connect"
READY_SECONDS = 300.0
PROGRAMS = {"ansible-playbook": "ansible.cli.playbook:PlaybookCLI", "ansible": "ansible.cli.adhoc:AdHocCLI"}
ENVIRONMENT = {
    "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "build" / "collections"),
    "ANSIBLE_LOCALHOST_WARNING": "0",
    "ANSIBLE_NOCOLOR": "1",
    "ANSIBLE_RETRY_FILES_ENABLED": "0",
    "COLUMNS": "100",
}
IMPORTS = (
    *(each.partition(":")[0] for each in PROGRAMS.values()),
    "ansible.executor.playbook_executor",
    "ansible.plugins.action",
    "pypsrp.powershell",
    "spnego",
    "requests",
)


class WarmRun:
    """One run, with the part of `subprocess.Popen` that tests use."""

    def __init__(self, connection: socket.socket, output: Path) -> None:
        self._connection, self._output = connection, output
        self._lines = connection.makefile("r", encoding="utf-8")
        self.pid = int(self._lines.readline())
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """The exit code; negative for a signal. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            self._connection.settimeout(timeout)
            try:
                answer = self._lines.readline()
            except TimeoutError:
                self._lines = self._connection.makefile("r", encoding="utf-8")
                raise subprocess.TimeoutExpired("ansible", timeout or 0.0) from None
            self.returncode = os.waitstatus_to_exitcode(int(answer))
            self._connection.close()
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Its output, when it has ended."""
        self.wait(timeout)
        return self._output.read_text(encoding="utf-8", errors="replace"), None

    def send_signal(self, number: int) -> None:
        """Send a signal to the program alone."""
        if self.returncode is None:
            os.kill(self.pid, number)


class Warm:
    """The process that has Ansible imported, and with that read its settings from the environment; all its runs have one home."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="warm")
        self._socket = Path(self._folder.name) / "socket"
        self._count = 0
        self._lock = threading.Lock()
        environment = {**os.environ, **ENVIRONMENT, "ANSIBLE_HOME": str(Path(self._folder.name) / "home")}
        self._process = subprocess.Popen([sys.executable, "-m", "tests.integration.warm", str(self._socket)], env=environment, cwd=ROOT)
        atexit.register(self.stop)
        end = time.monotonic() + READY_SECONDS
        while not self._socket.exists():
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError("the process that imports Ansible did not come up")
            time.sleep(0.02)

    def start(self, program: str, arguments: list[str], folder: Path) -> WarmRun:
        """Start a program with these arguments in a folder; its output goes to a file there."""
        with self._lock:
            self._count += 1
            output = folder / f"output{self._count}.txt"
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self._socket))
        wanted = {"program": program, "arguments": arguments, "folder": str(folder), "output": str(output)}
        connection.sendall(json.dumps(wanted).encode() + b"\n")
        return WarmRun(connection, output)

    def stop(self) -> None:
        """End it; runs that were started go on."""
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()


@cache
def shared() -> Warm:
    """The one of this process, ended with it."""
    return Warm()


def serve(place: str) -> None:
    """Import Ansible, then fork for every request."""
    _prepare()
    parent = os.getppid()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{place}.new")
    listener.listen(16)
    listener.settimeout(2.0)
    Path(f"{place}.new").rename(place)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait for a run
    while os.getppid() == parent:
        try:
            connection, _address = listener.accept()
        except TimeoutError:
            continue
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _attend(connection)
            os._exit(0)
        connection.close()


def _prepare() -> None:
    """Import what every run and every worker of it would import anew."""
    for name in IMPORTS:
        importlib.import_module(name)
    from ansible.plugins import loader

    loader.init_plugin_loader()
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    for path in sorted((ROOT / "plugins" / "plugin_utils").rglob("[!_]*.py")) + sorted((ROOT / "plugins" / "action").glob("*.py")):
        importlib.import_module(".".join((PACKAGE, *path.relative_to(ROOT).with_suffix("").parts)))
    loader.connection_loader.get("ansible.builtin.psrp", class_only=True)
    gc.collect()
    gc.freeze()  # else the collector of each fork touches, and so copies, every page of this process


def _attend(connection: socket.socket) -> None:
    """In a process of its own: start the run that is asked for, say its pid, wait, say how it ended."""
    connection.settimeout(None)
    wanted = json.loads(connection.makefile("r", encoding="utf-8").readline())
    ready, leads = os.pipe()
    pid = os.fork()
    if pid == 0:
        connection.close()
        os.close(ready)
        os.setsid()
        os.close(leads)
        _run(wanted)
    os.close(leads)
    os.read(ready, 1)  # until it leads a process group, which a signal may be sent to
    connection.sendall(f"{pid}\n".encode())
    _pid, status = os.waitpid(pid, 0)
    with contextlib.suppress(BrokenPipeError):  # who asked for it has ended before it
        connection.sendall(f"{status}\n".encode())


def _run(wanted: dict[str, Any]) -> None:
    """Become the program."""
    os.chdir(wanted["folder"])
    output = os.open(wanted["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    sys.argv = [wanted["program"], *wanted["arguments"]]
    module, _colon, name = PROGRAMS[wanted["program"]].partition(":")
    command_line = getattr(importlib.import_module(module), name)
    code = 250
    try:
        command_line.cli_executor(sys.argv)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # what the first process registered for its end is not done here


if __name__ == "__main__":
    serve(sys.argv[1])
