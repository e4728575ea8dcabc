# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G22: the wizard of an upgrade offers to turn staging mode off, and suspends the scheduler until it is finished.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ..versions import Version, facts_of
from ._gate import AFTER, Check, Checked, Gate, Said

GATE = Gate(
    id="G22",
    title="upgraded servers are staging still",
    moments=(AFTER,),
    reads="Both readings of the role of every other server, its versions, and whether its scheduler is suspended. During the wizard the role is "
    "read at each poll, and a server whose staging mode reads off is blocked and stopped at once.",
    verdict="Fails where one that was upgraded does not read staging by both readings, or its upgrade is not finished.",
    todo="Run status; mend a wrong tick with adsync_staging enabled=true, and finish an open wizard.",
    protects="S1",
    why="A second server that exports, since its upgrade turned staging mode off.",
    shows=("upgraded_not_staging",),
    codes={
        "upgraded_not_staging": Said(
            "After its upgrade {server} does not read staging by both readings: {detail}.",
            "Run hybrid_identity.entra_connect.status at once, and mend it: ansible {server} -m hybrid_identity.entra_connect.adsync_staging "
            "-a enabled=true.",
        ),
        "upgrade_unfinished": Said(
            "The upgrade of {server} is not finished ({detail}).",
            "On {server} open AzureADConnect.exe and finish it, then run the same command again.",
        ),
    },
    checks=(
        Check(("upgraded_not_staging",), "A server that was upgraded and is active beside the wanted one would overwrite what that exports."),
        Check(("upgrade_unfinished",), "A suspended scheduler runs no cycle, so that the spare grows stale unseen.", protects="L1"),
    ),
)


def check(situation: Situation) -> Checked:
    """Upgraded servers are staging still."""
    fails: list[Refusal] = []
    said: list[str] = []
    if Version.maybe(situation.goal.version) is None:
        return [], [], "no version was wanted"
    for name, read in sorted(situation.reads.items()):
        if name == situation.goal.active:
            continue
        role, facts = role_of(read), facts_of(read)
        said.append(f"{name} {role.name} {facts.engine_text or 'of unknown version'}")
        if role.name not in ("staging", "held") or not role.certain:
            fails.append(Refusal("upgraded_not_staging", name, {"detail": role.reason}))
        elif facts.pending_wizard or read.scheduler_suspended is True:
            detail = "SchedulerSuspended is True" if read.scheduler_suspended else f"the wizard is {facts.wizard}, the engine {facts.engine}"
            fails.append(Refusal("upgrade_unfinished", name, {"detail": detail}))
    return fails, [], ", ".join(said) or "there is no other server"
