# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G13: a queued full synchronisation changes what the target would export after it was looked at.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ._facts import judged
from ._gate import BEFORE, BETWEEN, Check, Checked, Gate, Said
from ._words import otherwise

GATE = Gate(
    id="G13",
    title="no full synchronisation is queued",
    moments=(BEFORE, BETWEEN),
    reads="The connector overrides of each server that is promoted: full import, full synchronisation.",
    verdict="Fails where one is queued, but for a server that is upgraded first, whose own cycle runs them; warns "
    "where they cannot be read, and before anything changes where a run goes on or goes back: its own cycle runs them.",
    todo="Let it run first, by an initial cycle.",
    protects="S5",
    why="A switch before a full synchronisation that is queued.",
    shows=("full_sync_queued",),
    codes={
        "full_sync_queued": Said(
            "On {server} a full import or synchronisation of {connector} is queued.",
            "Let it run first: ansible {server} -m hybrid_identity.entra_connect.adsync_sync_cycle -a policy_type=initial.",
        ),
        "full_sync_unread": Said(
            "Whether a full import or synchronisation is queued on {server} cannot be read.",
            "On {server} run Get-ADSyncSchedulerConnectorOverride.",
        ),
    },
    checks=(
        Check(("full_sync_unread",), "Only told: a full synchronisation may be queued.", protects="L1"),
        Check(("full_sync_queued",), "A queued full synchronisation changes what the target would export after it was looked at."),
    ),
)


def check(situation: Situation) -> Checked:
    """No full synchronisation is queued."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    counted = 0
    for target, move in situation.asked:
        if target.overrides is None or any(each.full_import is None or each.full_sync is None for each in target.overrides):
            warns.append(Refusal("full_sync_unread", target.name))
        queued = [each for each in target.overrides or [] if each.full_import or each.full_sync]
        counted += len(queued)
        # an upgrade queues them itself, and its next cycle, which is waited for, runs them
        fails += [] if move.upgraded else [Refusal("full_sync_queued", target.name, {"connector": each.connector}) for each in queued]
    return judged(situation, fails, warns, f"{counted} queued" if situation.asked else otherwise(situation, "not readable while held"))
