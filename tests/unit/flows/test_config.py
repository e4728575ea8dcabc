# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports from simulated servers: kept private, proved, deleted there; what is not read is told, and what would do harm is not unpacked."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _private
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import ConnectError, ResultUnknown
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import config_export
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.config_diff import compare
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.config_export import export
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology

from .stage import Stage, _Session, details, ended

GET = "Get-EntraSyncConfiguration"
BOTH = ["srv1", "srv2"]
DIFF: dict[str, Any] = {"others": [], "exports": {}, "same_server": False, "allow_unread": False, "show": False}


@pytest.fixture
def stage() -> Stage:
    return Stage()


def exported(stage: Stage, folder: Path, allow_unread: bool = True) -> dict[str, Any]:
    """What came of an export of both servers."""
    return export(stage.flow(), BOTH, str(folder), 30.0, allow_unread)


def compared(stage: Stage, folder: Path, reference: str, **options: Any) -> dict[str, Any]:
    """What came of a comparison."""
    return compare(stage.flow(), {**DIFF, "reference": reference, "report_dir": str(folder), **options})


def mode(path: Path) -> int:
    """Who may do what with it."""
    return stat.S_IMODE(path.stat().st_mode)


def test_all_servers_are_exported_privately_and_nothing_stays_there(stage: Stage, tmp_path: Path) -> None:
    told = exported(stage, tmp_path)
    assert told["outcome"] == "done" and [each["read"] for each in told["servers"].values()] == [True, True]
    made = list(Path(told["folder"]).rglob("*"))
    assert {mode(path) for path in [Path(told["folder"]), *made] if path.is_dir()} == {0o700}
    assert {mode(path) for path in made if path.is_file()} == {0o600}
    assert mode(tmp_path / "settings") == 0o700
    assert not stage["srv1"].stored and not stage["srv2"].stored
    assert not stage.writing() and not stage["srv1"].journal


def test_the_manifest_tells_what_is_there(stage: Stage, tmp_path: Path) -> None:
    one = exported(stage, tmp_path)["servers"]["srv2"]
    manifest = json.loads(Path(one["manifest"]).read_text(encoding="utf-8"))
    assert manifest["server"] == "srv2" and manifest["versions"] == {"engine": "2.5.79.0", "wizard": "2.5.79.0"}
    assert manifest["zip"]["sha256"] == one["sha256"] == hashlib.sha256((Path(one["manifest"]).parent / "settings.zip").read_bytes()).hexdigest()
    assert len(manifest["files"]) == one["files"] > 6
    for each in manifest["files"]:
        assert hashlib.sha256((Path(one["path"]) / each["path"]).read_bytes()).hexdigest() == each["sha256"]
    assert (manifest["wizard"]["age"], "may be stale" in manifest["wizard"]["note"]) == ("30 days", True)


def test_a_second_export_overwrites_nothing(stage: Stage, tmp_path: Path) -> None:
    first, second = exported(stage, tmp_path), exported(stage, tmp_path)
    assert first["folder"] != second["folder"] and Path(first["servers"]["srv1"]["path"]).is_dir()


def test_no_wizards_file(stage: Stage, tmp_path: Path) -> None:
    stage["srv1"].configuration = {"wizard": None}
    assert exported(stage, tmp_path)["servers"]["srv1"]["wizard"] == {}


def test_a_held_server_is_told_with_the_reason(stage: Stage, tmp_path: Path) -> None:
    told = exported(stage.held(), tmp_path)
    assert told["servers"]["srv1"] == {"read": False, "reason": "service_stopped: Synchronization Service is not running."}
    assert told["servers"]["srv2"]["read"] and not (Path(told["folder"]) / "srv1").exists()


def test_unless_that_is_allowed_it_fails_by_name_and_the_others_are_there(stage: Stage, tmp_path: Path) -> None:
    assert ended(exported, stage.held(), tmp_path, False) == ("incomplete", [("settings_unread", "srv1")])
    assert list(tmp_path.glob("settings/*/srv2/manifest.json"))


