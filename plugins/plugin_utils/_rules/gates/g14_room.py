# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G14: a full disk or a full database stops an upgrade or a run half-way.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ..thresholds import threshold
from ._facts import gigabytes, judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G14",
    title="disks and database have room",
    moments=(BEFORE,),
    reads="Free space of the system's and the engine's drive, and the used space of LocalDB, on every server.",
    verdict="Fails where a server that is upgraded has less than disk_free_gb free (else it warns), or LocalDB is at localdb_full_gb; warns from "
    "localdb_warn_gb on.",
    todo="Make room on the drive; for LocalDB, shorten the run history (Set-ADSyncScheduler -PurgeRunHistoryInterval) or move to a full SQL server.",
    protects="L1",
    why="An upgrade or a run that ends in the middle for want of room.",
    shows=("disk_short", "database_full"),
    thresholds=("disk_free_gb", "localdb_warn_gb", "localdb_full_gb"),
    codes={
        "disk_short": Said("{server} has {free} free on {drive}, wanted are {wanted} GB.", "Make room on {drive} of {server}."),
        "database_full": Said(
            "The LocalDB of {server} holds {used}; at 10 GB it takes no more.",
            "On {server} shorten the run history (Set-ADSyncScheduler -PurgeRunHistoryInterval 1.00:00:00), or move to a full SQL server.",
        ),
    },
    checks=(
        Check(("disk_short",), "An upgrade needs room for the MSI, the new engine and the database.", "_disks"),
        Check(("database_full",), "A full LocalDB takes no run any more."),
    ),
)


def check(situation: Situation) -> Checked:
    """Disks and database have room."""
    fails: list[Refusal] = []
    warns = not_checked(situation, "the free space", lambda facts: facts.system_free_mb is not None)
    warns += not_checked(situation, "the size of the database", lambda facts: facts.sql_used_mb is not None)
    said: list[str] = []
    for read, facts in running(situation):
        short = _disks(situation, read.name, {facts.system_drive or "": facts.system_free_mb, facts.data_drive or "": facts.data_free_mb})
        (fails if read.name in situation.plan.upgrading else warns).extend(short)
        used = facts.sql_used_mb if facts.sql_local else None
        if used is not None and used >= threshold(situation.options, "localdb_warn_gb") * 1024:
            full = used >= threshold(situation.options, "localdb_full_gb") * 1024
            (fails if full else warns).append(Refusal("database_full", read.name, {"used": gigabytes(used)}))
        if facts.system_free_mb is not None:
            said.append(f"{read.name} {gigabytes(facts.system_free_mb)} free" + (f", database {gigabytes(used)}" if used is not None else ""))
    return judged(situation, fails, warns, "; ".join(said) or "not checked")


def _disks(situation: Situation, name: str, drives: dict[str, int | None]) -> list[Refusal]:
    wanted = threshold(situation.options, "disk_free_gb")
    return [
        Refusal("disk_short", name, {"drive": drive, "free": gigabytes(free), "wanted": wanted})
        for drive, free in drives.items()
        if free is not None and free < wanted * 1024
    ]
