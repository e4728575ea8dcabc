# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a simulated server's disk that our functions see: a folder each, on the real disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, MutableMapping
from pathlib import Path, PureWindowsPath
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._server_module import NAME, files, version

from ..model import configuration
from ..model.server import ModelServer
from . import coverage


class RecordFolder(MutableMapping[str, str]):
    """The files where our functions keep them: on disk, so that the model's people and snapshots see what is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "EntraConnectOps"

    def __getitem__(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError:
            raise KeyError(name) from None

    def __setitem__(self, name: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def __delitem__(self, name: str) -> None:
        (self.folder / name).unlink()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name for path in self.folder.glob("*.json")))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __deepcopy__(self, memo: Any) -> dict[str, str]:
        return dict(self)


class StoredFolder(MutableMapping[str, bytes]):
    """Our own folder of files, on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "EntraConnectOps" / "files"

    def __getitem__(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            raise KeyError(name) from None

    def __setitem__(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)

    def __delitem__(self, name: str) -> None:
        (self.folder / name).unlink()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name for path in self.folder.glob("*")))

    def __len__(self) -> int:
        return len(list(iter(self)))


class Disk:
    """Program data, program files and drive C: of one server.

    Args:
        folder: where it is; made here.
        server: the server of the model.
        engine: the PowerShell that marks our functions' lines where coverage is wanted.
    """

    def __init__(self, folder: Path, server: ModelServer, engine: str | None = None) -> None:
        self.data, self.programs, self.drive = folder / "ProgramData", folder / "ProgramFiles", folder / "C"
        for each in (self.data, self.programs, self.drive):
            each.mkdir(parents=True)
        self._server, self._engine = server, engine
        server.files, server.stored = RecordFolder(self.data), StoredFolder(self.data)

    @property
    def modules(self) -> Path:
        """Where installed PowerShell modules are."""
        return self.programs / "WindowsPowerShell" / "Modules"

    def install_module(self) -> None:
        """Put our module there, as its installation does."""
        source = coverage.source(self._engine)
        for name in files():
            file = self.modules / NAME / version() / name
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, file)

    def lay_out(self) -> None:
        """Write the installers that somebody put on the server in the model, and the file that its wizard wrote."""
        self._lay_out_wizard()
        for path, installer in list(self._server.installers.items()):
            file = self.drive.joinpath(*PureWindowsPath(path).parts[1:])
            if not file.exists() or file.read_bytes() != installer.file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(installer.file)

    def _lay_out_wizard(self) -> None:
        told, folder = configuration.wizard_file(self._server), self.data / "AADConnect"
        if told is None:
            shutil.rmtree(folder, ignore_errors=True)
        elif not (folder / told[0]).exists():
            folder.mkdir(exist_ok=True)
            (folder / told[0]).write_text(told[1], encoding="utf-8")
            os.utime(folder / told[0], (told[2], told[2]))
