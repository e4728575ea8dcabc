# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G5: the tenant's own limit is the last thing that stops a mass deletion.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..refusals import Refusal
from ..situation import Situation
from ._facts import as_of_now
from ._gate import AFTER, BEFORE, Check, Checked, Gate, Said

SHARE = 10  # percent of the tenant's objects: Microsoft's default of 500 is more than that only in a small tenant (adsync.md 2.11)
OFF = frozenset({"disabled", "false", "off", "0", "none"})
GATE = Gate(
    id="G5",
    title="the tenant's threshold for deletions is on",
    moments=(BEFORE, AFTER),
    reads="Prevention and threshold by the tenant's own word (evidence of the kind tenant), else each server's copy of it, which may be old. After "
    "the switch what was read since then; where nothing was, that from before it, and the evidence says so.",
    verdict=f"Fails where the tenant says that it is off. A threshold over {SHARE} %, a copy that says off, and what was not checked warn.",
    todo="Switch it on: Enable-ADSyncExportDeletionThreshold -DeletionThreshold 500, which wants a sign-in.",
    protects="S5",
    why="A mass deletion that nothing stops any more.",
    shows=("deletions_unlimited",),
    codes={
        "deletions_unlimited": Said(
            "The tenant's threshold for deletions is off.",
            "Run Enable-ADSyncExportDeletionThreshold -DeletionThreshold 500 on the active server, then the same command again.",
        ),
        "deletions_wide": Said(
            "The tenant's threshold for deletions is {threshold}, {share} % of its {objects} objects.", "Lower it to what is usual."
        ),
        "deletions_maybe_unlimited": Said(
            "The copy of the tenant's threshold for deletions on {server} says that it is off; it may be old.",
            "Run Get-ADSyncExportDeletionThreshold on {server}.",
        ),
        "deletions_not_checked": Said(
            "The tenant's threshold for deletions was not checked.",
            "Set entra_connect_tenant_tasks, or run Get-ADSyncExportDeletionThreshold on the active server.",
        ),
    },
    checks=(
        Check(("deletions_unlimited",), "Without the threshold one wrong filter deletes everybody."),
        Check(("deletions_wide",), "A threshold that is never reached is none.", function="_wide"),
        Check(("deletions_maybe_unlimited", "deletions_not_checked"), "A copy may be old, and what nobody looked at is not on.", function="_copies"),
    ),
)


def check(situation: Situation) -> Checked:
    """The tenant's threshold for deletions is on."""
    tenant, when = as_of_now(situation, "tenant", _tells)
    if not _tells(tenant):
        return _copies(situation)
    if str(tenant["deletion_prevention"]).lower() in OFF:
        return [Refusal("deletions_unlimited", "")], [], f"off by the tenant's own word{when}"
    threshold = tenant.get("deletion_threshold")
    said = f"on, {threshold}" if threshold not in (None, "") else "on, its number was not told"
    return [], _wide(tenant), f"{said}, by the tenant's own word{when}"


def _tells(found: Any) -> bool:
    return isinstance(found, Mapping) and found.get("deletion_prevention") not in (None, "")


def _wide(tenant: Mapping[str, Any]) -> list[Refusal]:
    threshold, objects = _number(tenant.get("deletion_threshold")), _number(tenant.get("objects"))
    if str(tenant["deletion_prevention"]).lower() == "enabledforpercentage":
        share = threshold
    else:
        share = None if not threshold or not objects else round(100 * threshold / objects)
    if share is None or share <= SHARE:
        return []
    return [Refusal("deletions_wide", "", {"threshold": threshold, "objects": objects or "unknown", "share": share})]


def _copies(situation: Situation) -> Checked:
    servers, when = as_of_now(situation, "health", _copied)
    copies = _copied(servers)
    if not copies:
        return [], [Refusal("deletions_not_checked", "")], "not checked"
    off = [Refusal("deletions_maybe_unlimited", name) for name, said in sorted(copies.items()) if said.lower().startswith("false")]
    return [], off, f"by the servers' copies, which may be old{when}: {', '.join(f'{name} {said}' for name, said in sorted(copies.items()))}"


def _copied(servers: Any) -> dict[str, str]:
    """What each server's copy says, of those that have one."""
    return {
        name: f"{each['deletion_prevention']} {each.get('deletion_threshold') or ''}".strip()
        for name, each in (servers.items() if isinstance(servers, Mapping) else ())
        if _tells(each)
    }


def _number(value: Any) -> int | None:
    try:
        return None if isinstance(value, bool) else int(value)
    except (TypeError, ValueError):
        return None
