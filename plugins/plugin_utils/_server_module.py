# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our functions as a PowerShell module: its version, its files, their checksum, and which versions fit this collection.

Internal to the collection: no promise of stability between releases.

The version stands in the manifest ``EntraConnectOps.psd1`` alone; that of ``galaxy.yml`` equals it by test.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache

from ._functions import FOLDER

NAME = "EntraConnectOps"
PATTERNS = ("*.psd1", "*.psm1", "Public/*.ps1", "Private/*.ps1", "RoleCapabilities/*.psrc")
_VERSION = re.compile(r"^\s*ModuleVersion\s*=\s*'(\d+\.\d+\.\d+)'", re.M)


@cache
def version() -> str:
    """Version of the module, and so of this collection."""
    found = _VERSION.search((FOLDER / f"{NAME}.psd1").read_text(encoding="utf-8"))
    if found is None:
        raise AssertionError(f"{NAME}.psd1 has no ModuleVersion of three numbers")
    return found[1]


def major() -> str:
    """Its first number: installed versions that have it fit."""
    return version().split(".", maxsplit=1)[0]


@cache
def files() -> Mapping[str, str]:
    """Relative name, with slashes -> text, of everything that is installed. Help is kept, for people on the server."""
    paths = sorted(path for pattern in PATTERNS for path in FOLDER.glob(pattern))
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes().decode("utf-8") for path in paths}


def files_text() -> str:
    """The files as the one JSON text that ``Install-EntraSyncModule`` takes."""
    return json.dumps(files())


def sha256() -> str:
    """Checksum over all files, computed as ``Get-FolderHash`` does on a server."""
    lines = [f"{name} {hashlib.sha256(text.encode()).hexdigest()}\n" for name, text in sorted(files().items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def misfit(found: str) -> str:
    """What is wrong with an installed version, as a part of a sentence; empty where it has this collection's major number.

    A version that cannot be told fits no more than a wrong one: nobody knows what its functions do.
    """
    if re.fullmatch(rf"{major()}(\.\d+)+", found):
        return ""
    return f"version {found or 'unknown'} of {NAME}, this collection needs {major()}.x"
