# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do by hand around the switch, row by row of the guide, on one run of the playbook; S11 is a scenario file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.lab.diary import overlaps
from tests.lab.fleet import Fleet
from tests.unit.page.reader import Page

from .conftest import ENGINE, note
from .runner import Control, Done

HERE = Path(__file__).parent
TASKS = {
    "entra_connect_tenant_tasks": str(HERE / "tenant_tasks.yml"),
    "entra_connect_object_tasks": str(HERE / "object_tasks.yml"),
    "entra_connect_object_limit": 60,
}
pytestmark = pytest.mark.skipif(ENGINE != "python", reason="the run is the same; on a real PowerShell test_real_engine.py runs the main job")


@dataclass
class Ran:
    """One switch that has ended, and the world that it left."""

    fleet: Fleet
    done: Done
    page: Page

    def order(self, *functions: str) -> list[tuple[str, str]]:
        """Server and function of each call of these, in their order."""
        calls = [(each.started, name, each.function) for name, host in self.fleet.hosts.items() for each in host.recorder.calls]
        return [(name, function) for _started, name, function in sorted(calls) if function in functions]

    def gate(self, key: str, gate: str) -> dict[str, Any]:
        """A gate's verdict of one moment, as the result file has it."""
        found: dict[str, Any] = next(each for each in self.done.result[key] if each["id"] == gate)
        return found


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """srv2 is promoted; three changes come when srv1 has been demoted; the user's own tasks ask the tenant."""
    fleet = Fleet(speed=150.0, installed=True)
    for server in fleet.world.servers.values():  # no cycle but those that are asked for, so that it is known which one exports the changes
        server.cycles.schedule = lambda: None  # type: ignore[method-assign]
        server.cycles._timer += 1
    with fleet.start():
        here = Control(fleet, tmp_path_factory.mktemp("rows"))
        process = here.start_playbook("switch_roles", entra_connect_active="srv2", entra_connect_method="settings", **TASKS)
        assert fleet.hosts["srv1"].recorder.wait_for("Enter-EntraSyncHold", timeout=600.0, when="ended")
        fleet.world.change_ad("updates", 3)  # when srv1 can export them no more, however slow this machine is
        done = here.finish(process)
        fleet.clock.stop()
        (page,) = (here.folder / "reports").glob("*.html")
        yield Ran(fleet, done, Page(page.read_text(encoding="utf-8")))


def test_s04_the_scheduler_is_stopped_on_the_active_server_first(ran: Ran) -> None:
    """Before it is demoted, and the other one's stays as it is until then."""
    calls = ran.order("Set-EntraSyncScheduler", "Enable-EntraSyncStaging")
    assert calls[:2] == [("srv1", "Set-EntraSyncScheduler"), ("srv1", "Enable-EntraSyncStaging")]


def test_s05_the_staging_server_is_promoted_when_the_other_is_held(ran: Ran) -> None:
    assert ran.done.outcome == "done", ran.done.output
    assert ran.order("Enter-EntraSyncHold", "Disable-EntraSyncStaging") == [("srv1", "Enter-EntraSyncHold"), ("srv2", "Disable-EntraSyncStaging")]
    assert [server.staging for server in ran.fleet.world.servers.values()] == [True, False]


def test_s06_the_scheduler_is_on_by_a_fresh_read(ran: Ran) -> None:
    """Read after the promotion, on the new active server; that of the old one is as it was found."""
    after = ran.order("Disable-EntraSyncStaging", "Get-EntraSyncServer")
    assert ("srv2", "Get-EntraSyncServer") in after[after.index(("srv2", "Disable-EntraSyncStaging")) :]
    assert [server.enabled for server in ran.fleet.world.servers.values()] == [True, True]


def test_s07_a_delta_cycle_is_waited_for_and_judged(ran: Ran) -> None:
    """One that began after the promotion, with the exports that it did."""
    calls = ran.order("Disable-EntraSyncStaging", "Start-EntraSyncCycle", "Set-EntraSyncSerial")
    assert calls[calls.index(("srv2", "Disable-EntraSyncStaging")) + 1 :][0] == ("srv2", "Start-EntraSyncCycle")
    assert "first export of srv2: " in ran.gate("gates_after", "G21")["evidence"]
    assert "3 updates" in ran.gate("gates_after", "G21")["evidence"]


def test_s12_the_exports_succeeded(ran: Ran) -> None:
    """What waited has reached the tenant, by the new active server alone, and the report says how much."""
    assert ran.fleet.world.tenant.exports[-1].server == "srv2"
    assert {each.number for each in ran.fleet.world.changes} <= ran.fleet.world.tenant.applied
    assert ran.done.result["first_export"]["contoso.onmicrosoft.com - AAD"] == {"adds": 0, "updates": 3, "deletes": 0, "failures": 0}
    assert ran.gate("gates_after", "G21")["verdict"] == "pass"
    assert "First export" in ran.page.text


def test_s13_a_recent_change_of_ad_is_in_entra_id(ran: Ran) -> None:
    """The user's own tasks look for it; what they saw is in the report."""
    assert ran.done.result["object"]["object"] == "change 3" and ran.done.result["object"]["seen_at"]
    assert ran.done.result["tenant"]["last_exporter"] == "SRV2"
    assert "change 3" in ran.page.text and "SRV2" in ran.page.text


def test_s16_at_no_time_two_servers_were_active(ran: Ran) -> None:
    """By the model's own diary, and by the report's timeline, which is made from histories and journals."""
    found = [str(each) for each in overlaps(ran.fleet.world.diary)]
    note("test_rows.py::test_s16", len(found), False)
    assert found == []
    timeline = ran.done.result["timeline"]
    assert timeline["overlaps"] == [], timeline
    assert [each["server"] for each in timeline["spans"]] == ["srv1", "srv2"], timeline
    (gap,) = timeline["gaps"]
    (first,) = (each for each in ran.fleet.world.diary.intervals if each.server == "srv1")
    second = next(each for each in ran.fleet.world.diary.intervals if each.server == "srv2")
    assert first.end is not None
    # histories are read while the lab's clock runs 150 times as fast as the controller's
    assert abs(gap["longest"] - (second.start - first.end)) < 150, (gap, first, second)
    assert "Who was active" in ran.page.text


def test_the_page_says_it_all_and_loads_nothing(ran: Ran) -> None:
    assert (ran.page.unclosed, ran.page.loads, ran.page.unusable) == ([], [], [])
    for title in ("What to do next", "What was asked", "Gates", "Plan", "Servers", "How the servers have been", "Journal"):
        assert title in ran.page.text
