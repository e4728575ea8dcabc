# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback server whose WinRS shell runs command lines on a real PowerShell, and the real ``winrm`` connection plugin as its client."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path
from typing import Any

from ansible.playbook.play_context import PlayContext
from ansible.plugins.loader import connection_loader

from tests.lab.host import LabHost
from tests.lab.pwsh.engine import find, script_in
from tests.lab.winrs import WinRsShell
from tests.unit.lab.client import USERS, EchoEngine

# What a server that allows nothing else would start with; -Command runs it in the same language mode as a policy would
CONSTRAINED = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'\n"


class Engine:
    """Starts the scripts of command lines.

    Attributes:
        before: script text that runs before each of them, as a profile or a policy would.
        started: their processes.
        lines: the command lines as they came.
    """

    def __init__(self, folder: Path) -> None:
        self.before = ""
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        self.lines: list[str] = []

    def spawn(self, command_line: str) -> subprocess.Popen[bytes]:
        """Start one."""
        self.lines.append(command_line)
        encoded = base64.b64encode((self.before + script_in(command_line)).encode("utf-16-le")).decode()
        command = [str(find()), "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]
        pipe = subprocess.PIPE
        there = {**os.environ, "HOME": str(self.folder), "ProgramFiles": str(self.folder)}
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=self.folder, start_new_session=True, env=there)
        self.started.append(process)
        return process


def server(spawn: Any, name: str = "srv1") -> LabHost:
    """A server without PSRP functions whose command shells start processes with ``spawn``."""
    host = LabHost(name, EchoEngine(), USERS)
    host.new_command_shell = lambda request, user: WinRsShell(request, user, spawn)
    return host


def connection(port: int, password: str = "pw", **extras: Any) -> Any:
    """The real connection plugin, set up as inventory variables would."""
    made = connection_loader.get("winrm", PlayContext(), "/dev/null")
    variables = {
        "ansible_host": "127.0.0.1",
        "ansible_port": port,
        "ansible_user": "lab",
        "ansible_password": password,
        "ansible_winrm_scheme": "http",
        "ansible_winrm_transport": ["plaintext"],
        "ansible_winrm_connection_timeout": 5,
        "inventory_hostname": "srv1",
        "_extras": {f"ansible_winrm_{key}": value for key, value in {"message_encryption": "never", **extras}.items()},
    }
    made.set_options(var_options=variables)
    return made
