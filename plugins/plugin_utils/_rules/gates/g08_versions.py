# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G8: a newer server's rules under an older engine, and versions that are known to fail.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ..versions import Version, facts_of, support_of
from ._facts import judged
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G8",
    title="versions fit",
    moments=(BEFORE,),
    reads="The version of the engine on every server, the wanted version, and the list of versions that are known to be bad.",
    verdict="Fails where the target is older than the active server by then, or the wanted version is known to be bad. An "
    "older target only warns where a run goes on or goes back.",
    todo="Upgrade the target first (order staging_first), or choose another version.",
    protects="S5",
    why="A switch to an older version, or to one that is known to be bad.",
    shows=("target_older", "known_bad"),
    codes={
        "promoted_before_upgrade": Said(
            "By the order switch_first {server} is promoted at {found}, before it is upgraded.",
            "Use entra_connect_order=staging_first, Microsoft's order, unless the guide that you follow wants it so.",
        ),
        "target_older": Said(
            "{server} has version {found}, older than {active} of the active server.",
            'Upgrade {server} first (order staging_first), or accept it by -e \'{{"entra_connect_overrides": {{"G8": "REASON"}}}}\'.',
        ),
        "known_bad": Said("Version {version} is known to be bad: {why}.", "Choose another version."),
    },
    checks=(
        Check(("known_bad",), "A version that is known to fail would leave the run half done.", protects="L1"),
        Check(("version_unread",), "Only told: whether the versions fit cannot be judged.", protects="L1"),
        Check(("promoted_before_upgrade",), "Only told: the plan promotes a server before it is upgraded, as was asked.", protects="L1"),
        Check(("target_older",), "An older version under newer rules may export what the newer one would not."),
    ),
)


def check(situation: Situation) -> Checked:
    """Versions fit."""
    fails: list[Refusal] = []
    older: list[Refusal] = []
    warns: list[Refusal] = []
    goal, reads = situation.goal, situation.reads
    wanted = Version.maybe(goal.version)
    if wanted is not None and situation.plan.upgrading:
        bad = support_of(wanted)["known_bad"]
        if bad:
            fails.append(Refusal("known_bad", "", {"version": str(wanted), "why": bad}))
    active = next((read for read in reads.values() if role_of(read).name == "active"), None)
    for target, move in situation.asked[:1]:  # whoever is promoted later follows one that the plan itself has promoted
        mine = situation.engine_then(target, move)
        theirs = facts_of(active).engine if active is not None else None
        unread = [read.name for read in (target, active) if read is not None and facts_of(read).engine is None]
        warns += [Refusal("version_unread", name, {"what": "the engine"}) for name in unread]
        if (
            goal.order == "switch_first"
            and situation.plan.upgrading
            and not move.upgraded
            and mine is not None
            and wanted is not None
            and mine < wanted
        ):
            warns.append(Refusal("promoted_before_upgrade", target.name, {"found": str(mine)}))
        if mine is not None and theirs is not None and mine < theirs:
            params = {"found": str(mine), "active": str(theirs)}
            (warns if goal.order == "switch_first" else older).append(Refusal("target_older", target.name, params))
    versions = ", ".join(f"{name} {facts_of(read).engine_text or 'unknown'}" for name, read in sorted(reads.items()))
    older, warns, said = judged(situation, older, warns, versions)
    return fails + older, warns, said
