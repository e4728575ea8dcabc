# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module ad hoc: the examples of the documentation as they stand there, then what each one says and leaves alone."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest

from .conftest import Maker
from .runner import COLLECTION, ROOT, Control, wait_until
from .test_connection import answers
from .test_switch import writing

# the ad-hoc examples, in an order in which they can be run one after another: outcome, and what the model shows then
EXAMPLES: list[tuple[str, str, str]] = [
    ("srv1 adsync_info", "done", "srv1 active Running"),
    ("srv1 adsync_server_module", "already", "srv1 active Running"),
    ("srv1 adsync_endpoint name=EntraSyncReader state=absent", "already", "srv1 active Running"),
    ("srv1 adsync_version minimum=2.6.92.0", "refused", "srv1 active Running"),
    ("srv1 adsync_invariant", "done", "srv1 active Running"),
    ("srv1 adsync_connector_override", "already", "srv1 active Running"),
    ("srv1 adsync_hook name=before_demote", "done", "srv1 active Running"),
    ("srv1 adsync_history_info", "done", "srv1 active Running"),
    ("srv1 adsync_prerequisite_info", "done", "srv1 active Running"),
    ("srv1 adsync_evidence_info", "done", "srv1 active Running"),
    ("srv2 adsync_pending_export_info detail=true", "done", "srv2 staging Running"),
    ("srv1 adsync_gates moment=after target=srv1", "done", "srv1 active Running"),
    ("srv1 adsync_config_export report_dir=./entra-connect-reports", "done", "srv1 active Running"),
    ("srv1 adsync_config_diff reference=srv1 others=srv2 report_dir=./entra-connect-reports", "done", "srv1 active Running"),
    ("srv1 adsync_health_info", "done", "srv1 active Running"),
    ("srv2 adsync_fence", "done", "srv2 staging Running"),
    ("srv1 adsync_auto_upgrade", "already", "srv1 active Running"),
    ("srv1 adsync_scheduler sync_cycle_enabled=false", "done", "srv1 active Running off"),
    ("srv1 adsync_scheduler sync_cycle_enabled=true", "done", "srv1 active Running"),
    ("srv1 adsync_sync_cycle", "done", "srv1 active Running"),
    ("srv1 adsync_sync_cycle state=stopped", "already", "srv1 active Running"),
    ("srv1 adsync_plan upgrade=false active=srv2 method=settings", "planned", "srv1 active Running"),
    ("srv1 adsync_report report_dir=./reports playbook=own phase=start", "unknown", "srv1 active Running"),
    ("srv2 adsync_upgrade version=2.6.92.0 operator_ready=true", "refused", "srv2 staging Running"),
    ("srv1 adsync_claim", "done", "srv1 active Running"),
    ("srv1 adsync_claim state=absent", "already", "srv1 active Running"),
    ("srv1 adsync_staging enabled=true method=settings", "done", "srv1 staging Running"),
    ("srv1 adsync_hold state=held", "done", "srv1 staging Stopped"),
    ("srv1 adsync_hold state=released", "done", "srv1 staging Running"),
]
POLLING = ("adsync_sync_cycle", "adsync_staging", "adsync_hold", "adsync_upgrade")
SOON = {"poll_interval": 0.2}


def ask(here: Control, name: str, *arguments: str, host: str = "srv1", fails: bool = False, **options: Any) -> dict[str, Any]:
    """Run one module ad hoc and give its answer, after a look at the exit code."""
    done = here.module(host, f"adsync_{name}", *arguments, **options)
    assert done.rc == (2 if fails else 0), done.output
    return answers(done)[host] | {"output": done.output}


def codes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What was refused, about which server."""
    return [(each["code"], each["server"]) for each in answer["refusals"]]


def shown(here: Control, name: str) -> str:
    """A server of the model in a few words."""
    server = here.fleet.world.servers[name]
    with here.fleet.clock.lock:
        return f"{name} {'staging' if server.staging else 'active'} {server.service}{'' if server.enabled else ' off'}"


def documented() -> list[str]:
    """The ad-hoc examples of all modules."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "plugins" / "modules").glob("adsync_*.py"))]
    found = re.findall(rf"^# Ad hoc: ansible (\S+) -m {COLLECTION}\.(\S+)(?: -a (.*))?$", "\n".join(texts), re.M)
    return [" ".join([host, name, *shlex.split(given)]) for host, name, given in found]


