# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files between the controller and the one folder of ours on a server, in chunks over the session that is open anyway.

Internal to the collection: no promise of stability between releases.

A chunk is appended at its offset or refused, so a lost answer is followed by a question, and the rest is sent from what is there. A part is
gone on with only where it is a beginning of the file at hand, by its checksum: a part of another file of that name is thrown away.
"""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .._errors import ConnectError, Refused, ResultUnknown
from .._rules.files import CHUNK_BYTES, MOST_BYTES, name_problem, size_text
from .flow import CLAIM_LOST, Flow, Stop

ATTEMPTS = 3  # in a row, without a byte more
WAIT_SECONDS = 5.0
TELL_SECONDS = 2.0
ASK_AGAIN = frozenset({"busy", "file_offset", "file_unread"})  # nothing was done, and what is there may be another thing than before
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class LocalFile:
    """A file on the controller, as it is now.

    Attributes:
        size: in bytes.
        sha256: its checksum, hexadecimal in small letters.
    """

    path: Path
    size: int
    sha256: str

    @classmethod
    def of(cls, server: str, path: Path) -> LocalFile:
        """Read it once.

        Raises:
            Stop: ``file_local``, it cannot be read or is too large.
        """
        try:
            size = path.stat().st_size
            if size > MOST_BYTES:
                raise Stop(
                    "refused", "file_local", server, path=path, detail=f"it has {size_text(size)}, at most {size_text(MOST_BYTES)} can be sent"
                )
            return cls(path, size, sha256_of(path, size))
        except OSError as error:
            raise Stop("refused", "file_local", server, path=path, detail=error.strerror) from None


def sha256_of(path: Path, size: int) -> str:
    """The checksum of the first ``size`` bytes of a file, in small letters. Raises OSError."""
    total, left = hashlib.sha256(), size
    with path.open("rb") as file:
        while left and (data := file.read(min(left, 1 << 20))):
            total.update(data)
            left -= len(data)
    return total.hexdigest()


def send_file(flow: Flow, path: Path, name: str) -> bool:
    """Bring a file of the controller into the server's folder under this name; false where it was there already.

    Raises:
        Stop: ``bad_file_name`` or ``file_local``, nothing was sent; ``transfer_stopped``, where the same call goes on later; ``transfer_wrong``;
            ``claim_lost``.
        SessionError: the server refused for another reason, such as a full disk (``file_write``).
    """
    if problem := name_problem(name):
        raise Stop("refused", "bad_file_name", flow.server, detail=problem)
    local = LocalFile.of(flow.server, path)
    if _is_whole(flow.topology.call(flow.server, "Get-EntraSyncFile", Name=name), local):
        return False
    transfer = _Transfer(flow, name, local.size, f"{flow.server}: sending {name}")
    while True:
        offset = transfer.attempt(lambda: _present(flow, local, name))
        if offset is not None and offset > transfer.offset:
            transfer.at(offset)  # an answer was lost, not the chunk
        while offset is not None:
            sent = transfer.attempt(lambda at=offset: _chunk(flow, local, name, at), once=True)  # type: ignore[misc]
            if sent is None:
                break  # ask what is there
            offset, complete = sent
            transfer.at(offset)
            if complete:
                return True
        if offset is None:
            return True  # the answer to the last chunk had been lost


def fetch_file(flow: Flow, name: str, path: Path) -> None:
    """Bring a file of the server's folder to the controller, readable for its owner alone; it gets its name when it is whole.

    Raises:
        Stop: ``bad_file_name``, ``file_missing``, ``file_local``, ``transfer_stopped``, ``transfer_wrong``.
        SessionError: the server refused for another reason.
    """
    if problem := name_problem(name):
        raise Stop("refused", "bad_file_name", flow.server, detail=problem)
    found = flow.topology.call(flow.server, "Get-EntraSyncFile", Name=name)
    if found.get("exists") is not True:
        raise Stop("refused", "file_missing", flow.server, detail=name)
    size, wanted = int(found["size"]), str(found["sha256"]).lower()
    transfer = _Transfer(flow, name, size, f"{flow.server}: fetching {name}")
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            end = size == 0
            while not end:
                answer = transfer.attempt(lambda: _piece(flow, name, transfer.offset))
                if answer is None:
                    raise AssertionError("a piece that was read has no answer")
                data, end = answer
                if not data or transfer.offset + len(data) > size:
                    break  # another file has its name now; the checksum tells
                file.write(data)
                transfer.at(transfer.offset + len(data))
        if sha256_of(part, size + 1) != wanted:
            raise Stop("incomplete", "transfer_wrong", flow.server, name=name, detail="its checksum is another one")
        part.replace(path)
    except OSError as error:
        raise Stop("refused", "file_local", flow.server, path=path, detail=error.strerror) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _is_whole(found: dict[str, Any], local: LocalFile) -> bool:
    return found.get("exists") is True and str(found.get("sha256")).lower() == local.sha256


def _present(flow: Flow, local: LocalFile, name: str) -> int | None:
    """Where to go on; none where all is there. What is there of another file is thrown away."""
    found = flow.topology.call(flow.server, "Get-EntraSyncFile", Name=name)
    if _is_whole(found, local):
        return None
    part = int(found.get("part_size") or 0)
    if 0 < part <= local.size and str(found.get("part_sha256")).lower() == _local(flow, local, lambda: sha256_of(local.path, part)):
        flow.tell(f"{flow.server}: {size_text(part)} of {name} are there, going on from there")
        return part
    if part:
        flow.topology.call(flow.server, "Remove-EntraSyncFile", Name=name, PartOnly=True)
    return 0


def _chunk(flow: Flow, local: LocalFile, name: str, offset: int) -> tuple[int, bool]:
    """Send one chunk: how much has arrived then, and whether that was the last."""

    def read() -> bytes:
        with local.path.open("rb") as file:
            file.seek(offset)
            return file.read(min(CHUNK_BYTES, local.size - offset))

    data = base64.b64encode(_local(flow, local, read)).decode()
    answer = flow.topology.call(flow.server, "Write-EntraSyncFile", Name=name, Offset=offset, Data=data, Size=local.size, Sha256=local.sha256)
    return int(answer["size"]), answer["complete"] is True


def _local(flow: Flow, local: LocalFile, read: Callable[[], Answer]) -> Answer:
    try:
        return read()
    except OSError as error:
        raise Stop("incomplete", "file_local", flow.server, path=local.path, detail=error.strerror) from None


def _piece(flow: Flow, name: str, offset: int) -> tuple[bytes, bool]:
    answer = flow.topology.call(flow.server, "Read-EntraSyncFile", Name=name, Offset=offset, Length=CHUNK_BYTES)
    return base64.b64decode(str(answer["data"])), answer["end"] is True


class _Transfer:
    """How far a transfer is, what has gone wrong in a row, and what is told of it."""

    def __init__(self, flow: Flow, name: str, size: int, what: str) -> None:
        self.flow, self.name, self.size, self.what = flow, name, size, what
        self.offset = self.failed = 0
        self._told = self._renewed = time.monotonic()
        self._tenths = 0
        flow.tell(f"{what}, {size_text(size)}")

    def attempt(self, call: Callable[[], Answer], once: bool = False) -> Answer | None:
        """Do a call that may be repeated; with ``once`` a failure is none, and the caller asks what is there.

        Raises:
            Stop: ``transfer_stopped`` after so many failures in a row, ``transfer_wrong``.
        """
        while True:
            try:
                return call()
            except (Refused, ResultUnknown, ConnectError) as error:
                self._judge(error)
            if once:
                return None

    def at(self, offset: int) -> None:
        """So much has arrived: tell it now and then, and keep the claim."""
        self.offset, self.failed = offset, 0
        now, tenths = time.monotonic(), 10 * offset // max(self.size, 1)
        if tenths > self._tenths and now - self._told >= TELL_SECONDS and offset < self.size:
            self._tenths, self._told = tenths, now
            self.flow.tell(f"{self.what}: {100 * offset // self.size} % of {size_text(self.size)}")
        topology = self.flow.topology
        if now - self._renewed > topology.lease_seconds / 3:
            self._renewed = now
            for name, read in topology.renew(topology.names).items():
                if read.silent_kind in CLAIM_LOST:
                    raise Stop("incomplete", "claim_lost", name, detail=read.silent_message)

    def _judge(self, error: Refused | ResultUnknown | ConnectError) -> None:
        """Wait for another attempt, or end it."""
        if isinstance(error, Refused) and error.code == "checksum_wrong":
            raise Stop("incomplete", "transfer_wrong", self.flow.server, name=self.name, detail=error.detail) from None
        if isinstance(error, Refused) and error.code not in ASK_AGAIN:
            raise error
        self.failed += 1
        if self.failed >= ATTEMPTS:
            where, detail = self.flow.server, error.detail or error.code
            raise Stop("incomplete", "transfer_stopped", where, name=self.name, offset=self.offset, size=self.size, detail=detail) from None
        time.sleep(min(self.flow.waits.poll_interval, WAIT_SECONDS))
