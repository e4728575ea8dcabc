# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook verify_history on a fleet. The lab's clock runs faster than the controller's, so it stands still while histories are read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import needs
from tests.lab.fleet import ENDPOINTS
from tests.lab.model.server import ModelServer

from .conftest import ENGINE, Maker
from .runner import Control, Done
from .test_adhoc import ask, codes
from .test_switch import METHOD, writing

pytestmark = pytest.mark.skipif(ENGINE != "python", reason="the journals of a real engine keep real time, the lab's histories its own")


def still(control: Maker, **options: Any) -> Control:
    """A fleet whose clock only the test moves."""
    here = control(**options)
    here.fleet.clock.stop()
    return here


def move(here: Control, seconds: float) -> None:
    """Let time pass."""
    here.fleet.clock.advance(seconds)


def flip(here: Control, name: str, staging: bool) -> None:
    """As a person does in the wizard, with the cycle that it starts."""
    server: ModelServer = here.fleet.world.servers[name]
    with here.fleet.clock.lock:
        server.set_staging(staging)
        if not server.cycles.in_progress:
            server.cycles.start("Delta")


def verify(here: Control, *arguments: str, **variables: Any) -> tuple[Done, str]:
    """Run the playbook; its end, and its output on one line."""
    before, calls = here.fleet.world.snapshot(), writing(here)
    done = here.playbook("verify_history", *arguments, **variables)
    assert here.fleet.world.snapshot() == before
    assert writing(here) == calls
    assert done.changed == 0
    return done, " ".join(done.output.split())


def test_after_a_switch(control: Maker) -> None:
    """No overlap, and the gap as the diary has it; in check mode the same."""
    here = control()
    assert here.playbook("switch_roles", entra_connect_active="srv2", **METHOD).outcome == "done"
    here.fleet.clock.stop()
    done, said = verify(here)
    assert done.rc == 0, done.output
    found = re.search(r"no overlap; nobody exported for (?:(\d+) h )?(?:(\d+) min )?(?:(\d+) s)?", said)
    assert found, done.output
    told = found.groups()
    hours, minutes, seconds = (int(each or 0) for each in told)
    first, second = (next(each for each in here.fleet.world.diary.intervals if each.server == name) for name in ("srv1", "srv2"))
    assert first.end is not None
    assert abs(hours * 3600 + minutes * 60 + seconds - (second.start - first.end)) < 60
    assert "last exporter by the tenant: not checked" in said
    checked, again = verify(here, "--check")
    assert checked.rc == 0 and "no overlap; nobody exported for" in again, checked.output


@pytest.mark.overlap_by_the_world
def test_an_overlap_is_shown_with_both_servers(control: Maker) -> None:
    """A person turned staging mode off on the second server."""
    here = still(control)
    move(here, 1750)
    flip(here, "srv2", False)
    move(here, 4000)
    done, said = verify(here)
    assert done.rc == 2
    assert "overlap: srv1 and srv2 were both active from" in said, done.output
    assert "split: By their run histories srv1 and srv2 were active at the same time." in said or "were active at the same time." in said
    answer = ask(here, "history_info", fails=True)
    assert (answer["outcome"], codes(answer), answer["changed"]) == ("split", [("history_overlap", "")], False)
    assert [each["server"] for each in answer["overlaps"][0]["spans"]] == ["srv1", "srv2"]


def test_a_server_that_is_not_read_is_never_clean(control: Maker) -> None:
    """It is silent, or its service does not run, or its history is empty."""
    here = still(control)
    here.fleet.hosts["srv2"].down = True
    done, said = verify(here)
    assert done.rc == 2 and "not known whether there was an overlap" in said and "The run history of srv2 cannot be read" in said, done.output
    here.fleet.hosts["srv2"].down = False
    here.fleet.world.servers["srv2"].cycles.history.clear()
    answer = ask(here, "history_info", fails=True)
    assert (answer["outcome"], codes(answer)) == ("unknown", [("history_empty", "srv2")])
    here.fleet.world.servers["srv2"].stop_service()
    answer = ask(here, "history_info", fails=True)
    assert (answer["outcome"], codes(answer), answer["servers"]["srv2"]["read"]) == ("unknown", [("history_unread", "srv2")], False)


def test_a_purged_history_is_said(control: Maker) -> None:
    """The verdict is about the time from there on."""
    here = still(control)
    move(here, 8000)
    history = here.fleet.world.servers["srv2"].cycles.history
    del history[:-4]
    answer = ask(here, "history_info")
    assert answer["reaches_back"] == {"srv1": False, "srv2": False}
    assert answer["covered_from"] > answer["since"]
    assert any("begins later" in line for line in answer["text"])


def test_clocks_that_are_minutes_apart_are_put_on_one_line(control: Maker) -> None:
    """After a hand-over by people that left ten minutes; each server's own times would show an overlap."""
    here = still(control)
    flip(here, "srv1", True)
    move(here, 600)
    flip(here, "srv2", False)
    move(here, 4000)
    here.fleet.world.servers["srv2"].clock_ahead = -1800.0
    here.fleet.world.servers["srv1"].clock_ahead = 240.0
    answer = ask(here, "history_info")
    ahead = {name: each["clock_ahead"] for name, each in answer["servers"].items()}
    assert 2000 < ahead["srv1"] - ahead["srv2"] < 2080
    assert [each["server"] for each in answer["spans"]] == ["srv1", "srv2"]
    (gap,) = answer["gaps"]
    assert gap["shortest"] <= 660 and gap["longest"] >= 540


def test_bad_input_is_one_sentence(control: Maker) -> None:
    """What is wrong, and what to write instead."""
    here = still(control)
    answer = ask(here, "history_info", fails=True, since="monday")
    assert answer["msg"].startswith("since is 'monday', which is no time. Write UTC as ISO 8601")
    answer = ask(here, "history_info", fails=True, last_exporter={"server": "srv1", "at": "?"})
    assert codes(answer) == [("bad_time", "srv1")]
    answer = ask(here, "history_info", fails=True, last_exporter={"server": "old1", "at": "2026-11-02T20:00:00Z"})
    assert (answer["outcome"], codes(answer)) == ("split", [("history_foreign", "old1")])


@needs.ENGINE
def test_over_the_endpoint_of_readers(control: Maker) -> None:
    """On a real PowerShell: it reads histories and journals, and writes nothing."""
    here = control(variables={"ansible_psrp_configuration_name": ENDPOINTS[0]}, engine="pwsh", installed=True, speed=1.0)
    here.fleet.register_endpoints()
    done, said = verify(here)
    assert done.rc == 0 and "no overlap; only srv1 exported" in said, done.output
    assert [here.fleet.journal(name) for name in here.fleet.ports] == ["", ""]
    answer = ask(here, "history_info")
    assert {name: each["journal_read"] for name, each in answer["servers"].items()} == {"srv1": True, "srv2": True}
