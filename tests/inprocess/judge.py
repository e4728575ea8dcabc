# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be so after a run in which something went wrong: no overlap of ours, and the same command again reaches the target."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.lab.agreement import disagreements
from tests.lab.model.operator import WIZARD
from tests.model.accept import CLAIM, accepts

from . import fingerprint
from .playbook import Done, ad_hoc, run
from .wire import straight

if TYPE_CHECKING:
    from .stage import Stage

LEASE_STEP, LONGEST_LEASE = 60.0, 2400.0
DECISIONS = 4  # printed next steps that a person follows, at most
DECLARE = "into entra_connect_declared_out, and run switch_roles"
PROMOTE_ALONE = "-m hybrid_identity.entra_connect.adsync_staging -a \"enabled=false expected_active=''"
MEND = re.compile(r"Mend it: ansible (\S+) -m hybrid_identity\.entra_connect\.adsync_staging -a enabled=true")
DEMOTE = "-m hybrid_identity.entra_connect.adsync_staging -a 'enabled=true"
SWITCH = "hybrid_identity.entra_connect.switch_roles -e entra_connect_active="


@dataclass
class Verdict:
    """What was wrong.

    Attributes:
        violations: a promise was broken.
        not_converged: the target was not reached by running the same command again.
    """

    violations: list[str] = field(default_factory=list)
    not_converged: list[str] = field(default_factory=list)


def settle(stage: Stage) -> None:
    """Until the network is well again, leases have run out, and nobody is in a wizard."""
    stage.silent.clear()
    stage.wire.way = straight
    for _each in range(int(LONGEST_LEASE / LEASE_STEP)):
        stage.time.clock.advance(LEASE_STEP)
        if not _unsettled(stage):
            return


def _unsettled(stage: Stage) -> bool:
    now = stage.time.clock.now
    for server in stage.world.servers.values():
        claim = fingerprint.record_of(server).get("claim")
        if (claim and not claim["ended"] and claim["lease"] > now) or WIZARD in server.processes or server.service == "StartPending":
            return True
    return stage.hands_busy


def judge_run(stage: Stage, done: Done, before: dict[str, Any], world_changed: bool) -> list[str]:
    """Violations by a run that has just ended.

    Args:
        before: the snapshot of the servers from before it.
        world_changed: whether people or machines changed the servers meanwhile, so that they need not be as they were (S6).
    """
    found = [f"overlap: {each}" for each in stage.overlaps_of_ours()]
    found += [f"defect: {each}" for each in done.defects] + told_afterwards(stage)
    if not world_changed and stage.verb.playbook != "in_place_upgrade":  # the only server cannot be held, it is idle then
        found += [f"not held: {each}" for each in stage.hypervisor.log if not each["down"]]
    if done.outcome == "refused" and not world_changed and stage.world.snapshot() != before:
        found.append(f"S6: the run says refused, and the servers are not as they were: {done.message}")
    return found


def judge_again(stage: Stage, person: bool) -> Verdict:
    """Run the same command again until the target is reached, and once more.

    Args:
        person: whether a person's act may need a decision: then printed next steps are followed.
    """
    verdict = Verdict()
    overlaps = len(stage.overlaps_of_ours())
    before = stage.world.snapshot()
    planned = stage.run(check=True)
    if changed := _changed(before, stage.world.snapshot()):
        verdict.violations.append(f"S7: check mode has changed {changed}")
    done = stage.run()
    steps = [each.result.get("plan", {}).get("steps") for each in (planned, done)]
    if steps[0] is not None and steps[0] != steps[1]:  # a rejoin in check mode reads the servers as they are before it
        verdict.violations.append(f"S7: check mode planned {steps[0]}, the run {steps[1]}")
    defects = planned.defects + done.defects
    for _each in range(DECISIONS if person else 0):
        if reached(stage, done) == "":
            break
        follow(stage, done)
        settle(stage)
        done = stage.run()
        defects += done.defects
    if done.outcome == "needs_operator" and stage.verb.patience:
        stage.time.clock.advance(stage.verb.patience)
        done = stage.run()
        defects += done.defects
    if wrong := reached(stage, done):
        verdict.not_converged.append(f"{wrong}; outcome {done.outcome}: {done.message}")
    else:
        again = stage.run()
        defects += again.defects
        if again.changed or again.failed or (stage.verb.target and again.outcome != "already"):
            verdict.not_converged.append(f"the second run after it: changed={again.changed}, outcome {again.outcome}: {again.message}")
    verdict.violations += [f"defect: {each}" for each in defects]
    verdict.violations += [f"overlap in the run after it: {each}" for each in stage.overlaps_of_ours()[overlaps:]]
    verdict.violations += told_afterwards(stage)
    return verdict