def test_examples(control: Maker) -> None:
    """All of them, so that none can be added to the documentation without a look at what it does."""
    assert sorted(documented()) == sorted(example for example, _outcome, _shown in EXAMPLES)
    here = control()
    for example, outcome, state in EXAMPLES:
        host, name, given = [*example.split(" ", 2), ""][:3]
        given += " poll_interval=0.2" if name in POLLING else ""
        done = here.finish(here.start("ansible", host, "-m", f"{COLLECTION}.{name}", *(["-a", given] if given else [])))
        answer = answers(done)[host]
        changes = outcome == "done" and name in ("adsync_scheduler", "adsync_sync_cycle", "adsync_staging", "adsync_hold")
        assert (answer["outcome"], answer["changed"], shown(here, host)) == (outcome, changes, state), (example, done.output)
        assert done.rc == (2 if outcome == "refused" else 0), (example, done.output)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"exact": "2.5.79.0"}, "", ""),
        ({"exact": "2.6.92.0"}, "version_differs", "srv1 has version 2.5.79.0, exactly 2.6.92.0 is wanted"),
        ({"minimum": "2.6"}, "bad_version", "'2.6' is no version; write four numbers"),
    ],
)
def test_version(options: dict[str, str], code: str, words: str, control: Maker) -> None:
    """What is there against what is wanted, and a version that is none."""
    answer = ask(control(), "version", fails=bool(code), **options)
    assert answer["outcome"] == ("refused" if code else "done")
    assert answer["versions"]["engine"] == "2.5.79.0"
    assert not code or (codes(answer) == [(code, "srv1")] and words in answer["msg"])


@pytest.mark.overlap_by_the_world
@pytest.mark.parametrize(
    ("staging", "options", "outcome", "refusals", "words"),
    [
        (["srv2"], {"active": "srv1"}, "done", [], ""),
        ([], {}, "split", [("split", "")], "More than one server is active: srv1, srv2."),
        (["srv2"], {"active": "srv2"}, "refused", [("other_active", "srv2")], "srv2 was expected to be the active server, but srv1 is"),
        (["srv1", "srv2"], {}, "refused", [("none_active", "")], "No server"),
        (["srv2"], {"expect": "none"}, "refused", [("one_active", "srv1")], "srv1 is active where none was expected"),
    ],
)
def test_invariant(staging: list[str], options: dict[str, str], outcome: str, refusals: list[Any], words: str, control: Maker) -> None:
    """One active, two, none, or the wrong one."""
    here = control()
    with here.fleet.clock.lock:
        for name, server in here.fleet.world.servers.items():
            server.set_staging(name in staging)
    answer = ask(here, "invariant", fails=bool(refusals), **options)
    assert (answer["outcome"], codes(answer)) == (outcome, refusals), answer["output"]
    assert words in answer.get("msg", "") and answer["ok"] is not bool(refusals)
    assert {name: row["role"] for name, row in answer["servers"].items()} == {name: shown(here, name).split()[1] for name in ("srv1", "srv2")}


SETTINGS: dict[str, tuple[Any, str, Any, Any]] = {
    "sync_cycle_enabled": (False, "enabled", True, False),
    "maintenance_enabled": (False, "maintenance", True, False),
    "customized_sync_cycle_interval": ("03:00", "customized_interval", "", "03:00:00"),
    "next_sync_cycle_policy_type": ("initial", "next_policy", "Delta", "Initial"),
    "purge_run_history_interval": ("14.00:00:00", "purge_interval", "7.00:00:00", "14.00:00:00"),
}


def test_scheduler(control: Maker) -> None:
    """Planned with a difference and nothing written, then set, then left as it is; too short an interval never gets there."""
    here = control()
    server = here.fleet.world.servers["srv1"]
    wanted = {name: given for name, (given, _field, _before, _after) in SETTINGS.items()}
    before, after = ({name: row[index] for name, row in SETTINGS.items()} for index in (2, 3))

    low = ask(here, "scheduler", fails=True, **{**wanted, "customized_sync_cycle_interval": "00:29:59"})
    assert (low["outcome"], codes(low)) == ("refused", [("interval_low", "srv1")])
    assert "00:29:59 is below the allowed 00:30:00" in low["msg"] and "the allowed value or a longer one" in low["next_command"]
    plan = ask(here, "scheduler", "--check", "--diff", **wanted)
    assert (plan["outcome"], plan["changed"], plan["before"], plan["after"]) == ("planned", True, before, after)
    for line in ('-    "sync_cycle_enabled": true', '+    "sync_cycle_enabled": false', '+    "customized_sync_cycle_interval": "03:00:00"'):
        assert line in plan["output"], plan["output"]
    assert writing(here) == {"srv1": [], "srv2": []}

    done = ask(here, "scheduler", **wanted)
    assert (done["outcome"], done["changed"], done["before"], done["after"]) == ("done", True, before, after)
    assert {name: getattr(server, field) for name, (_given, field, _before, _after) in SETTINGS.items()} == after
    assert {name: done["scheduler"][name] for name in SETTINGS} == after
    again = ask(here, "scheduler", **wanted)
    assert (again["outcome"], again["changed"], again["before"]) == ("already", False, after)
    assert writing(here) == {"srv1": ["Set-EntraSyncScheduler"], "srv2": []}
    for outcome in ("done", "already"):  # take the customized interval away, twice
        assert ask(here, "scheduler", customized_sync_cycle_interval="")["outcome"] == outcome
    assert server.customized_interval == ""


