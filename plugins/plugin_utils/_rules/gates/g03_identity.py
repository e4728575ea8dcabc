# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G3: the servers are those of one tenant and the same forests, and each is a machine of its own with a cloud identity of its own.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..invariant import judge
from ..prerequisites import Prerequisites
from ..refusals import Refusal
from ..roles import shut_off_by_us
from ..situation import Situation
from ._facts import not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G3",
    title="one tenant and the same forests, distinct machines and identities",
    moments=(BEFORE,),
    reads="Tenant, machine id, AD connectors and the cloud identity of every server: its application, else the account of the Entra connector.",
    verdict="Fails where two names are one machine or have one cloud identity, tenants or forests differ, or a running server tells no tenant.",
    todo="Correct the inventory: each name is one server, all of one tenant. Give a cloned server an identity of its own, by its wizard.",
    protects="S3",
    why="Two names of one machine, or servers of two tenants, are not the topology that was meant.",
    overridable=False,
    shows=("tenant_unread", "same_identity", "other_forests"),
    codes={
        "same_identity": Said(
            "{server} and {other} have the same cloud identity ({identity}): one is a clone of the other.",
            "Give {server} an identity of its own: run its wizard, 'Configure application-based authentication', or install it anew.",
        ),
        "other_forests": Said(
            "{server} synchronises {found}, {other} synchronises {wanted}.",
            "Add or remove the directories in the wizard of {server}, or take the server that is of another topology out of the group.",
        ),
        "identity_of_another": Said(
            "The account of the Entra connector of {server} ({account}) is named after another machine.",
            "Make sure that {server} is no clone: look at the account in the Synchronization Service Manager, Connectors, Properties.",
        ),
    },
    checks=(
        Check(("tenant_unread",), "Without its tenant nobody knows whether a server belongs to this topology."),
        Check(("same_identity",), "A clone is not told apart by the tenant, and its fence would stop the other server too.", "_identities"),
        Check(("other_forests",), "A server that does not see a forest deletes its objects from the tenant.", "_forests"),
        Check(("identity_of_another",), "Only told: a machine was renamed, or cloned.", "_names"),
    ),
)


def check(situation: Situation) -> Checked:
    """One tenant and the same forests, distinct machines and identities."""
    verdict = judge(situation.reads, "at_most_one")
    fails = [each for each in verdict.refusals if each.code in ("same_machine", "other_tenant")]
    fails += [Refusal("tenant_unread", name) for name, read in sorted(situation.reads.items()) if not read.tenant and not shut_off_by_us(read)]
    tenant = next((read.tenant for read in situation.reads.values() if read.tenant), "unknown")
    found = {read.name: facts for read, facts in running(situation)}
    warns = not_checked(situation, "the forests", lambda facts: facts.forests is not None)
    warns += not_checked(situation, "the cloud identity", _identity) + _names(found)
    return [*fails, *_identities(found), *_forests(found)], warns, f"tenant {tenant}, {len(situation.reads)} machines"


def _identity(facts: Prerequisites) -> str | None:
    """An application by its id, an account by its name; what that field holds beside an application is not documented."""
    return facts.application_id if facts.identity_kind == "Application" else facts.entra_account


def _identities(found: dict[str, Prerequisites]) -> list[Refusal]:
    seen: dict[str, str] = {}
    fails: list[Refusal] = []
    for name, facts in found.items():
        identity = (_identity(facts) or "").lower()
        other = seen.setdefault(identity, name) if identity else name
        if other != name:
            fails += [Refusal("same_identity", name, {"other": other, "identity": identity})]
    return fails


def _forests(found: dict[str, Prerequisites]) -> list[Refusal]:
    told = {name: sorted(each.lower() for each in facts.forests) for name, facts in found.items() if facts.forests is not None}
    first = next(iter(told), "")
    return [
        Refusal("other_forests", name, {"found": ", ".join(forests) or "no forest", "other": first, "wanted": ", ".join(told[first]) or "no forest"})
        for name, forests in told.items()
        if forests != told[first]
    ]


def _names(found: dict[str, Prerequisites]) -> list[Refusal]:
    """``Sync_NAME_hex``: a name that was cut short still begins as the machine's does (adsync.md 5.6)."""
    warns: list[Refusal] = []
    for name, facts in found.items():
        account, machine = facts.entra_account or "", (facts.computer_name or "").lower()
        kind, _dash, rest = account.lower().partition("_")
        if facts.identity_kind != "Application" and kind == "sync" and machine and not machine.startswith(rest.rpartition("_")[0]):
            warns += [Refusal("identity_of_another", name, {"account": account})]
    return warns
