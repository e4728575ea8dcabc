# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of a run: its page is written when the run has ended, however, and says who was active; nothing of it fails a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import CallFailed
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.reporting import note_interruption, report
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.staging import demote
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.timeline import timeline

from .stage import Stage

OPTIONS: dict[str, Any] = {
    "playbook": "own",
    "phase": "x",
    "outcome": "unknown",
    "details": {},
    "failed": None,
    "to_servers": False,
    "timeline": False,
}


def write(stage: Stage, folder: Path, run: dict[str, Any] | None = None, check: bool = False, **options: Any) -> tuple[Path, dict[str, Any]]:
    """Where it was written, and the fact by which the next call finds it."""
    flow = stage.flow()
    flow.run = run
    told = report(flow, {**OPTIONS, "report_dir": str(folder), **options}, check)
    return Path(told["path"]), (told.get("ansible_facts") or {}).get("entra_connect_run") or run or {}


def test_the_page_is_written_at_the_end(tmp_path: Path) -> None:
    """Not at each phase; it stands beside the file and says the same."""
    stage = Stage()
    path, run = write(stage, tmp_path)
    assert not path.with_suffix(".html").exists()
    write(stage, tmp_path, run, outcome="done", details={"goal": {"active": "srv2"}}, timeline=True)
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    values = json.loads(path.read_text(encoding="utf-8"))
    assert "srv2" in page and values["timeline"]["text"][0] in page
    assert set(values["journal"]) == {"srv1", "srv2"}
    assert any(path.with_suffix(".html").name in line for line in stage.said)


def test_a_plan_has_a_page_and_no_timeline(tmp_path: Path) -> None:
    """Nobody asks the servers for a past in check mode."""
    stage = Stage()
    path, _run = write(stage, tmp_path, outcome="planned", timeline=True, check=True)
    assert path.with_suffix(".html").exists() and "timeline" not in json.loads(path.read_text(encoding="utf-8"))


def test_a_run_that_was_refused_has_a_page(tmp_path: Path) -> None:
    """With what stood against it, the gates that failed too; it had done nothing, so that there is no timeline."""
    failed = {
        "msg": "The wizard is open.",
        "outcome": "refused",
        "gates": [{"id": "G10", "title": "t", "verdict": "fail", "evidence": "e", "text": ["open"]}],
    }
    path, _run = write(Stage(), tmp_path, failed=failed, timeline=True, details={"overrides": {"G9": "because"}, "health": {}})
    values = json.loads(path.read_text(encoding="utf-8"))
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert values["gates"][0]["id"] == "G10" and values["overrides"] == {"G9": "because"} and "health" not in values
    assert "timeline" not in values and "The wizard is open." in page and "G10" in page


def test_a_run_that_stopped_says_how_to_go_on_and_back_in_file_and_page(tmp_path: Path) -> None:
    """One that had begun; a refused one has nothing to go back from."""
    failed = {"msg": "The cycle did not end well.", "outcome": "incomplete"}
    path, run = write(Stage(), tmp_path, details={"claimed": True})
    write(Stage(), tmp_path, run, failed=failed)
    values = json.loads(path.read_text(encoding="utf-8"))
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert values["next_steps"][0] == "to go on: run the same command again" and "rollback" in values["next_steps"][1]
    assert all(each in page for each in values["next_steps"])
    path, _run = write(Stage(), tmp_path, failed={**failed, "outcome": "refused"})
    assert json.loads(path.read_text(encoding="utf-8"))["next_steps"] == []


def test_an_interrupted_run_has_a_page(tmp_path: Path) -> None:
    stage = Stage()
    path, run = write(stage, tmp_path)
    note_interruption(None, "Ctrl-C", run)
    assert "Ctrl-C" in path.with_suffix(".html").read_text(encoding="utf-8")


def test_a_past_that_cannot_be_read_is_told_and_fails_nothing(tmp_path: Path) -> None:
    stage = Stage()
    for function in ("Get-EntraSyncRun", "Get-EntraSyncJournal"):
        stage.answers["srv2", function] = CallFailed("server_error", "srv2", "it broke")
    told = timeline(stage.flow())
    assert told["timeline"]["ok"] is False and "srv2" in told["timeline"]["reason"]
    assert told["journal"]["srv2"] == [{"at": "", "function": "not read", "what": "server_error"}]
    assert json.dumps(told)


def test_who_was_active_around_a_switch_is_told_to_the_second() -> None:
    """By the runs and journals of both servers: first one, then nobody, then the other."""
    stage = Stage()
    stage.world.clock.advance(4000)
    demote(stage.flow(), "settings", False)
    flow: Flow = stage.flow("srv2")
    stage.world.clock.advance(120)
    stage.turn("srv2", False)
    stage.world.clock.advance(4000)
    told = timeline(flow)["timeline"]
    assert [each["server"] for each in told["spans"]] == ["srv1", "srv2"]
    assert [(each["after"], each["before"]) for each in told["gaps"]] == [("srv1", "srv2")]
    assert told["overlaps"] == []
