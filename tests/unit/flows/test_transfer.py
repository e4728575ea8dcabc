# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ends a transfer, each by its own code; how it goes on after lost answers is in tests/unit/test_transfer.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import Refused
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import claims, transfer
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal

from .stage import Stage, Told, ended

GOAL = Goal("srv2", "srv1", "", "", "settings")
THERE = {"exists": True, "size": 4, "sha256": "0" * 64}
PIECE = {"data": "ZGF0YQ==", "size": 4, "sha256": "", "end": True}


def done(work: Callable[..., Any], *arguments: Any) -> Told:
    """How it ended; a transfer has no outcome of its own where it was good."""

    def run() -> dict[str, Any]:
        work(*arguments)
        return {"outcome": "done"}

    return ended(run)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bin"
    path.write_bytes(b"data")
    return path


def test_a_file_that_is_too_large(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "MOST_BYTES", 3)
    assert done(transfer.send_file, Stage().flow(), file, "a.bin") == ("refused", [("file_local", "srv1")])


def test_a_file_that_vanishes_while_it_is_sent(file: Path) -> None:
    stage = Stage()
    stage.after["Get-EntraSyncFile"] = file.unlink
    assert done(transfer.send_file, stage.flow(), file, "a.bin") == ("incomplete", [("file_local", "srv1")])


def test_a_file_that_changes_while_it_is_sent(file: Path) -> None:
    stage = Stage()
    stage.answers["srv1", "Write-EntraSyncFile"] = Refused("checksum_wrong", "srv1", "another checksum")
    assert done(transfer.send_file, stage.flow(), file, "a.bin") == ("incomplete", [("transfer_wrong", "srv1")])


def test_a_transfer_that_gets_no_answer(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer.time, "sleep", lambda _seconds: None)
    stage = Stage()
    stage.lost("srv1", "Write-EntraSyncFile")
    assert done(transfer.send_file, stage.flow(), file, "a.bin") == ("incomplete", [("transfer_stopped", "srv1")])


def test_a_claim_that_is_lost_on_the_way(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    flow, other = stage.flow(), stage.flow()
    claims.take_topology(flow, flow.topology.read(), GOAL, False)
    flow.topology.lease_seconds = 0
    stage.after["Get-EntraSyncFile"] = lambda: claims.take_topology(other, other.topology.read(), GOAL, True)
    told = done(transfer.send_file, flow, file, "a.bin")
    assert told[1][0][0] == "claim_lost", told


@pytest.mark.parametrize("name", ["../x", "CON"])
def test_a_name_that_no_server_takes(name: str, tmp_path: Path) -> None:
    stage = Stage()
    assert (done(transfer.fetch_file, stage.flow(), name, tmp_path / "x"), stage.called) == (("refused", [("bad_file_name", "srv1")]), [])


def test_a_file_that_arrives_otherwise(tmp_path: Path) -> None:
    stage = Stage()
    stage.answers["srv1", "Get-EntraSyncFile"], stage.answers["srv1", "Read-EntraSyncFile"] = THERE, PIECE
    assert done(transfer.fetch_file, stage.flow(), "a.bin", tmp_path / "x") == ("incomplete", [("transfer_wrong", "srv1")])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_here(tmp_path: Path) -> None:
    stage = Stage()
    stage.answers["srv1", "Get-EntraSyncFile"], stage.answers["srv1", "Read-EntraSyncFile"] = THERE, PIECE
    assert done(transfer.fetch_file, stage.flow(), "a.bin", tmp_path / "no" / "x") == ("refused", [("file_local", "srv1")])
