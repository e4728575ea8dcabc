# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of the user's own tasks, and files that cannot be run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import claims
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.hooks import begin, file_sentences, judge
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import Goal

from .stage import Stage, ended

GOOD = {"id": "s-1", "time": "2026-11-02T12:00:00Z"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"name": "before_demote"}, ("done", [])),
        ({"name": "on_stop", "failed": {"msg": "no"}}, ("incomplete", [("hook_failed", "srv1")])),
        ({"failed": {}}, ("incomplete", [("hook_failed", "srv1")])),
        ({"result": GOOD, "required": True}, ("done", [])),
        ({"result": {}, "required": True}, ("incomplete", [("snapshot_missing", "srv1")])),
        ({"result": {"id": "s-1"}, "required": False}, ("done", [])),
    ],
)
def test_judged(options: dict[str, Any], told: Any) -> None:
    """A task that failed ends it; a snapshot without evidence does where one is required, and is told where not."""
    made = Stage()
    assert ended(judge, made.flow(), {"name": "snapshot", "failed": None, "result": None, "required": False, **options}) == told
    assert made.called == []
    assert any("not checked" in line for line in made.said) == (options.get("result") == {"id": "s-1"})


def claimed(seconds: int) -> tuple[Stage, Flow]:
    """Both servers are claimed, and the claim was renewed for as long as the tasks may take."""
    made = Stage()
    flow = made.flow()
    claims.take_topology(flow, flow.topology.read(), Goal("srv2", "srv1", "", "", "settings"), False)
    assert begin(flow, seconds) == {"outcome": "done", "snapshot": {}}
    return made, flow


@pytest.mark.parametrize(("seconds", "live"), [(900, True), (1, False)])
def test_the_claim_lives_while_they_run(monkeypatch: pytest.MonkeyPatch, seconds: int, live: bool) -> None:
    """On every server, for the time that they may take; leases are on the clock of the machine, also in the lab."""
    made, _flow = claimed(seconds)
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    reads = made.flow().topology.read()
    assert {name: read.claim is not None and read.claim.live for name, read in reads.items()} == {"srv1": live, "srv2": live}


@pytest.mark.parametrize(("name", "told"), [("snapshot", ("incomplete", [("claim_lost", "srv1")])), ("revert_snapshot", ("done", []))])
def test_who_has_taken_over_meanwhile(name: str, told: Any) -> None:
    """The run ends there; after a snapshot was brought back the role that claims anew looks at it."""
    made, flow = claimed(900)
    other = made.flow()
    claims.take_topology(other, other.topology.read(), Goal("srv1", "srv1", "", "", "settings"), True)
    assert ended(judge, flow, {"name": name, "failed": None, "result": GOOD, "required": True}) == told


def test_files_that_cannot_be_run(tmp_path: Path) -> None:
    """One sentence each, with what to write instead; what is not given is not looked at."""
    good, bad = tmp_path / "good.yml", tmp_path / "bad.yml"
    good.write_text("- name: a\n  debug:\n", encoding="utf-8")
    bad.write_text("a: b\n", encoding="utf-8")
    values = {"entra_connect_snapshot": str(good), "entra_connect_on_stop": str(bad), "entra_connect_before_demote": str(tmp_path / "none.yml")}
    assert file_sentences(values | {"entra_connect_after_promote": "", "entra_connect_revert_snapshot": None}) == [
        f"entra_connect_before_demote is '{tmp_path}/none.yml', and there is no such file; write the path of a YAML file with a list of tasks",
        f"entra_connect_on_stop is '{bad}', and it is no list of tasks, each of which begins with '- name: ...'; "
        "write the path of a YAML file with a list of tasks",
    ]
    bad.write_bytes(b"\xff\xfe\xfd")
    assert "it cannot be read" in file_sentences({"entra_connect_snapshot": str(bad)})[0]
