# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""service_account: the engine's keys hang on the account of its service.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..prerequisites import account_kind
from ..refusals import Refusal
from ..situation import Situation
from ._facts import judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="service_account",
    title="the service runs under an account that lasts",
    moments=(BEFORE,),
    reads="The account of the service ADSync on every server, and its kind by its name: virtual, managed (gMSA), domain, local, system.",
    verdict="Fails for an account of the system, which is not supported; warns of a domain or local account, whose password can end.",
    todo="Have the wizard set the account up anew; never change it in the services, which breaks the encryption keys.",
    protects="L1",
    why="A service that does not start after a restart, or that cannot read its own keys.",
    shows=("service_account_unsupported",),
    codes={
        "service_account_unsupported": Said(
            "The service ADSync of {server} runs as {account}, which is not supported.",
            "Let the wizard of {server} set the account; changing it elsewhere breaks the encryption keys.",
        ),
        "service_account_ends": Said(
            "The service ADSync of {server} runs as {account}, whose password can end.", "Make sure that its password does not end during the change."
        ),
    },
    checks=(
        Check(("service_account_unsupported",), "An account that the product does not know cannot read the encryption keys."),
        Check(("service_account_ends",), "Only told: an account whose password ends keeps the service from starting."),
    ),
)


def check(situation: Situation) -> Checked:
    """The service runs under an account that lasts."""
    fails: list[Refusal] = []
    warns = not_checked(situation, "the account of the service", lambda facts: facts.service_account)
    said: list[str] = []
    for read, facts in running(situation):
        account = facts.service_account or ""
        kind = account_kind(account, facts.computer_name)
        said += [f"{read.name} {account} ({kind})"] if kind else []
        if kind == "system":
            fails.append(Refusal("service_account_unsupported", read.name, {"account": account}))
        if kind in ("domain", "local"):
            warns.append(Refusal("service_account_ends", read.name, {"account": account}))
    return judged(situation, fails, warns, ", ".join(said) or "not checked")
