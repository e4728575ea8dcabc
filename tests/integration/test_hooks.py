# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Task files of the user's own: when they run, and what a run that they end leaves."""

from __future__ import annotations

import re
from pathlib import Path

from .conftest import Maker
from .test_swing import NEW, READY, SETTINGS, put_msi
from .test_switch import roles

HERE = Path(__file__).parent
TELL, SNAPSHOT = str(HERE / "hook_tasks.yml"), str(HERE / "snapshot_tasks.yml")
TOLD = {f"entra_connect_{name}": TELL for name in ("before_demote", "after_promote", "on_stop")}


def ran(output: str) -> list[tuple[str, str]]:
    """Which ran, for which server, in order."""
    return re.findall(r"HOOK (\w+) (\w+) entra_connect 12\b", output)


def test_they_run_where_they_have_to_and_snapshots_of_what_is_held(control: Maker) -> None:
    """The main job: each upgraded server has a snapshot of its old version, taken while it was held, which is in the report."""
    here = control()
    wanted = {**put_msi(here.fleet, NEW), **READY, **SETTINGS, **TOLD, "entra_connect_snapshot": SNAPSHOT, "entra_connect_require_snapshot": True}
    plan = here.playbook("swing_upgrade", "--check", **wanted)
    assert (plan.outcome, ran(plan.output), here.fleet.hypervisor.log) == ("planned", [], [])
    done = here.playbook("swing_upgrade", **wanted)
    assert (done.outcome, ran(done.output)) == ("done", [("before_demote", "srv1"), ("after_promote", "srv2")]), done.output
    taken = [{"action": "snapshot", "server": name, "down": True, "engine": "2.5.79.0"} for name in ("srv2", "srv1")]
    assert here.fleet.hypervisor.log == taken
    assert {name: each["id"] for name, each in done.result["snapshot"].items()} == {"srv2": "snapshot-1", "srv1": "snapshot-2"}
    versions = {name: (each["before"]["engine"], each["after"]["engine"]) for name, each in done.result["versions"].items()}
    assert versions == {"srv1": ("2.5.79.0", NEW), "srv2": ("2.5.79.0", NEW)}


def test_one_that_fails_ends_the_run_with_its_own_code_and_nothing_hides_it(control: Maker) -> None:
    """Before the demotion nobody was demoted; what runs on a stop fails as well here, and changes nothing of the outcome."""
    here = control()
    wanted = {**SETTINGS, **TOLD, "entra_connect_active": "srv2"}
    no = here.playbook("switch_roles", my_refusing="before_demote", **wanted)
    assert (no.outcome, [each["code"] for each in no.result["refusals"]]) == ("incomplete", ["hook_failed"]), no.output
    assert "The tasks of entra_connect_before_demote for srv1 have failed: the change is not approved." in " ".join(no.output.split())
    assert (roles(here), ran(no.output)) == ({"srv1": "active", "srv2": "staging"}, [("on_stop", "srv1")])
    both = {**wanted, "entra_connect_before_demote": str(HERE / "conftest_none.yml")}
    assert "there is no such file" in here.playbook("switch_roles", **both).output
    worse = here.playbook("switch_roles", my_refusing="on_stop", **{**wanted, "entra_connect_active": "srv1", "entra_connect_max_pending": {"x": 1}})
    assert (worse.rc, worse.outcome, [each["code"] for each in worse.result["refusals"]]) == (2, "refused", ["bad_budget"]), worse.output
    assert here.playbook("switch_roles", **wanted).outcome == "done"


def test_a_snapshot_without_evidence(control: Maker) -> None:
    """Required, it stops before the upgrade with the server held; the same command goes on once there is one."""
    here = control()
    wanted = {**put_msi(here.fleet, NEW), **READY, **SETTINGS, "entra_connect_snapshot": SNAPSHOT, "entra_connect_require_snapshot": True}
    here.fleet.hypervisor.gone = True
    no = here.playbook("swing_upgrade", **wanted)
    assert (no.outcome, [each["code"] for each in no.result["refusals"]]) == ("incomplete", ["snapshot_missing"]), no.output
    assert roles(here) == {"srv1": "active", "srv2": "down"}
    assert here.fleet.world.servers["srv2"].engine_version == "2.5.79.0"
    here.fleet.hypervisor.gone = False
    assert here.playbook("swing_upgrade", **wanted).outcome == "done"
