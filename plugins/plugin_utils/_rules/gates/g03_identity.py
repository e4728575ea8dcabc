# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G3: the servers are those of one tenant, and each is a machine of its own.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..invariant import judge
from ..refusals import Refusal
from ..roles import shut_off_by_us
from ..situation import Situation
from ._gate import BEFORE, Check, Checked, Gate

GATE = Gate(
    id="G3",
    title="one tenant, distinct machines",
    moments=(BEFORE,),
    reads="Tenant of the Entra connector and machine id of every server.",
    verdict="Fails where two names are one machine, tenants differ, or a running server does not tell its tenant.",
    todo="Correct the inventory: each name is one server, and all are of one tenant (entra_connect_topology tells several tenants apart).",
    protects="S3",
    why="Two names of one machine, or servers of two tenants, are not the topology that was meant.",
    overridable=False,
    shows=("tenant_unread",),
    checks=(Check(("tenant_unread",), "Without its tenant nobody knows whether a server belongs to this topology."),),
)


def check(situation: Situation) -> Checked:
    """One tenant, distinct machines."""
    verdict = judge(situation.reads, "at_most_one")
    fails = [each for each in verdict.refusals if each.code in ("same_machine", "other_tenant")]
    fails += [Refusal("tenant_unread", name) for name, read in sorted(situation.reads.items()) if not read.tenant and not shut_off_by_us(read)]
    tenant = next((read.tenant for read in situation.reads.values() if read.tenant), "unknown")
    return fails, [], f"tenant {tenant}, {len(situation.reads)} machines"
