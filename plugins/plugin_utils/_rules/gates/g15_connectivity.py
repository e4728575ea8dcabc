# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G15: a target that does not reach its domains or the tenant cannot take over.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from datetime import timedelta

from ..ages import moment, words
from ..cycles import GOOD, is_kind
from ..prerequisites import Prerequisites
from ..reads import ServerRead
from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ..thresholds import threshold
from ._facts import judged, not_checked, targets
from ._gate import BEFORE, Check, Checked, Gate, Said
from ._words import otherwise

GATE = Gate(
    id="G15",
    title="the target reaches every domain and the tenant",
    moments=(BEFORE,),
    reads="Of each server that is promoted: whether the engine reaches each AD domain, the last imports, and the end of its certificate.",
    verdict="Fails where a domain is not reached or the certificate ends within certificate_days; warns where a connector has no good import in the "
    "history, and of what was not read.",
    todo="Look at DNS, firewall and the connector's account; renew the certificate in the wizard.",
    protects="S5",
    why="A new active server that cannot import or export.",
    shows=("domain_unreachable", "certificate_ends_soon"),
    thresholds=("certificate_days",),
    codes={
        "domain_unreachable": Said(
            "The engine of {server} does not reach the domain {domain} ({why}).",
            "On {server} look at DNS and firewall, then run Get-ADSyncDomainReachabilityStatus -ConnectorName {connector}.",
        ),
        "certificate_ends_soon": Said(
            "The certificate by which {server} signs in to the tenant ends {when}, wanted are more than {wanted} days.",
            "Renew it in the wizard of {server} (Rotate application certificate).",
        ),
        "import_unseen": Said(
            "The run history of {server} has no good import of {connector}, so that its connection is not proved.",
            "Run ansible {server} -m hybrid_identity.entra_connect.adsync_sync_cycle -a policy_type=delta.",
        ),
    },
    checks=(
        Check(("domain_unreachable",), "Objects of a domain that is not reached are neither read nor written.", "_domains"),
        Check(("certificate_ends_soon",), "Without its certificate the server can export nothing."),
        Check(("import_unseen",), "Only told: a good import is the honest test of a connection.", "_imports"),
    ),
)


def check(situation: Situation) -> Checked:
    """The target reaches every domain and the tenant."""
    names = [read.name for read, _move in situation.asked]
    if not names:
        return [], [], otherwise(situation, "judged when the target runs again")
    fails: list[Refusal] = []
    warns = not_checked(situation, "whether its domains are reached", lambda facts: facts.domains is not None, names)
    upgraded = {read.name for read, move in situation.asked if move.upgraded}
    count = 0
    for read, facts in targets(situation):
        count += len(facts.domains or [])
        fails += _domains(read.name, facts)
        if read.name not in upgraded and role_of(read).name == "staging":
            warns += _imports(read)
        now, ends = moment(read.now), moment(facts.certificate_ends)
        wanted = threshold(situation.options, "certificate_days")
        if now is not None and ends is not None and ends - now <= timedelta(days=wanted):
            when = f"in {words(ends - now)}" if ends > now else "in the past"
            fails.append(Refusal("certificate_ends_soon", read.name, {"when": when, "wanted": wanted}))
    return judged(situation, fails, warns, f"{count} domains looked at for {', '.join(names)}")


def _domains(name: str, facts: Prerequisites) -> list[Refusal]:
    return [
        Refusal("domain_unreachable", name, {"domain": each.domain, "connector": each.connector, "why": each.error or "no reason was given"})
        for each in facts.domains or []
        if each.reachable is not True
    ]


def _imports(read: ServerRead) -> list[Refusal]:
    imports = [step for step in read.runs or [] if is_kind(step.step_type, step.profile, "import")]
    good = {step.connector for step in imports if (step.step_result or step.result) in GOOD}
    return [Refusal("import_unseen", read.name, {"connector": each.name}) for each in read.connectors or [] if each.name not in good]
