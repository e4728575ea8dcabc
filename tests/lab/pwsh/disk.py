# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a simulated server's disk that our functions see: a folder each, on the real disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, MutableMapping
from pathlib import Path, PureWindowsPath
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._functions import FOLDER

from ..model.server import ModelServer

MODULE = "EntraConnectOps"
VERSION_LINE = "ModuleVersion"


class RecordFolder(MutableMapping[str, str]):
    """The files where our functions keep them: on disk, so that the model's people and snapshots see what is there."""

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


class Disk:
    """Program data, program files and drive C: of one server.

    Args:
        folder: where it is; made here.
        server: the server of the model.
    """

    def __init__(self, folder: Path, server: ModelServer) -> None:
        self.data, self.programs, self.drive = folder / "ProgramData", folder / "ProgramFiles", folder / "C"
        for each in (self.data, self.programs, self.drive):
            each.mkdir(parents=True)
        self._server = server
        server.files = RecordFolder(self.data)

    @property
    def modules(self) -> Path:
        """Where installed PowerShell modules are."""
        return self.programs / "WindowsPowerShell" / "Modules"

    def install_module(self) -> None:
        """Put our module there, as its installation does."""
        manifest = (FOLDER / f"{MODULE}.psd1").read_text(encoding="utf-8")
        version = next(line.split("'")[1] for line in manifest.splitlines() if line.strip().startswith(VERSION_LINE))
        shutil.copytree(FOLDER, self.modules / MODULE / version)

    def lay_out(self) -> None:
        """Write the installers that somebody put on the server in the model."""
        for path, installer in list(self._server.installers.items()):
            file = self.drive.joinpath(*PureWindowsPath(path).parts[1:])
            if not file.exists() or file.read_bytes() != installer.file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(installer.file)
