# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending and fetching files against the lab's twins, with answers and effects that get lost on the way; no connection."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ConnectError, Refused, ResultUnknown
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import transfer
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow, Stop, Waits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from .one_server import CHUNK, GET, READ, WRITE, Servers, lost, no_fault


@pytest.fixture
def servers() -> Servers:
    return Servers()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def flow(servers: Servers, said: list[str]) -> Flow:
    return Flow(servers, "srv1", Waits(poll_interval=0.0), said.append)  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bin"
    path.write_bytes(os.urandom(3 * CHUNK + 5))
    return path


UNKNOWN = ResultUnknown("connection_lost", "srv1", "gone")
DOWN = ConnectError("unreachable", "srv1", "no route")
BUSY = Refused("busy", "srv1", "another change")


def test_sent_whole_and_not_again(servers: Servers, flow: Flow, file: Path, said: list[str]) -> None:
    assert transfer.send_file(flow, file, "a.msi") is True
    assert dict(servers.model.stored) == {"a.msi": file.read_bytes()} and servers.count(WRITE) == 4
    assert said == ["srv1: sending a.msi, 786 KB"]
    assert transfer.send_file(flow, file, "a.msi") is False
    assert servers.count(WRITE) == 4


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
def test_every_size(size: int, servers: Servers, flow: Flow, file: Path) -> None:
    file.write_bytes(os.urandom(size))
    assert transfer.send_file(flow, file, "a.msi") is True
    back = file.with_name("back")
    transfer.fetch_file(flow, "a.msi", back)
    assert back.read_bytes() == file.read_bytes() == servers.model.stored["a.msi"]