def _changed(before: dict[str, Any], now: dict[str, Any]) -> str:
    """What differs, by server; but for the full runs that an upgrade has queued, which a scheduled cycle does meanwhile."""
    pairs = [(name, each) for name, values in now.items() for each, value in values.items() if value != before[name][each]]
    return ", ".join(f"{each} of {name}" for name, each in pairs if each != "overrides")


def told_afterwards(stage: Stage) -> list[str]:
    """What servers tell of all runs so far: their journals are a path of the switch table, their run histories agree with the diary."""
    journals = {name: server.journal for name, server in stage.world.servers.items()}
    never = [name for name in stage.absent if not any(each["function"] == CLAIM for each in journals[name])]
    strayed = accepts(journals, out=never, forgot=[name for name, server in stage.world.servers.items() if server.was_restored])
    return [f"journal: {strayed}"] * bool(strayed) + [f"history: {each}" for each in disagreements(stage.world)]


def follow(stage: Stage, done: Done) -> None:
    """Do what the run has printed, as a person who wants the verb's target, or the first server, to stay or become active."""
    wanted = stage.verb.target or stage.names[0]
    if held := MEND.search(done.message):
        ad_hoc(stage, held[1], "adsync_staging", {"enabled": True, "method": "settings"})
    elif DEMOTE in done.message:
        for name, server in stage.world.servers.items():
            if not server.staging and name != wanted and not stage.gone(name):
                ad_hoc(stage, name, "adsync_staging", {"enabled": True, "method": "settings"})
    elif PROMOTE_ALONE in done.message:
        ad_hoc(stage, wanted, "adsync_staging", {"enabled": False, "expected_active": "", "method": "settings"})
    elif SWITCH in done.message:
        known = {"entra_connect_overrides": {"G6": "its identity was disabled"}} if stage.absent else {}
        run(stage, "switch_roles", {"entra_connect_active": wanted, "entra_connect_method": "settings", **known})
    elif DECLARE in done.message:
        run(stage, "switch_roles", {"entra_connect_active": wanted, "entra_connect_method": "settings", **_declared(stage)})


def _declared(stage: Stage) -> dict[str, Any]:
    """The dead server as it is written into the inventory."""
    given = stage.verb.variables
    entry = {
        key: given.get(f"entra_connect_{name}") for key, name in (("fence", "fence"), ("reason", "fence_reason"), ("evidence", "fence_evidence"))
    }
    tasks = {name: value for name, value in given.items() if name == "entra_connect_identity_tasks"}
    return {"entra_connect_declared_out": {given["entra_connect_dead"]: {key: value for key, value in entry.items() if value}}, **tasks}


def _fences(stage: Stage) -> str:
    """After a failover the fence of every server that is gone stands on all others; after a rejoin there is none, and its identity is enabled."""
    gone = sorted(name for name in stage.names if stage.gone(name))
    for name in stage.here:
        found = sorted(each["server"] for each in fingerprint.record_of(stage.world.servers[name]).get("fences", []))
        if found != gone:
            return f"{name} has fences of {found}"
        if not stage.world.servers[name].cloud_enabled:
            return f"the identity of {name} is disabled"
    return ""


def reached(stage: Stage, done: Done) -> str:
    """Why the verb's end state is not there; empty where it is."""
    verb, servers = stage.verb, stage.world.servers
    if done.failed or done.crashed:
        return "the run failed"
    if verb.playbook in ("failover", "rejoin") and (wrong := _fences(stage)):
        return wrong
    if verb.playbook == "scheduler":
        name = str(verb.variables["entra_connect_server"])
        return "" if servers[name].enabled == verb.variables["entra_connect_sync_cycle_enabled"] else f"the scheduler of {name} is not as wanted"
    if not verb.target:
        return ""
    active = [name for name in stage.here if not servers[name].staging]
    if active != [verb.target] and not (stage.decided and len(active) == 1):
        return f"active: {active}"
    for name in stage.here:
        server = servers[name]
        if not fingerprint.record_of(server).get("claim", {"ended": True})["ended"]:
            return f"the claim of {name} is not ended"
        if (server.service, server.start_type, server.blocked, server.auto_upgrade) != ("Running", "Automatic", False, "Enabled"):
            return f"{name} is not as found: {server.service}, {server.start_type}, blocked {server.blocked}, upgrades {server.auto_upgrade}"
        if not server.enabled:
            return f"the scheduler of {name} is off"
        if verb.version and server.engine_version != verb.version:
            return f"{name} has {server.engine_version}"
    return ""
