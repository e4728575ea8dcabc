# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits end, the result file can be written, and what was installed reads so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import claims, server_module
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.reporting import report
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.waits import wait_idle
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal

from .stage import Stage, ended

REPORT: dict[str, Any] = {"outcome": "unknown", "failed": None, "playbook": "status", "phase": "", "details": {}, "to_servers": False}


def wait(flow: Any) -> dict[str, Any]:
    """Until no cycle runs."""
    wait_idle(flow)
    return {"outcome": "done"}


def test_a_wait_ends_and_names_its_limit() -> None:
    """The cycle goes on."""
    stage = Stage()
    stage["srv1"].cycles.in_progress = True
    assert ended(wait, stage.flow(idle_timeout=0)) == ("incomplete", [("wait_timed_out", "srv1")])


def test_a_wait_ends_where_the_claim_is_lost() -> None:
    """Somebody else has the server now."""
    stage = Stage()
    flow, other = stage.flow(), stage.flow()
    claims.take_topology(flow, flow.topology.read(), Goal("srv2", "srv1", "", "", "settings"), False)
    claims.take_topology(other, other.topology.read(), Goal("srv1", "srv1", "", "", "settings"), True)
    stage["srv1"].cycles.in_progress = True
    flow.waits = type(flow.waits)(idle_timeout=0, poll_interval=0.0)
    assert ended(wait, flow) == ("incomplete", [("claim_lost", "srv1")])


def test_a_claim_on_one_server_is_not_looked_for_on_the_others() -> None:
    """Found as a release by hand that waited for longer than a third of the lease: the other server has the claim of the run that stopped."""
    stage = Stage()
    other, flow = stage.flow(), stage.flow()
    claims.take_topology(other, other.topology.read(), Goal("srv2", "srv1", "", "", "settings"), False)
    claims.end(other, "incomplete")
    with claims.own_server(flow):
        stage.called.clear()
        flow.keep_claim()
        assert stage.called == [("srv1", "Update-EntraSyncLease")]
        assert set(flow.topology.poll()) == {"srv1", "srv2"}
    assert list(flow.topology.claimed) == ["srv1", "srv2"]


def test_an_outcome_that_is_no_word_of_the_table(tmp_path: Path) -> None:
    """No file is written for it."""
    assert ended(report, Stage().flow(), {**REPORT, "outcome": "great", "report_dir": str(tmp_path)}, False) == ("refused", [("bad_outcome", "srv1")])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A run that could not tell how it ended does not begin."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = ended(report, Stage().flow(), {**REPORT, "report_dir": str(tmp_path / "file" / "below")}, False)
    assert told == ("refused", [("report_unwritable", "srv1")])


def test_installed_is_what_reads_as_installed() -> None:
    """The call was answered, but nothing is there."""
    stage = Stage()
    stage.answers["srv1", "Install-EntraSyncModule"] = {"changed": True, "left": []}
    assert ended(server_module.install, stage.flow(), "present", False) == ("incomplete", [("module_unproved", "srv1")])