def test_scheduler_keeps_what_it_found(control: Maker) -> None:
    """Restored without any claim; where somebody was quicker with the very same value there is nothing to tell."""
    here = control()
    server = here.fleet.world.servers["srv1"]
    ask(here, "scheduler", sync_cycle_enabled=False, keep_found=True)
    assert server.enabled is False
    assert (ask(here, "scheduler", restore_found=True)["outcome"], server.enabled) == ("done", True)
    assert ask(here, "scheduler", restore_found=True)["outcome"] == "already"
    ask(here, "scheduler", sync_cycle_enabled=False, keep_found=True)
    with here.fleet.clock.lock:
        server.enabled = True  # by hand
    again = ask(here, "scheduler", restore_found=True)
    assert (again["outcome"], again.get("kept"), server.enabled) == ("done", None, True)


def test_scheduler_that_wants_a_sign_in(control: Maker) -> None:
    """An operator is needed, nothing hangs, nothing is changed, and the message says what to do by hand."""
    here = control({"srv1": "2.6.92.0", "srv2": "2.6.92.0"})
    answer = ask(here, "scheduler", fails=True, sync_cycle_enabled=False)
    assert (answer["outcome"], codes(answer)) == ("needs_operator", [("sign_in_wanted", "srv1")])
    assert answer["changed"] is False and shown(here, "srv1") == "srv1 active Running"
    assert "Make the change on srv1 by hand, signed in as Hybrid Identity Administrator" in answer["next_command"]


def quietly(here: Control) -> Any:
    """The active server with its scheduler off, so that no cycle starts by itself while a test looks."""
    server = here.fleet.world.servers["srv1"]
    with here.fleet.clock.lock:
        server.enabled = False
    return server


def test_sync_cycle(control: Maker) -> None:
    """A delta cycle gives its counts, a failed step and a missing export are told, check mode starts nothing."""
    here = control()
    server = quietly(here)
    here.fleet.world.change_ad("updates", 3)
    done = ask(here, "sync_cycle", expect_export=True, **SOON)
    assert (done["outcome"], done["changed"], done["joined"]) == ("done", True, False)
    assert done["counts"][server.entra_connector] == {"adds": 0, "updates": 3, "deletes": 0, "failures": 0}
    assert {run["result"] for run in done["runs"]} == {"success"} and len(done["runs"]) == 6
    server.cycles.fail_next = "stopped-extension-dll-exception"
    failed = ask(here, "sync_cycle", fails=True, **SOON)
    assert (failed["outcome"], codes(failed)) == ("incomplete", [("cycle_failed", "srv1")])
    assert "stopped-extension-dll-exception" in failed["msg"] and "Synchronization Service Manager of srv1" in failed["next_command"]
    unproved = ask(here, "sync_cycle", host="srv2", fails=True, expect_export=True, **SOON)
    assert (unproved["outcome"], codes(unproved)) == ("incomplete", [("no_export", "srv2")])
    here.fleet.world.change_ad("deletes", 2)
    over = ask(here, "sync_cycle", fails=True, max_exported={"updates": 5}, **SOON)
    assert codes(over) == [("export_over_budget", "srv1")] and "2 deletes, at most 0" in over["msg"]
    mark = here.fleet.hosts["srv1"].recorder.mark()
    assert ask(here, "sync_cycle", "--check")["outcome"] == "planned"
    assert here.fleet.hosts["srv1"].recorder.writing(mark) == []


@pytest.mark.parametrize(("when_running", "outcome", "runs"), [("wait", "done", 12), ("join", "done", 6), ("fail", "refused", 6)])
def test_a_cycle_runs_already(when_running: str, outcome: str, runs: int, control: Maker) -> None:
    """It is waited for and another one started, or it is joined, or the task refuses."""
    here = control()
    server = quietly(here)
    known = len(server.cycles.history)

    def somebody_else(when: str, function: str, _parameters: dict[str, Any]) -> None:
        with here.fleet.clock.lock:
            if (when, function) == ("before", "Start-EntraSyncCycle") and len(server.cycles.history) == known:
                server.cycles.start("Delta")

    here.fleet.hosts["srv1"].hooks.append(somebody_else)
    answer = ask(here, "sync_cycle", fails=outcome != "done", when_running=when_running, **SOON)
    wait_until("the cycle has ended", lambda: not server.cycles.in_progress)
    assert answer["outcome"] == outcome, answer["output"]
    assert len(server.cycles.history) - known == runs
    if outcome == "done":
        assert answer["joined"] is (when_running == "join") and len(answer["runs"]) == 6
        assert answer["changed"] is (when_running == "wait")
    else:
        assert codes(answer) == [("cycle_running", "srv1")] and "when_running=wait" in answer["next_command"]