@pytest.mark.parametrize("error", [UNKNOWN, DOWN, BUSY], ids=["unknown", "down", "busy"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_lost_chunk_is_asked_for(number: int, after: bool, error: Exception, servers: Servers, flow: Flow, file: Path) -> None:
    servers.fault = lost(error, WRITE, number, after=after)
    assert transfer.send_file(flow, file, "a.msi") is True
    assert dict(servers.model.stored) == {"a.msi": file.read_bytes()}
    assert servers.count(WRITE) == 4 + (not after)


def test_the_question_is_repeated_too(servers: Servers, flow: Flow, file: Path) -> None:
    servers.fault = lost(UNKNOWN, GET, 2, 3)
    assert transfer.send_file(flow, file, "a.msi") is True


def test_it_stops_after_three_failures_in_a_row_and_goes_on_later(servers: Servers, flow: Flow, file: Path, said: list[str]) -> None:
    servers.fault = lost(UNKNOWN, WRITE, *range(3, 99))
    with pytest.raises(Stop) as stop:
        transfer.send_file(flow, file, "a.msi")
    refusal = stop.value.refusals[0]
    assert (stop.value.outcome, refusal.code) == ("incomplete", "transfer_stopped")
    assert (refusal.params["offset"], refusal.params["size"], servers.count(WRITE)) == (2 * CHUNK, 3 * CHUNK + 5, 5)
    servers.fault = no_fault
    assert transfer.send_file(flow, file, "a.msi") is True
    assert servers.count(WRITE) == 7 and dict(servers.model.stored) == {"a.msi": file.read_bytes()}
    assert said[-1] == "srv1: 524 KB of a.msi are there, going on from there"


@pytest.mark.parametrize("part", [b"another file", b"x" * (4 * CHUNK)], ids=["another beginning", "longer than the file"])
def test_a_part_of_another_file_is_thrown_away(part: bytes, servers: Servers, flow: Flow, file: Path) -> None:
    servers.model.stored["a.msi.part"] = part
    assert transfer.send_file(flow, file, "a.msi") is True
    assert dict(servers.model.stored) == {"a.msi": file.read_bytes()} and servers.count(WRITE) == 4


def test_a_part_that_lacks_only_its_name(servers: Servers, flow: Flow, file: Path) -> None:
    servers.model.stored["a.msi.part"] = file.read_bytes()
    assert transfer.send_file(flow, file, "a.msi") is True
    assert dict(servers.model.stored) == {"a.msi": file.read_bytes()} and servers.count(WRITE) == 1


def test_two_senders_of_one_file_end_with_one_file(servers: Servers, flow: Flow, file: Path) -> None:
    """The other one is quicker at the third piece, and again at the last."""

    def other(called: str, number: int, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if called == WRITE and number in (3, 5):
            call()
        return call()

    servers.fault = other
    assert transfer.send_file(flow, file, "a.msi") is True
    assert dict(servers.model.stored) == {"a.msi": file.read_bytes()}


def test_a_file_that_changes_while_it_is_sent(servers: Servers, flow: Flow, file: Path) -> None:
    def change(called: str, number: int, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if (called, number) == (WRITE, 2):
            file.write_bytes(os.urandom(3 * CHUNK + 5))
        return call()

    servers.fault = change
    with pytest.raises(Stop) as stop:
        transfer.send_file(flow, file, "a.msi")
    assert stop.value.refusals[0].code == "transfer_wrong" and dict(servers.model.stored) == {}


def test_a_full_disk_is_told_as_it_is(servers: Servers, flow: Flow, file: Path) -> None:
    servers.model.disk_full = True
    with pytest.raises(Refused) as refused:
        transfer.send_file(flow, file, "a.msi")
    assert refused.value.code == "file_write" and servers.count(WRITE) == 1


@pytest.mark.parametrize(("name", "code"), [("CON", "bad_file_name"), ("../x", "bad_file_name"), ("a.msi", "file_local")])
def test_nothing_is_asked_for_what_cannot_be_sent(name: str, code: str, servers: Servers, flow: Flow, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        transfer.send_file(flow, tmp_path / "nowhere", name)
    assert (stop.value.outcome, stop.value.refusals[0].code, servers.calls) == ("refused", code, [])


def test_a_claim_that_is_lost_ends_it(servers: Servers, flow: Flow, file: Path) -> None:
    """It is renewed on the way, and somebody else has it by then."""
    servers.lease_seconds = 0
    servers.renewed = {"srv1": ServerRead.silent("srv1", "claim_changed", "me@host holds it")}
    with pytest.raises(Stop) as stop:
        transfer.send_file(flow, file, "a.msi")
    assert stop.value.refusals[0].code == "claim_lost" and servers.count(WRITE) == 1


@pytest.mark.parametrize("numbers", [(), (1,), (2, 3)])
def test_fetched_whole_for_its_owner_alone(numbers: tuple[int, ...], servers: Servers, flow: Flow, tmp_path: Path) -> None:
    data = os.urandom(2 * CHUNK + 1)
    servers.model.stored["export.json"] = data
    servers.fault = lost(UNKNOWN, READ, *numbers)
    path = tmp_path / "export.json"
    path.write_bytes(b"an older one")
    path.chmod(0o644)
    (tmp_path / "export.json.part").write_bytes(b"left by a crash")
    transfer.fetch_file(flow, "export.json", path)
    assert path.read_bytes() == data and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path] and servers.count(READ) == 3 + len(numbers)


def test_fetch_keeps_the_old_file_where_it_fails(servers: Servers, flow: Flow, tmp_path: Path) -> None:
    """Lost for good, or another file under that name in the middle."""
    path = tmp_path / "a"
    path.write_bytes(b"an older one")
    servers.model.stored["a"] = os.urandom(2 * CHUNK)

    def replaced(called: str, number: int, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if (called, number) == (READ, 5):
            servers.model.stored["a"] = os.urandom(2 * CHUNK)
        return call()

    for fault, code in ((lost(UNKNOWN, READ, 2, 3, 4), "transfer_stopped"), (replaced, "transfer_wrong")):
        servers.fault = fault
        servers.calls = servers.calls[:0] if code == "transfer_stopped" else [(READ, {})] * 3
        with pytest.raises(Stop) as stop:
            transfer.fetch_file(flow, "a", path)
        assert stop.value.refusals[0].code == code
        assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"an older one"]


def test_fetch_of_nothing(servers: Servers, flow: Flow, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        transfer.fetch_file(flow, "a", tmp_path / "a")
    assert stop.value.refusals[0].code == "file_missing" and list(tmp_path.iterdir()) == []


def test_progress_is_told_now_and_then(flow: Flow, file: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """By tenths, and not more often than every two seconds of its clock."""
    file.write_bytes(b"x" * (20 * CHUNK))
    seconds = iter(range(10000))
    monkeypatch.setattr(transfer.time, "monotonic", lambda: float(next(seconds)))
    transfer.send_file(flow, file, "a.msi")
    assert said[:3] == ["srv1: sending a.msi, 5.2 MB", "srv1: sending a.msi: 10 % of 5.2 MB", "srv1: sending a.msi: 20 % of 5.2 MB"]
    assert len(said) == 10


def test_the_checksum_of_a_beginning(file: Path) -> None:
    assert transfer.sha256_of(file, 10) == hashlib.sha256(file.read_bytes()[:10]).hexdigest()
