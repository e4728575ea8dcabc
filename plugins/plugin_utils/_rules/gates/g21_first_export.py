# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G21: a promotion is proved by what the new active server then exports, and by who the tenant says did.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..cycles import EXPORT, GOOD
from ..exporters import known_as
from ..refusals import Refusal
from ..roles import role_of
from ..situation import Situation
from ._gate import AFTER, Check, Checked, Gate, Said

GATE = Gate(
    id="G21",
    title="the new active server exports, and nobody else does",
    moments=(AFTER,),
    reads="The runs of the first cycle after the promotion, every server's role, password hashes, and where known the tenant's last exporter.",
    verdict="Fails where the first export did not run or did not succeed, where another server is active, or where the tenant names another exporter "
    "later. Late password hashes, and what was not checked, only warn.",
    todo="Do not switch back by reflex: look at the first export of the new active server.",
    protects="S5",
    why="A switch that is called done although nobody exports, or another one does.",
    shows=("first_export_bad", "former_still_active"),
    codes={
        "first_export_bad": Said(
            "The first export of {server} after its promotion did not succeed ({detail}).",
            "Look at Operations in the Synchronization Service Manager of {server}, then run the same command again.",
        ),
        "last_export_bad": Said(
            "The last export of {server}, which is active, did not succeed ({detail}).",
            "Look at Operations in the Synchronization Service Manager of {server}.",
        ),
        "former_still_active": Said("{server} is active beside the new active server.", "Run adsync_staging enabled=true on {server} at once."),
        "tenant_names_other": Said(
            "The tenant names {exporter} as its last exporter, at {at}, after the first export of {server}.",
            "Find {exporter} and turn its staging mode on; then run the same command again.",
        ),
        "tenant_not_checked": Said(
            "Who exported last by the tenant's own word was not checked after the promotion.",
            "Set entra_connect_tenant_tasks to a task file that asks the tenant, or look at it in the portal.",
        ),
        "object_not_seen": Said(
            "The change of {object} in AD at {changed_at} was not seen in Entra ID in time.",
            "Look at {object} in the Synchronization Service Manager of the active server: its import, its join, its export.",
        ),
        "hashes_late": Said(
            "{server} has not synchronised password hashes for {age}.", "Look at events 611, 652 and 655 of Directory Synchronization on {server}."
        ),
    },
    checks=(
        Check(("first_export_bad",), "Without a successful export nothing shows that the promotion took effect."),
        Check(("last_export_bad",), "An active server whose exports fail keeps nothing up to date.", function="_last_export"),
        Check(("former_still_active",), "A server that is active beside the new one exports too."),
        Check(("tenant_names_other",), "An exporter that the tenant names after ours is another active server.", function="_tenant", protects="S1"),
        Check(("tenant_not_checked",), "That nobody else exports is known by the tenant alone.", function="_tenant"),
        Check(("object_not_seen",), "A change that does not arrive is what users notice.", function="_object"),
        Check(("hashes_late",), "Passwords that do not reach the tenant are noticed by users first.", function="_hashes"),
    ),
)


def check(situation: Situation) -> Checked:
    """The new active server exports, and nobody else does."""
    target = situation.goal.active
    fails = [
        Refusal("former_still_active", name) for name, read in sorted(situation.reads.items()) if name != target and role_of(read).name == "active"
    ]
    first = situation.evidence.get("first_export")
    others = ", ".join(f"{name} {role_of(read).name}" for name, read in sorted(situation.reads.items()) if name != target)
    if not isinstance(first, Mapping):  # nobody was promoted just now
        fails += _last_export(situation) if situation.evidence.get("expect_export") else []
        return fails, [*_object(situation), *_hashes(situation)], f"nobody was promoted just now; {others}"
    runs = [each for each in first.get("runs") or [] if _exports(each)]
    bad = [str(each.get("result") or "no result") for each in runs if each.get("result") not in GOOD]
    if not runs or bad:
        fails.append(Refusal("first_export_bad", target, {"detail": ", ".join(bad) or "no export ran"}))
    told_against, unchecked = _tenant(situation, max((str(each.get("started") or "") for each in runs), default=""))
    counts = "; ".join(f"{name} {_counted(each)}" for name, each in sorted((first.get("counts") or {}).items()))
    return (
        [*fails, *told_against],
        [*unchecked, *_object(situation), *_hashes(situation)],
        f"first export of {target}: {counts or 'nothing to export'}; {others}",
    )


def _last_export(situation: Situation) -> list[Refusal]:
    """Of a server that was promoted earlier, where that is asked: its newest exports. One that goes on is neither good nor bad."""
    target = situation.goal.active
    exports = situation.reads[target].exports
    if not exports:
        return [
            Refusal("last_export_bad", target, {"detail": "the run history tells of none" if exports == [] else "the run history cannot be read"})
        ]
    bad = [each for each in exports if each.complete is not False and each.result not in GOOD]
    return [Refusal("last_export_bad", target, {"detail": f"{each.connector}: {each.result or 'no result'}"}) for each in bad]


def _exports(run: Mapping[str, Any]) -> bool:
    return bool(run.get("step_type") == EXPORT or (not run.get("step_type") and str(run.get("profile") or "").lower() == EXPORT))


def _counted(count: Mapping[str, Any]) -> str:
    return ", ".join(f"{count[kind]} {kind}" for kind in ("adds", "updates", "deletes", "failures") if kind in count)


def _tenant(situation: Situation, started: str) -> tuple[list[Refusal], list[Refusal]]:
    """Its last exporter, where it was asked after the promotion: another one at a later time is one that exports now."""
    tenant = situation.evidence.get("tenant_after")
    name = str(tenant.get("last_exporter") or "") if isinstance(tenant, Mapping) else ""
    target = situation.goal.active
    if not name or not isinstance(tenant, Mapping):
        return [], [Refusal("tenant_not_checked", "")]
    at = str(tenant.get("last_export_at") or "")
    if known_as(situation.reads, name) == target or not at or at[:19] < started[:19]:
        return [], []
    return [Refusal("tenant_names_other", target, {"exporter": name, "at": at})], []


def _object(situation: Situation) -> list[Refusal]:
    """The object that the user's own tasks looked for; none where they looked for none."""
    told = situation.evidence.get("object")
    if not isinstance(told, Mapping) or not told or told.get("seen_at"):
        return []
    values = {key: str(told.get(key) or "unknown") for key in ("object", "changed_at")}
    return [Refusal("object_not_seen", situation.goal.active, values)]


def _hashes(situation: Situation) -> list[Refusal]:
    target = situation.goal.active
    servers = situation.evidence.get("health_after")
    told = ((servers or {}).get(target) or {}).get("password_hashes") or {}
    if not told.get("checked") or not told.get("late"):
        return []
    age = told.get("age_seconds")
    return [Refusal("hashes_late", target, {"age": "as long as it is active" if age is None else f"{age // 60} min"})]
