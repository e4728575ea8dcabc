# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G20: an upgrade cannot be undone by the product, so that what leads back is there before it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..reads import ServerRead
from ..refusals import Refusal
from ..roles import shut_off_by_us
from ..situation import Situation
from ..versions import Version, facts_of
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G20",
    title="there is a way back",
    moments=(BEFORE,),
    reads="The export of every server's settings with its manifest, and whether a task file for snapshots is given and required.",
    verdict="Fails where a server is to be upgraded and its settings were not exported, or where a snapshot is required and nobody takes one. Warns "
    "where only roles are switched, where exports were not looked for, and while a begun upgrade is finished.",
    todo="Put right what the export says; name your task file as entra_connect_snapshot.",
    protects="L1",
    why="An upgrade that goes wrong on a server of which nothing was kept.",
    shows=("settings_not_exported",),
    codes={
        "settings_not_exported": Said(
            "The settings of {server} were not exported, so there is no copy to go back to ({detail}).",
            "Put right what it says, and run the same command again; or write the reason as G20 of entra_connect_overrides.",
        ),
        "way_back_not_checked": Said(
            "Whether the settings of {server} were exported was not looked for.",
            "Run hybrid_identity.entra_connect.compare_settings, or look below settings in the report folder.",
        ),
        "snapshot_unplanned": Said(
            "A snapshot of {server} is required before its upgrade, and no task file takes one.",
            "Name your task file as entra_connect_snapshot, or take entra_connect_require_snapshot out.",
        ),
    },
    checks=(
        Check(("settings_not_exported",), "Without a copy of its settings a server that an upgrade broke is set up anew by memory."),
        Check(("way_back_not_checked",), "Only told: nobody looked for a copy."),
        Check(("snapshot_unplanned",), "A snapshot that was promised to somebody would not be there."),
    ),
)


def check(situation: Situation) -> Checked:
    """There is a way back from every upgrade and demotion of the plan."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    said: list[str] = []
    upgraded = [name for phase in situation.plan.phases if phase.kind != "switch" for name in phase.servers if name in situation.reads]
    demoted = [read.name for read, _move in situation.demoted]
    settings, snapshot = situation.evidence.get("settings"), situation.evidence.get("snapshot")
    exported = settings.get("servers") if isinstance(settings, Mapping) else None
    wanted = isinstance(snapshot, Mapping) and snapshot.get("required") is True
    takes = isinstance(snapshot, Mapping) and bool(snapshot.get("tasks"))
    for name in sorted({*upgraded, *demoted}):
        read = situation.reads[name]
        first = name in upgraded and not _begun(situation, read)
        one: Mapping[str, Any] = (exported or {}).get(name) or {"read": None, "reason": "no export was made"}
        if exported is None:
            warns.append(Refusal("way_back_not_checked", name))
        elif one.get("read") is not True:
            stands = first and not shut_off_by_us(read)
            (fails if stands else warns).append(Refusal("settings_not_exported", name, {"detail": str(one.get("reason") or "unknown")}))
        if wanted and not takes and first:
            fails.append(Refusal("snapshot_unplanned", name))
        said.append(f"{name} exported" if one.get("read") is True else f"{name} not exported")
    if not said:
        return [], [], "nobody is upgraded or demoted"
    snapshots = "a snapshot is taken while a server is held" if takes else "no snapshot is taken"
    return fails, warns, f"{', '.join(said)}; {snapshots}; the old active server stays installed"


def _begun(situation: Situation, read: ServerRead) -> bool:
    """Whether an earlier run has laid the new version down: then it is finished, whatever was kept of it."""
    return facts_of(read).laid_down(Version.maybe(situation.goal.version))
