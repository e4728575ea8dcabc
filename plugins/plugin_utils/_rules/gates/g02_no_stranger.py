# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G2: an active server that nobody declared is held by no one, and only the tenant knows of it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..exporters import fenced, known_as
from ..refusals import Refusal
from ..situation import Situation
from ._gate import AFTER, BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G2",
    title="no server that nobody declared exports",
    moments=(BEFORE, AFTER),
    reads="Who exported last, and when, by the tenant's own word (evidence of the kind tenant), and the last exports of our servers.",
    verdict="Fails where the tenant names a machine that is none of ours, unless one of ours has exported since. Without the tenant's word it warns: "
    "that was not checked. Where a server is declared out the name may be its, so that it warns.",
    todo="Find that machine: declare it, or turn its staging mode on and uninstall it.",
    protects="S1",
    why="A server that is not in the inventory and exports is a second active one.",
    overridable=False,
    shows=("foreign_exporter",),
    codes={
        "foreign_exporter": Said(
            "The tenant names {exporter} as its last exporter{when}, which is none of the declared servers.",
            "Find {exporter}: put it into the inventory group 'entra_connect', or turn its staging mode on; then run the same command again.",
        ),
        "exporter_not_checked": Said(
            "Who exported last by the tenant's own word was not checked, so that an undeclared active server would not be seen.",
            "Set entra_connect_tenant_tasks to a task file that asks the tenant (Graph beta, currentExportData).",
        ),
    },
    checks=(
        Check(("foreign_exporter",), "An undeclared server that exports is held by nobody."),
        Check(("exporter_not_checked",), "What nobody looked at is not called clean."),
    ),
)


def check(situation: Situation) -> Checked:
    """No server that nobody declared exports."""
    tenant = situation.seen("tenant")
    name = str(tenant.get("last_exporter") or "") if isinstance(tenant, Mapping) else ""
    if not isinstance(tenant, Mapping) or not name:
        return [], [Refusal("exporter_not_checked", "")], "not checked"
    at = str(tenant.get("last_export_at") or "")
    seen = f"{name}{f' at {at}' if at else ''}"
    ours = known_as(situation.reads, name)
    if ours:
        return [], [], f"last exporter by the tenant: {seen}, which is {ours}"
    if name.partition(".")[0].lower() in fenced(situation.reads):
        return [], [], f"last exporter by the tenant: {seen}, which is declared out"
    strangers = [Refusal("foreign_exporter", "", {"exporter": name, "when": f" at {at}" if at else ""})]
    newest = max((each.started for read in situation.reads.values() for each in read.exports or []), default="")
    # its name in the tenant may differ from that in the inventory, and one that is out cannot be asked
    doubtful = bool(fenced(situation.reads) or situation.options.get("dead"))
    if doubtful or (at and newest and at[:19] < newest[:19]):
        return [], strangers, f"last exporter by the tenant: {seen}"
    return strangers, [], f"last exporter by the tenant: {seen}"
