# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G12: an automatic upgrade in the window would start the service of a held server.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..roles import shut_off_by_us
from ..situation import Situation
from ._gate import BEFORE, Check, Checked, Gate

GATE = Gate(
    id="G12",
    title="automatic upgrade can be frozen",
    moments=(BEFORE,),
    reads="The state of automatic upgrade on every server.",
    verdict="Fails where it cannot be read on a server that runs.",
    todo="On that server run Get-ADSyncAutoUpgrade and put right what it says.",
    protects="S2",
    why="A switch while an upgrade may start by itself.",
    shows=("auto_upgrade_unread",),
    checks=(Check(("auto_upgrade_unread",), "What cannot be read cannot be frozen, and an automatic upgrade starts the service again."),),
)


def check(situation: Situation) -> Checked:
    """Automatic upgrade can be frozen."""
    unread = [name for name, read in sorted(situation.reads.items()) if not read.auto_upgrade and not shut_off_by_us(read)]
    return [Refusal("auto_upgrade_unread", name) for name in unread], [], "frozen for the window, restored as found"
