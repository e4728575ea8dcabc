# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller is killed where a step has just taken effect: the same command finishes, or the former active server comes back.

Each place in virtual time; the integration tests do the same with the real ansible-playbook at some of them.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from .judge import judge_again, settle
from .stage import Before, Stage, Verb, staged
from .test_faults import once
from .verbs import VERBS

# the function that has just taken effect, and the server that it was called on
SWITCH = {
    "claim": ("Complete-EntraSyncClaim", "srv2"),
    "scheduler": ("Set-EntraSyncScheduler", "srv1"),
    "demotion": ("Enable-EntraSyncStaging", "srv1"),
    "hold": ("Enter-EntraSyncHold", "srv1"),
    "promotion": ("Disable-EntraSyncStaging", "srv2"),
    "quarantine": ("Start-EntraSyncRelease", "srv1"),
}
BACK = {name: (function, {"srv1": "srv2", "srv2": "srv1"}[server]) for name, (function, server) in SWITCH.items()}
FAILOVER = {
    "claim": ("Complete-EntraSyncClaim", "srv2"),
    "fence": ("Set-EntraSyncFence", "srv2"),
    "hold": ("Enter-EntraSyncHold", "srv3"),
    "promotion": ("Disable-EntraSyncStaging", "srv2"),
    "quarantine": ("Start-EntraSyncRelease", "srv3"),
}
UPGRADE = {"the MSI is laid down": ("Install-EntraSyncWizard", "srv2")}
VERBS_AND_STOPS = {"switch_settings_2": SWITCH, "rollback_after_2": BACK, "failover_3": FAILOVER, "swing_staging_first_2": UPGRADE}
ALL = [pytest.param(verb, *stops[stop], id=f"{verb}-{stop}") for verb, stops in VERBS_AND_STOPS.items() for stop in stops]
SETTINGS = {"entra_connect_method": "settings"}


def converges(stage: Stage) -> None:
    """No promise was broken, and running again reaches the target and then changes nothing."""
    settle(stage)
    verdict = judge_again(stage, person=False)
    assert (verdict.violations, verdict.not_converged) == ([], [])


@pytest.mark.parametrize(("verb", "function", "server"), ALL)
def test_the_same_command_finishes(verb: str, function: str, server: str) -> None:
    with staged(VERBS[verb]) as stage:
        once(stage, "crash_after", function, server)
        assert stage.run().crashed
        converges(stage)


@pytest.mark.parametrize("playbook", ["switch_roles", "rollback"])
@pytest.mark.parametrize("stop", SWITCH)
def test_the_former_comes_back(stop: str, playbook: str) -> None:
    function, server = SWITCH[stop]
    to_second = Before(playbook="switch_roles", variables={**SETTINGS, "entra_connect_active": "srv2"}, stop=(server, function))
    wanted = {**SETTINGS, **({"entra_connect_active": "srv1"} if playbook == "switch_roles" else {})}
    with staged(Verb("back", playbook, wanted, target="srv1", opposite="srv2", before=(to_second,))) as stage:
        done = stage.run()
        assert done.outcome in ("done", "already"), done.message
        assert [name for name, each in stage.world.servers.items() if not each.staging] == ["srv1"]
        stage.verb = replace(stage.verb, before=())
        converges(stage)
