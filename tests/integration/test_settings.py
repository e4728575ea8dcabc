# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""S3: the settings of all servers are exported, hashed, kept private and compared, by the playbook and before every swing."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path
from typing import Any

from .conftest import Maker
from .runner import Control, put_msi
from .test_swing import NEW, READY
from .test_switch import METHOD, writing

ODD = "ours {{ 1 + 1 }} {% raw %} <b>"
CHANGED = {"rules": {"In from AD - Contractors": {"disabled": True}, ODD: {"connector": "ad", "direction": "Inbound", "tag": "", "from": "user"}}}
CHANGED["rules"][ODD] |= {"to": "person", "link": "Join", "precedence": 91, "scope": [], "join": [], "flows": {}}


def set_up(here: Control, server: str, **configuration: Any) -> None:
    """From now on the server is set up otherwise."""
    with here.fleet.clock.lock:
        here.fleet.world.servers[server].configuration = configuration


def gate(result: dict[str, Any]) -> dict[str, Any]:
    """What gate G9 said."""
    found: dict[str, Any] = next(each for each in result["gates"] if each["id"] == "G9")
    return found


def test_s03_settings_exported_hashed_kept_private_compared(control: Maker) -> None:
    """The playbook: equal at first, then what differs is told; private, nothing of a server changed, nothing left there."""
    here = control()
    reports = here.folder / "own reports"
    before = here.fleet.world.snapshot()
    done = here.playbook("compare_settings", entra_connect_report_dir=str(reports))
    assert done.rc == 0 and done.changed == 0, done.output
    assert "srv2 against srv1: the settings are equal" in done.output
    set_up(here, "srv2", **CHANGED)
    checked = here.playbook("compare_settings", "--check", entra_connect_report_dir=str(reports))
    assert checked.rc == 0 and checked.changed == 0, checked.output
    said = " ".join(checked.output.split())
    assert "[refuse] In from AD - Contractors (contoso.local, inbound): disabled" in said and ODD in said
    assert writing(here) == {"srv1": [], "srv2": []} and here.fleet.world.snapshot() == before
    assert not [name for server in here.fleet.world.servers.values() for name in server.stored]
    assert {stat.S_IMODE(path.stat().st_mode) for path in reports.rglob("*")} == {0o700, 0o600}
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in reports.rglob("manifest.json")]
    assert sorted(each["server"] for each in manifests) == ["srv1", "srv1", "srv2", "srv2"]
    packed = {hashlib.sha256(path.read_bytes()).hexdigest() for path in reports.rglob("settings.zip")}
    assert packed == {each["zip"]["sha256"] for each in manifests}
    pages = [path.read_text(encoding="utf-8") for path in reports.rglob("comparison.html")]
    assert any("ours {{ 1 + 1 }} {% raw %} &lt;b&gt;" in page for page in pages) and not any("<b>" in page for page in pages)


def test_s03_a_difference_stands_against_a_switch_until_it_is_overridden(control: Maker) -> None:
    """Gate G9, with the comparison as evidence; nothing has changed while it refuses."""
    here = control()
    set_up(here, "srv2", **CHANGED)
    before = here.fleet.world.snapshot()
    refused = here.playbook("switch_roles", entra_connect_active="srv2", **METHOD)
    assert refused.outcome == "refused" and "srv2 is set up otherwise than srv1" in " ".join(refused.output.split()), refused.output
    assert here.fleet.world.snapshot() == before
    assert gate(refused.result)["verdict"] == "fail"
    told = refused.result["settings"]
    assert Path(told["files"]["html"]).is_file() and Path(told["servers"]["srv1"]["manifest"]).is_file()
    done = here.playbook("switch_roles", entra_connect_active="srv2", entra_connect_overrides={"G9": "CHG-7"}, **METHOD)
    assert done.outcome == "done", done.output
    assert gate(done.result)["verdict"] == "warn" and "CHG-7" in gate(done.result)["evidence"]


def test_s03_what_an_upgrade_made_of_the_rules_is_told_after_it(control: Maker) -> None:
    """A change that both servers have alike is no difference between them, so that only the comparison after the upgrade tells of it."""
    here = control()
    for name in here.fleet.ports:
        set_up(here, name, rules={"In from AD - User Common": {"link": "Provision"}, "In from AD - Contractors": {"precedence": 92}})
    done = here.playbook("swing_upgrade", **put_msi(here.fleet, NEW), **READY, **METHOD)
    assert done.outcome == "done", done.output
    assert gate(done.result)["verdict"] == "pass", gate(done.result)
    told = done.result["settings"]["upgraded"]
    assert {name: each["rules"] for name, each in told.items()} == {
        name: [{"rule": "In from AD - User Common (contoso.local, inbound)", "what": "reset", "field": "linkType"}] for name in ("srv1", "srv2")
    }
    assert all(each["checked"] and Path(each["manifest"]).is_file() for each in told.values())