def test_a_folder_that_cannot_be_made(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("x", encoding="utf-8")
    assert ended(exported, stage, tmp_path) == ("refused", [("report_unwritable", "srv1")])
    assert stage.called == []


@pytest.mark.parametrize("error", [ConnectError("unreachable", "srv2", "no route"), ResultUnknown("timed_out", "srv2", "gone")])
def test_a_server_without_an_answer(error: Exception, stage: Stage, tmp_path: Path) -> None:
    stage.answers["srv2", GET] = error
    told = exported(stage, tmp_path)
    assert told["servers"]["srv2"] == {"read": False, "reason": str(error.code) + ": " + str(error.detail)}  # type: ignore[attr-defined]
    # where it may have packed something, that is deleted; where it was not reached it is not asked again
    assert stage.called.count(("srv2", GET)) == (2 if isinstance(error, ResultUnknown) else 1)
    assert any("could not be deleted" in line for line in stage.said) == isinstance(error, ResultUnknown)


@pytest.mark.parametrize("name", ["../../x", ".hidden", "a b", "SRV1", "x" * 200])
def test_inventory_names_that_are_no_names_of_folders(name: str, tmp_path: Path) -> None:
    world = Stage(**{name: "2.5.79.0", "srv1": "2.5.79.0"})
    told = export(world.flow(), [name, "srv1"], str(tmp_path / "reports"), 30.0, False)
    assert all(Path(each["path"]).is_relative_to(Path(told["folder"])) for each in told["servers"].values())
    assert len({each["path"] for each in told["servers"].values()}) == 2


def test_two_names_that_make_one_folder(tmp_path: Path) -> None:
    world = Stage(**{"a/b": "2.5.79.0", "a:b": "2.5.79.0"})
    told = export(world.flow("a/b"), ["a/b", "a:b"], str(tmp_path), 30.0, False)
    assert len({each["path"] for each in told["servers"].values()}) == 2


def bad(stage: Stage, files: dict[str, bytes], **changes: Any) -> None:
    """srv2 gives this zip."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = changes.get("mode", 0o600) << 16
            packed.writestr(info, data)
    stage["srv2"].stored = _Always(whole.getvalue())
    told = {"zip_size": len(whole.getvalue()), "zip_sha256": hashlib.sha256(whole.getvalue()).hexdigest(), **changes}
    stage.answers["srv2", GET] = told


class _Always(dict[str, bytes]):
    """A folder that has the same file under every name."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data

    def get(self, _name: str, _default: Any = None) -> Any:
        return self.data if not _name.endswith(".part") else None


HARMFUL = {
    "climbs": ({"../../evil.xml": b"x"}, {}, "would lead out"),
    "climbs as Windows writes it": ({"Connectors\\..\\..\\..\\evil.xml": b"x"}, {}, "would lead out"),
    "from the root": ({"/etc/evil": b"x"}, {}, "would lead out"),
    "a drive": ({"C:/evil": b"x"}, {}, "would lead out"),
    "a link": ({"a.xml": b"/etc/passwd"}, {"mode": 0o120777}, "is a link"),
    "twice": ({"a.xml": b"x", "A.xml": b"x"}, {}, "twice"),
    "another checksum": ({"a.xml": b"x"}, {"zip_sha256": "0" * 64}, "transfer_wrong"),
    "too large": ({"a.xml": b"x"}, {"zip_size": 2**30}, "more than"),
    "no answer of ours": ({"a.xml": b"x"}, {"zip_size": "many"}, "not that of an export"),
}


@pytest.mark.parametrize("case", HARMFUL)
def test_a_harmful_zip_is_not_unpacked(case: str, stage: Stage, tmp_path: Path) -> None:
    files, changes, said = HARMFUL[case]
    bad(stage, files, **changes)
    told = exported(stage, tmp_path / "reports")
    assert said in told["servers"]["srv2"]["reason"]
    assert told["servers"]["srv1"]["read"] and not (Path(told["folder"]) / "srv2").exists()
    assert list(tmp_path.rglob("*evil*")) == []


def test_a_bomb_is_cut_off_by_what_comes_out_of_it(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_private, "MOST_FILE", 1000)
    bad(stage, {"a.xml": b"0" * 5000})
    assert "larger than it tells" in exported(stage, tmp_path)["servers"]["srv2"]["reason"]


def test_no_zip_at_all(stage: Stage, tmp_path: Path) -> None:
    data = b"PK no zip"
    stage["srv2"].stored = _Always(data)
    stage.answers["srv2", GET] = {"zip_size": len(data), "zip_sha256": hashlib.sha256(data).hexdigest()}
    assert "it is damaged" in exported(stage, tmp_path)["servers"]["srv2"]["reason"]


def test_backslashes_of_an_older_net_are_folders(stage: Stage, tmp_path: Path) -> None:
    bad(stage, {"Connectors\\a.xml": b"<a/>"})
    assert (Path(exported(stage, tmp_path)["servers"]["srv2"]["path"]) / "Connectors" / "a.xml").is_file()


def test_check_mode_does_the_same(stage: Stage, tmp_path: Path) -> None:
    topology = Topology({name: _Session(name, stage) for name in BOTH}, check_mode=True)
    told = export(stage.flow(topology=topology), BOTH, str(tmp_path), 30.0, False)
    assert told["outcome"] == "done" and not topology.changed


# -- compared
def test_without_a_reference_the_active_server_is_it(stage: Stage, tmp_path: Path) -> None:
    stage.turn("srv1", True)
    exports = exported(stage, tmp_path)["servers"]
    assert compared(stage, tmp_path, "", exports=exports)["reference"] == "srv1"  # nobody is active
    stage.turn("srv2", False)
    assert compared(stage, tmp_path, "", exports=exported(stage, tmp_path)["servers"])["reference"] == "srv2"


def test_equal_servers_and_files_for_people(stage: Stage, tmp_path: Path) -> None:
    told = compared(stage, tmp_path, "srv1", exports=exported(stage, tmp_path)["servers"])
    assert told["equal"] and told["text"] == ["srv2 against srv1: the settings are equal"]
    assert {mode(Path(path)) for path in told["files"].values()} == {0o600}
    assert json.loads(Path(told["files"]["json"]).read_text(encoding="utf-8"))["comparisons"]["srv2"]["verdict"] == "equal"
    assert Path(told["files"]["html"]).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_newest_exports_by_name_and_a_folder(stage: Stage, tmp_path: Path) -> None:
    exported(stage, tmp_path)
    stage["srv2"].configuration = {"excluded": []}
    newest = exported(stage, tmp_path)["servers"]["srv2"]
    for path in tmp_path.glob("settings/*/srv2/manifest.json"):
        if str(path) != newest["manifest"]:
            path.write_text(json.dumps({**json.loads(path.read_text()), "taken_at": "2000-01-01T00:00:00Z"}))
    told = compared(stage, tmp_path, "srv1", others=["srv2"])
    assert not told["equal"] and told["comparisons"]["srv2"]["verdict"] == "refuse"
    again = compared(stage, tmp_path, str(Path(newest["manifest"]).parent), others=[newest["path"]])
    assert again["equal"]


def test_an_export_that_was_not_made_is_not_checked(stage: Stage, tmp_path: Path) -> None:
    """Nor is an older one taken for it."""
    exported(stage, tmp_path)
    exports = exported(stage.held(), tmp_path)["servers"]
    with_reason = ended(lambda: compared(stage, tmp_path, "srv2", exports=exports))
    assert with_reason == ("incomplete", [("settings_missing", "srv1")])
    told = compared(stage, tmp_path, "srv2", exports=exports, allow_unread=True)
    assert not told["equal"] and told["comparisons"]["srv1"]["checked"] is False
    assert "service_stopped" in told["comparisons"]["srv1"]["reason"] and "not checked" in told["text"][0]
    assert ended(compared, stage, tmp_path, None) == ("refused", [("settings_names", "srv1")])
    of_the_reference = compared(stage, tmp_path, "srv1", exports=exports, allow_unread=True)["comparisons"]["srv2"]
    assert of_the_reference["verdict"] == "not checked" and of_the_reference["reason"].startswith("srv1: ")


def test_names_that_lead_nowhere_and_to_itself(stage: Stage, tmp_path: Path) -> None:
    found = ended(lambda: compared(stage, tmp_path, "srv1", others=["srv2"]))
    assert found == ("incomplete", [("settings_missing", "srv1"), ("settings_missing", "srv2")])
    assert ended(lambda: compared(stage, tmp_path, "srv1", others=["srv1"])) == ("refused", [("settings_names", "srv1")])


def test_an_export_that_cannot_be_opened(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = exported(stage, tmp_path)["servers"]

    def locked(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(_private, "files_below", locked)
    found = ended(lambda: compared(stage, tmp_path, "srv1", exports=exports))
    assert found == ("incomplete", [("settings_bad", "srv1"), ("settings_bad", "srv2")])


@pytest.mark.parametrize("damage", ["file", "manifest", "xml"])
def test_an_export_that_was_changed_afterwards(damage: str, stage: Stage, tmp_path: Path) -> None:
    exports = exported(stage, tmp_path)["servers"]
    path, manifest = Path(exports["srv2"]["path"]) / "GlobalSettings" / "MV.xml", Path(exports["srv2"]["manifest"])
    if damage == "manifest":
        manifest.write_text("{", encoding="utf-8")
    else:
        path.write_text(path.read_text() + "<!-- -->" if damage == "file" else "<!DOCTYPE a><a/>", encoding="utf-8")
    if damage == "xml":
        manifest.unlink()
    assert ended(lambda: compared(stage, tmp_path, "srv1", exports=exports)) == ("incomplete", [("settings_bad", "srv2")])
    told = details(lambda: compared(stage, tmp_path, "srv1", exports=exports))[0][1]
    assert {"file": "MV.xml is not what was exported", "manifest": "manifest.json cannot", "xml": "declares a document type"}[damage] in told


def test_a_folder_that_is_larger_than_an_export(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = exported(stage, tmp_path)["servers"]
    original = _private.files_below
    monkeypatch.setattr(_private, "files_below", lambda folder: original(folder, 10))
    assert ended(lambda: compared(stage, tmp_path, "srv1", exports=exports))[1] == [("settings_bad", "srv1"), ("settings_bad", "srv2")]


def test_a_comparison_that_cannot_be_kept(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = exported(stage, tmp_path)["servers"]

    def full(*_given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_private, "write", full)
    assert ended(lambda: compared(stage, tmp_path, "srv1", exports=exports)) == ("refused", [("report_unwritable", "srv1")])


def test_an_upgrade_resets_a_changed_standard_rule_and_that_is_told(stage: Stage, tmp_path: Path) -> None:
    stage["srv2"].configuration = {"rules": {"In from AD - User Common": {"link": "Provision", "disabled": True}}}
    before = exported(stage, tmp_path)["servers"]
    told = compared(stage, tmp_path, "srv1", exports=before)
    assert told["at_risk"] == ["In from AD - User Common (contoso.local, inbound)"]
    assert told["features"]["srv2"] == {"device_writeback": False, "group_writeback": False, "seamless_sign_on": True}
    config = config_export.FOLDER
    assert config == "settings"
    from tests.lab.model import configuration

    configuration.upgraded(stage["srv2"])
    after = exported(stage, tmp_path)["servers"]["srv2"]
    found = compared(stage, tmp_path, before["srv2"]["path"], others=[after["path"]], same_server=True)["upgraded"]
    assert found == [{"rule": "In from AD - User Common (contoso.local, inbound)", "what": "reset", "field": "linkType"}]
