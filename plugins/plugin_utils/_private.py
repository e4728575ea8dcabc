# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private folders on the controller for what servers told: only their owner may read them, and nothing in them is ever overwritten.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ._rules.archives import MOST_ALL, MOST_FILE, Entry, zip_problem

PIECE = 1 << 20


class NotUnpacked(Exception):
    """A zip is damaged, or would do harm; the text is a part of a sentence."""


def make(folder: Path) -> Path:
    """A new private folder; those above it are made where they are missing. Raises OSError, FileExistsError where it is there already."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(mode=0o700)
    folder.chmod(0o700)  # whatever the umask took or left
    return folder


def write(path: Path, data: bytes) -> None:
    """A new file for its owner alone. Raises OSError, FileExistsError where it is there already."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600), "wb") as file:
        file.write(data)


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """The same for values. Raises OSError."""
    write(path, (json.dumps(values, indent=2, sort_keys=True) + "\n").encode())


def is_private(folder: Path) -> bool:
    """Whether nobody but its owner may enter a folder. Raises OSError."""
    return stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def unpack(source: Path, folder: Path) -> list[dict[str, Any]]:
    """Unpack a zip into a new folder below an existing one: ``path``, ``size`` and ``sha256`` of each file.

    Raises:
        NotUnpacked: nothing of it was written, or what was written is to be thrown away.
        OSError: the folder cannot be written.
    """
    try:
        with zipfile.ZipFile(source) as packed:
            infos = [each for each in packed.infolist() if not each.is_dir()]
            entries = [Entry(each.filename, each.file_size, each.external_attr >> 16, bool(each.flag_bits & 1)) for each in infos]
            if problem := zip_problem(entries):
                raise NotUnpacked(problem)
            make(folder)
            written, left = [], MOST_ALL
            for info, entry in zip(infos, entries, strict=True):
                data = _content(packed, info, min(MOST_FILE, left))
                left -= len(data)
                target = folder.joinpath(*entry.path.split("/"))
                for above in reversed([each for each in target.parents if folder in each.parents and not each.exists()]):
                    make(above)
                write(target, data)
                written.append({"path": entry.path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()})
            return sorted(written, key=lambda each: str(each["path"]))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotUnpacked(f"it is damaged ({error})") from None


def _content(packed: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The whole of a file, counted while it is unpacked: what a zip tells of sizes is not believed."""
    pieces, size = [], 0
    with packed.open(info) as file:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > most:
                raise NotUnpacked(f"{info.filename[:80]!r} in it is larger than it tells, or than {most} bytes")
            pieces.append(piece)
    return b"".join(pieces)


def files_below(folder: Path, most: int = MOST_ALL) -> dict[str, bytes]:
    """Path -> content of the XML and JSON files below a folder; links are not followed.

    Raises:
        OSError: something cannot be read.
        NotUnpacked: it is larger than an export is.
    """
    found: dict[str, bytes] = {}
    left = most
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".xml", ".json") or path.is_symlink() or not path.is_file():
            continue
        left -= path.stat().st_size
        if left < 0:
            raise NotUnpacked(f"it is larger than {most} bytes")
        found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
