# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PowerShell module of the collection as it is in this checkout: version and checksum, without the collection's own code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from ..model.server import ModelServer

SOURCE = Path(__file__).resolve().parents[3] / "plugins" / "plugin_utils" / "powershell"
PARTS = ("", "Private", "Public", "RoleCapabilities")
SUFFIXES = (".psd1", ".psm1", ".ps1", ".psrc")
NAMES = re.compile(r"([A-Za-z0-9_-]+/){0,2}[A-Za-z0-9_][A-Za-z0-9._-]*\.(ps1|psm1|psd1|psrc)")


def checksum(files: Mapping[str, str]) -> str:
    """SHA-256 over names and contents, as Get-FolderHash computes it."""
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    return hashlib.sha256("".join(f"{name} {sums[name]}\n" for name in sorted(sums)).encode()).hexdigest()


def collection() -> dict[str, str]:
    """What a server has on which this checkout's module is installed: version -> checksum."""
    paths = [path for part in PARTS for path in (SOURCE / part).glob("*") if path.suffix in SUFFIXES and (part or path.stem == "EntraConnectOps")]
    files = {path.relative_to(SOURCE).as_posix(): path.read_bytes().decode() for path in paths}
    found = re.search(r"ModuleVersion\s*=\s*'([^']+)'", files["EntraConnectOps.psd1"])
    assert found
    return {found[1]: checksum(files)}


def newest_first(server: ModelServer) -> list[str]:
    """The installed versions; PowerShell loads the first."""
    return sorted(server.modules, key=lambda version: [int(part) for part in version.split(".")], reverse=True)


def put(server: ModelServer, modules: dict[str, str]) -> None:
    """Install exactly these versions."""
    server.modules = modules
    server.modules_changed(bool(modules))
