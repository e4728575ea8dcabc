# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Search a secret in all that a run leaves behind, in every form that it could have there."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

SECRET = "Canary-7f3a:<&>$\"'%{x}"  # noqa: S105 - made for being searched; its odd characters show which forms are looked for


def forms(secret: str) -> list[bytes]:
    """The secret as it is, as JSON, as URL, as XML text would have it, in base64 at each offset, and as UTF-16."""
    from urllib.parse import quote
    from xml.sax.saxutils import escape

    plain = secret.encode()
    found = {
        plain,
        json.dumps(secret)[1:-1].encode(),
        json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
        quote(secret).encode(),
        repr(secret)[1:-1].encode(),
    }
    found |= {escape(secret).encode(), secret.encode("utf-16-le"), secret.encode("unicode_escape")}
    for data in (plain, secret.encode("utf-16-le")):  # the latter as PowerShell's encoded commands have it
        for offset in range(3):  # what stands before it moves base64's letters
            found.add(base64.b64encode(bytes(offset) + data)[4 if offset else 0 : -4])
    return sorted(found)


class Search:
    """Counts bytes and finds.

    Attributes:
        searched: how many bytes were looked through.
        found: where the secret was.
    """

    def __init__(self, secret: str = SECRET) -> None:
        self.searched, self.found = 0, list[str]()
        self._forms = forms(secret)

    def text(self, where: str, text: str | bytes) -> None:
        """Look through one text."""
        data = text.encode() if isinstance(text, str) else text
        self.searched += len(data)
        if any(form in data for form in self._forms):
            self.found.append(where)

    def files(self, folders: Iterable[Path], but: Iterable[Path] = ()) -> None:
        """Look through all files below folders, but for those that the user wrote the secret into."""
        left_out = set(but)
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path not in left_out:
                    self.text(str(path), path.read_bytes())


class ProcessList:
    """Watches, while it is open, the arguments and the environment of every process, as ``ps`` would show them.

    Args:
        search: is told what it sees; each text once.
    """

    def __init__(self, search: Search) -> None:
        self._search, self._seen = search, set[bytes]()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.rounds = 0

    def __enter__(self) -> ProcessList:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.rounds += 1
            for process in Path("/proc").glob("[0-9]*"):
                if int(process.name) == os.getpid():
                    continue
                for part in ("cmdline", "environ"):
                    with suppress(OSError):
                        self._look(f"{part} of a process", (process / part).read_bytes())

    def _look(self, where: str, data: bytes) -> None:
        if data not in self._seen:
            self._seen.add(data)
            self._search.text(f"{where}: {data[:80]!r}", data)
