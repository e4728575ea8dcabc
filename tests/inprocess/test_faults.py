# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An even sample of the single faults in process (`make faults` runs all), and what they found once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.tools import measured

from . import explore as explore_module
from . import fingerprint
from .explore import Explorer, explore
from .faults import Fault, all_faults
from .judge import judge_again, settle
from .playbook import Done
from .stage import NEW, Stage, staged
from .verbs import VERBS
from .wire import Objects, Request, straight

FIGURE = "faults_inprocess_sample"
EVERY = 397  # prime, so that it falls on every kind of fault
OTHERWISE = {"status_2": 17, "status_3": 29, "scheduler_2": 17, "scheduler_3": 29, "swing_switch_first_3": 1021, "swing_switch_first_2": 613}
OTHERWISE |= {"in_place_1": 61, "hooks_2": 1021, "hooks_3": 2039, "revert_2": 613, "revert_3": 1021}


@pytest.mark.parametrize("name", VERBS)
def test_a_sample_of_the_single_faults(name: str) -> None:
    """Of every verb: no promise is broken, and running again reaches the target."""
    start = time.monotonic()
    count = explore(VERBS[name], every=OTHERWISE.get(name, EVERY))
    possible = count.runs + count.merged + count.not_sampled
    print(f"{name}: {count.runs} runs of {possible}, {count.merged} equal to one of them")
    found = {"violations": len(count.violations), "not_converged": len(count.not_converged), "seconds": round(time.monotonic() - start)}
    measured.note(FIGURE, name, {"runs": count.runs, "possible": possible, **found})
    assert (count.violations, count.not_converged) == ([], [])
    assert count.runs > 0


def test_a_task_goes_on_after_its_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found as branches whose task ended as interrupted, since the child's parent is not the process in which the task began."""

    def slow_claims(explorer: Explorer, request: Request) -> list[Fault]:
        chosen = not explorer.path and request.function == "New-EntraSyncClaim"
        return [each for each in all_faults(explorer.stage) if each.name == "slow" and chosen]

    def ended(_stage: Stage, done: Done, _before: object, _changed: bool) -> list[str]:
        return [done.outcome]

    monkeypatch.setattr(Explorer, "_events", slow_claims)
    monkeypatch.setattr(explore_module, "judge_run", ended)
    outcomes = [each.rpartition(": ")[2] for each in explore(VERBS["switch_settings_2"]).violations]
    assert len(outcomes) > 2 and set(outcomes) == {"done"}


def test_all_parts_are_the_whole() -> None:
    """No branch is left out or tried in two of them."""
    counts = [explore(VERBS["status_2"], every=3, part=(number, of)) for of in (1, 3) for number in range(of)]
    tried = [count.runs + count.merged for count in counts]
    assert tried[0] == sum(tried[1:]) > 3 and min(tried) > 0


def once(stage: Stage, fault: str, function: str, server: str, number: int = 1) -> None:
    """The fault hits the first request of a function on a server, or the one of that number."""
    wanted = next(each for each in all_faults(stage) if each.name == fault)
    seen: list[Request] = []

    def way(request: Request) -> Objects:
        if request.place == (server, function):
            seen.append(request)
        if seen[-1:] == [request] and len(seen) == number:
            return wanted.deed(stage, request)
        return request.effect()

    stage.wire.way = way


def test_a_ticket_that_is_cut_off_is_unknown() -> None:
    """Found as a KeyError."""
    with staged(VERBS["switch_settings_2"]) as stage:
        once(stage, "empty_object", "Get-EntraSyncTicket", "srv2")
        done = stage.run()
        assert done.failed and done.defects == []
        assert "no ticket" in done.message or "no_answer" in str(done.result["refusals"])


def test_a_switch_that_was_not_proved_is_proved_before_the_rest_is_upgraded() -> None:
    """Found as a run that ended done and left the proof to the next one."""
    with staged(VERBS["swing_staging_first_2"]) as stage:
        once(stage, "crash_after", "Disable-EntraSyncStaging", "srv2")
        assert stage.run().crashed
        settle(stage)
        verdict = judge_again(stage, person=False)
        assert (verdict.violations, verdict.not_converged) == ([], [])


@pytest.mark.parametrize("name", ["switch_wizard_2", "switch_settings_3"])
def test_a_former_that_a_person_demotes_too_early_is_taken_as_it_is(name: str) -> None:
    """Found where all others were held by an earlier run, so that the person at the wizard did not wait to be asked: nobody was active then."""
    with staged(VERBS[name]) as stage:
        once(stage, "person_flips_srv1", "Start-EntraSyncCycle", "srv2")
        done = stage.run()
        assert (done.outcome, done.message) == ("done", "")
        assert [each for each, server in stage.world.servers.items() if not server.staging] == ["srv2"]
        assert stage.overlaps_of_ours() == []


