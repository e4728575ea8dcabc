# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All kinds of evidence in one task: each as the module gives it that reads it alone, each within its own time, and one that fails stops no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import CallFailed
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.config_diff import compare
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.config_export import export
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.evidence import COMPARED, KINDS, gather
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.health import read_health
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.pending import pending_exports
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.prerequisites import read_all
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology

from .stage import Stage, _Session, ended

FUNCTIONS = {
    "health": "Get-EntraSyncHealth",
    "prerequisites": "Get-EntraSyncPrerequisite",
    "pending": "Get-EntraSyncPendingExport",
    "settings": "Get-EntraSyncConfiguration",
}
LIMITS = {"health_timeout": 11, "prerequisites_timeout": 12, "pending_timeout": 13, "settings_timeout": 14}
BUDGET = {"deletes": 0, "attributes": {"department": 2}}


@pytest.fixture
def stage() -> Stage:
    return Stage()


def options(folder: Path, **changes: Any) -> dict[str, Any]:
    """Those of the module."""
    return {"kinds": list(KINDS), "max_pending": BUDGET, "pending_samples": 2, "report_dir": str(folder), **LIMITS, **changes}


def gathered(stage: Stage, folder: Path, **changes: Any) -> dict[str, Any]:
    """What was found, by kind."""
    found: dict[str, Any] = gather(stage.flow(), options(folder, **changes))["evidence"]
    return found


def shape(value: Any) -> Any:
    """The keys and the kinds of the values: times and folders differ from one run to the next."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value).__name__


def is_read(kind: str, value: dict[str, Any]) -> bool:
    """Whether a server told something of a kind."""
    return not value["problem"] if kind == "prerequisites" else bool(value["read"])


def servers(kind: str, found: dict[str, Any]) -> dict[str, Any]:
    """What was found of a kind, by server."""
    by_name: dict[str, Any] = found[kind]["servers"] if kind == "settings" else found[kind]
    return by_name


def test_each_kind_is_what_its_own_module_gives(stage: Stage, tmp_path: Path) -> None:
    together = gathered(stage, tmp_path)
    wanted = {"servers": ["all"], "detail": True, "samples": 2, "max_pending": BUDGET, "enforce": False, "timeout": 13}
    exported = export(Stage().flow(), ["srv1", "srv2"], str(tmp_path), 14.0, True)
    diff = {"reference": None, "others": [], "exports": exported["servers"], "report_dir": str(tmp_path)}
    compared = compare(stage.flow(), {**diff, "same_server": False, "allow_unread": True, "show": False})
    settings = {key: exported[key] for key in ("folder", "servers")} | {key: compared[key] for key in COMPARED}
    assert together["pending"] == pending_exports(Stage().flow(), wanted)["pending"]
    assert shape(together) == shape(
        {
            "health": read_health(Stage().flow(), None, None, False)["servers"],
            "prerequisites": read_all(Stage().flow())["prerequisites"],
            "pending": together["pending"],
            "settings": settings,
        }
    )


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_a_kind_that_fails_on_one_server_stops_nothing_else(kind: str, stage: Stage, tmp_path: Path) -> None:
    stage.answers["srv2", FUNCTIONS[kind]] = CallFailed("server_error", "srv2", "it broke")
    found = gathered(stage, tmp_path)
    unread = {(name, each) for each in KINDS for name, value in servers(each, found).items() if not is_read(each, value)}
    assert unread == {("srv2", kind)}
    assert not stage.writing()


def test_every_call_has_the_time_of_its_kind(stage: Stage, tmp_path: Path) -> None:
    """As long as the module has that reads the kind alone, also for the pieces of a file and for its removal."""
    limits: dict[str, set[float]] = {}

    class Timed(Topology):
        def call_each(self, names: Any, function: str, seconds: float | None = None, *rest: Any, **parameters: Any) -> Any:
            limits.setdefault(function, set()).add(seconds or self.seconds)
            return super().call_each(names, function, seconds, *rest, **parameters)

    topology = Timed({name: _Session(name, stage) for name in ("srv1", "srv2")}, check_mode=True)
    assert gather(stage.flow(topology=topology), options(tmp_path))["outcome"] == "done" and not topology.changed
    files = ("Get-EntraSyncFile", "Read-EntraSyncFile")
    assert limits == {**{FUNCTIONS[kind]: {float(LIMITS[f"{kind}_timeout"])} for kind in KINDS}, **dict.fromkeys(files, {14.0})}


def test_only_the_kinds_that_are_named_are_asked_for(stage: Stage, tmp_path: Path) -> None:
    assert list(gathered(stage, tmp_path / "none", kinds=["pending", "health"])) == ["health", "pending"]
    assert {function for _server, function in stage.called} == {FUNCTIONS["health"], FUNCTIONS["pending"]}
    assert not (tmp_path / "none").exists()


def test_the_only_server_is_compared_with_none(tmp_path: Path) -> None:
    found = gathered(Stage(srv1="2.5.79.0"), tmp_path)["settings"]
    assert set(found) == {"folder", "servers"} and found["servers"]["srv1"]["read"] is True


@pytest.mark.parametrize(("changes", "code"), [({"max_pending": {"deletes": "x"}}, "bad_budget"), ({"pending_samples": 101}, "bad_samples")])
def test_what_cannot_be_meant_is_refused(changes: dict[str, Any], code: str, tmp_path: Path) -> None:
    assert ended(gather, Stage().flow(), options(tmp_path, **changes)) == ("refused", [(code, "srv1")])


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert ended(gather, Stage().flow(), options(tmp_path / "file")) == ("refused", [("report_unwritable", "srv1")])
