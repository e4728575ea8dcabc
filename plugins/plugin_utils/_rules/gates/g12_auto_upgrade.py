# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G12: an automatic upgrade in the window would start the service of a held server.

Internal to the collection: no promise of stability between releases.

Decision: in between, and so right before the promotion, it only tells. Disabled is the one state in which nothing upgrades by itself (adsync.md 6.4);
nothing public says that it is left without a person, but the wizard of an upgrade may set it. To refuse then would leave nobody active, and would
prevent nothing that is not prevented anyway: an upgrade that has begun is an installer or a suspended scheduler (G10), a service that it started
has broken the hold, and the promotion reads both afresh.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..roles import shut_off_by_us
from ..situation import Situation
from ._gate import BEFORE, BETWEEN, Check, Checked, Gate, Said

FROZEN = "Disabled"
GATE = Gate(
    id="G12",
    title="automatic upgrade can be frozen",
    moments=(BEFORE, BETWEEN),
    reads="The state of automatic upgrade on every server that runs.",
    verdict="Before, fails where it cannot be read. In between it warns, where it cannot be read or is on again.",
    todo="On that server run Get-ADSyncAutoUpgrade and put right what it says.",
    protects="S2",
    why="A switch while an upgrade may start by itself.",
    shows=("auto_upgrade_unread",),
    codes={
        "auto_upgrade_on_again": Said(
            "Automatic upgrade of {server} is {state}, though it was frozen.",
            "Find out who has turned it on; on {server} run Set-ADSyncAutoUpgrade -AutoUpgradeState Disabled.",
        ),
    },
    checks=(
        Check(("auto_upgrade_unread",), "What cannot be read cannot be frozen, and an automatic upgrade starts the service again."),
        Check(("auto_upgrade_on_again",), "Only told: an upgrade that starts by itself breaks a hold, which the promotion finds.", "_between"),
    ),
)


def check(situation: Situation) -> Checked:
    """Automatic upgrade can be frozen, and stays so."""
    running = {name: read.auto_upgrade or "" for name, read in sorted(situation.reads.items()) if not shut_off_by_us(read)}
    unread = [Refusal("auto_upgrade_unread", name) for name, state in running.items() if not state]
    if situation.moment == BETWEEN:
        return [], [*unread, *_between(running)], ", ".join(f"{name} {state or 'unknown'}" for name, state in running.items())
    return unread, [], "frozen for the window, restored as found"


def _between(running: dict[str, str]) -> list[Refusal]:
    return [Refusal("auto_upgrade_on_again", name, {"state": state}) for name, state in running.items() if state not in ("", FROZEN)]
