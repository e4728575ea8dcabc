# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""method: a way of changing the mode that cannot work on these servers.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..promotion import settings_method
from ..refusals import Refusal
from ..situation import Situation
from ..versions import Version, facts_of
from ._gate import BEFORE, Check, Checked, Gate, Said
from ._words import otherwise

WIZARD_WORKS_FROM = Version(2, 4, 18, 0)
GATE = Gate(
    id="method",
    title="the method can work",
    moments=(BEFORE,),
    reads="The versions of wizard and engine, and password writeback, on every server that is demoted or promoted, as they are when its turn comes.",
    verdict="Fails where the wizard is below 2.4.18.0, or the settings method wants a credential; warns where the version cannot be read.",
    todo="Choose the other entra_connect_method, or upgrade that server first.",
    protects="L1",
    why="A way of changing the mode that cannot work on these servers.",
    shows=("wizard_too_old", "settings_impossible"),
    codes={
        "wizard_too_old": Said(
            "The wizard of {server} ({version}) cannot change staging mode any more; 2.4.18.0 and later can.",
            "Use entra_connect_method=settings for the demotion of {server}.",
        ),
    },
    checks=(
        Check(("version_unread",), "Only told: whether the wizard can change the mode cannot be judged."),
        Check(("wizard_too_old",), "A wizard below this version cannot change the mode, and the run would wait for it in vain."),
    ),
)


def check(situation: Situation) -> Checked:
    """The method can work."""
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    by_settings = situation.goal.method == "settings"
    for read, move in [*situation.demoted, *situation.promoted]:
        wizard = Version.maybe(situation.goal.version) if move.upgraded else facts_of(read).wizard
        if by_settings:
            fails += settings_method(read, situation.engine_then(read, move))
        elif wizard is None:
            warns.append(Refusal("version_unread", read.name, {"what": "the wizard"}))
        elif wizard < WIZARD_WORKS_FROM:
            fails.append(Refusal("wizard_too_old", read.name, {"version": str(wizard)}))
    note = "settings (unsupported by Microsoft; choosing it is your consent)" if by_settings else "wizard"
    return fails, warns, otherwise(situation, note)