def test_a_wrong_tick_at_the_upgrade_is_mended_as_it_is_told() -> None:
    """The server was blocked and stopped at once; what is printed then makes the same command go on."""
    with staged(VERBS["hooks_2"]) as stage:
        once(stage, "person_flips_srv2", "Get-EntraSyncServer", "srv2", 12)
        done = stage.run()
        assert done.outcome == "incomplete" and "During the upgrade staging mode was turned off on srv2" in done.message
        settle(stage)
        verdict = judge_again(stage, person=True)
        assert (verdict.violations, verdict.not_converged) == ([], [])


@pytest.mark.parametrize("fault", ["refused", "unreachable", "crash_after"])
def test_a_rollback_that_cannot_claim_what_came_back_is_not_called_refused(fault: str) -> None:
    """Found as a run that had held the server and brought its snapshot back, and said that nothing had changed."""
    with staged(VERBS["revert_2"]) as stage:
        once(stage, fault, "New-EntraSyncClaim", "srv1", 2)
        done = stage.run()
        assert done.crashed or (done.outcome, done.failed) == ("incomplete", True)
        assert stage.hypervisor.log[-1] == {"action": "restore", "server": "srv1", "down": True, "engine": NEW}
        assert done.crashed or fingerprint.record_of(stage.world.servers["srv2"])["claim"]["ended"]
        settle(stage)
        verdict = judge_again(stage, person=False)
        assert (verdict.violations, verdict.not_converged) == ([], [])


def test_the_only_server_in_staging_mode_has_a_way_on() -> None:
    """Found as a loop: in_place_upgrade named status, status named switch_roles, and switch_roles named in_place_upgrade."""
    with staged(VERBS["in_place_1"]) as stage:
        stage.person_flips("srv1", at_once=True)
        verdict = judge_again(stage, person=True)
        assert (verdict.violations, verdict.not_converged) == ([], [])


@pytest.mark.parametrize("name", ["rejoin_unfinished_2", "rejoin_unfinished_3", "rejoin_unproved_2"])
def test_a_rejoin_finishes_the_failover_that_was_not_finished(name: str) -> None:
    """Found as a run that demoted the server which was back, and left nobody active; or left a promotion that nobody had proved."""
    with staged(VERBS[name]) as stage:
        done = stage.run()
        assert (done.outcome, done.message) == ("done", "")
        settle(stage)
        assert not any(fingerprint.record_of(server).get("promotion") for server in stage.world.servers.values())
        verdict = judge_again(stage, person=False)
        assert (verdict.violations, verdict.not_converged) == ([], [])


def test_a_rejoin_is_judged_by_gates_of_the_users_own_before_it_claims() -> None:
    """One that goes on is not stopped by them: what is half taken back tells little."""
    gate = {"id": "mine", "query": "servers.srv1.prerequisites.service_account", "expect": "nobody", "message": "it waits"}
    verb = VERBS["rejoin_2"]
    with staged(replace(verb, variables={**verb.variables, "entra_connect_custom_gates": [gate]})) as stage:
        stage.world.servers["srv1"].set_staging(True)
        refused = stage.run()
        assert (refused.outcome, refused.changed, "it waits" in refused.message) == ("refused", 0, True)
        stage.verb = verb
        once(stage, "crash_after", "Enter-EntraSyncHold", "srv1")
        assert stage.run().crashed
        settle(stage)
        stage.verb = replace(verb, variables={**verb.variables, "entra_connect_custom_gates": [gate]})
        assert stage.run().outcome == "done"


def test_a_rejoin_that_cannot_finish_is_not_called_refused() -> None:
    """Found as a run that had demoted the server which was back, and said that nothing had changed."""
    with staged(VERBS["rejoin_unfinished_2"]) as stage:
        once(stage, "login_refused", "New-EntraSyncClaim", "srv1", 2)
        done = stage.run()
        assert (done.outcome, done.failed) == ("stopped_zero_active", True)


@pytest.mark.parametrize(("fault", "outcome"), [("person_flips_srv2", "refused"), ("person_flips_srv1", "split")])
def test_a_rejoin_that_has_nothing_to_do_proves_it(fault: str, outcome: str) -> None:
    """Found as a run that said already while nobody was active, or two servers were."""
    with staged(VERBS["rejoin_2"]) as stage:
        assert stage.run().outcome == "done"
        once(stage, fault, "Get-EntraSyncServer", "srv1")
        stage.run()
        stage.wire.way = straight
        done = stage.run()
        assert (done.outcome, done.changed) == (outcome, 0)
