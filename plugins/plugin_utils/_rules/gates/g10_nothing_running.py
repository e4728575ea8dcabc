# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G10: who sits at a server, or an upgrade by itself, may change its role while we work.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..reads import ServerRead
from ..refusals import Refusal
from ..situation import Situation
from ..versions import facts_of
from ._gate import BEFORE, BETWEEN, Check, Checked, Gate

GATE = Gate(
    id="G10",
    title="nothing else is in progress",
    moments=(BEFORE, BETWEEN),
    reads="Processes of wizard, Synchronization Service Manager and installer, and whether the scheduler is suspended, on every server.",
    verdict="Fails where one runs or cannot be read. A wizard that an earlier run of ours asked for only warns: the run joins the wait. In between "
    "nobody is active, so that the run first waits until it is closed, for entra_connect_close_timeout at most.",
    todo="Close the programs on that server, or finish the upgrade there.",
    protects="S2",
    why="A switch while somebody else changes a server.",
    overridable=False,
    shows=("wizard_open",),
    checks=(
        Check(
            ("wizard_open", "manager_open", "installer_running"),
            "Who sits at a server, or an upgrade by itself, may change its role while we work.",
            judged=True,
        ),
        Check(("scheduler_suspended",), "A suspended scheduler runs no cycle, so that the switch would stop with nobody active.", protects="L1"),
    ),
)


PROGRAMS = {"wizard_open": "the wizard", "manager_open": "the Synchronization Service Manager", "installer_running": "an installer"}


def check(situation: Situation) -> Checked:
    """Nothing else is in progress."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    for name, read in sorted(situation.reads.items()):
        for code, running in _programs(read):
            if running is None:
                fails.append(Refusal(code, name, {"detail": "the processes could not be read"}))
            elif running:
                (warns if _asked(read, code) else fails).append(Refusal(code, name))
        if read.scheduler_suspended and not facts_of(read).pending_wizard and not read.wizard_running:
            fails.append(Refusal("scheduler_suspended", name))
    return fails, warns, "no wizard, manager or installer runs" if not fails and not warns else "see above"


def to_close(reads: Mapping[str, ServerRead]) -> str:
    """What stands against it and ends by itself or by a person's hand, in words; empty where nothing is known to. What is not read is none."""
    found = [f"{PROGRAMS[code]} on {name}" for name, read in sorted(reads.items()) for code, on in _programs(read) if on and not _asked(read, code)]
    return ", ".join(found)


def _programs(read: ServerRead) -> list[tuple[str, bool | None]]:
    return [("wizard_open", read.wizard_running), ("manager_open", read.manager_running), ("installer_running", read.installer_running)]


def _asked(read: ServerRead, code: str) -> bool:
    """A wizard that an earlier run of ours asked for is expected: the run joins the wait."""
    return code == "wizard_open" and (read.promotion is not None or facts_of(read).pending_wizard)
