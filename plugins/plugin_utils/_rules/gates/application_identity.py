# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""application_identity: servers that sign in with a user's password are to stop one day.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..ages import moment
from ..refusals import Refusal
from ..situation import Situation
from ..thresholds import day
from ._facts import judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="application_identity",
    title="the servers sign in as applications",
    moments=(BEFORE,),
    reads="The kind of each server's cloud identity: an application with a certificate, or an account with a password.",
    verdict="Warns of an account with a password; fails for the target from application_identity_deadline on.",
    todo="In the wizard of that server: Configure application-based authentication to Microsoft Entra ID (2.5.76.0 and later).",
    protects="S5",
    why="A server that the tenant turns away exports nothing.",
    shows=("password_identity",),
    thresholds=("application_identity_deadline",),
    codes={
        "password_identity": Said(
            "{server} signs in to the tenant with a password; from {deadline} on that is said to fail ({left}).",
            "Confirm the day, then configure application-based authentication in the wizard of {server}.",
        )
    },
    checks=(Check(("password_identity",), "A target that the tenant turns away exports nothing."),),
)


def check(situation: Situation) -> Checked:
    """The servers sign in as applications."""
    fails: list[Refusal] = []
    warns = not_checked(situation, "the kind of its cloud identity", lambda facts: facts.identity_kind or facts.entra_account)
    promoted = {read.name for read, _move in situation.promoted}
    deadline = day(situation.options, "application_identity_deadline")
    said: list[str] = []
    for read, facts in running(situation):
        # versions that cannot tell have nothing but accounts (adsync.md 2.12)
        kind = facts.identity_kind or ("ServiceAccount" if facts.entra_account and not facts.identity_known and not facts.identity_error else "")
        said += [f"{read.name} {kind}"] if kind else []
        now = moment(read.now)
        if kind == "ServiceAccount" and now is not None:
            days = (deadline - now.date()).days
            left = f"in {days} days" if days > 0 else "now"
            over = days <= 0 and read.name in promoted
            (fails if over else warns).append(Refusal("password_identity", read.name, {"deadline": str(deadline), "left": left}))
    return judged(situation, fails, warns, ", ".join(said) or "not checked")
