# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates before a switch: each is provoked, and what could not be read does not pass."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import (
    GATES,
    NEVER_OVERRIDDEN,
    GateResult,
    bad_overrides,
    run_gates,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import Phase, Plan, make_plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation

from . import builders

OLD = dict.fromkeys(("engine_version", "wizard_version", "product_version", "configuration_version"), "2.4.131.0")
BELOW = dict.fromkeys(OLD, "2.6.91.0")
WITHOUT_WIZARD = dict.fromkeys(OLD, "2.4.0.0")
ONE_DELETE = [builders.pending("contoso.local"), builders.pending(deletes=1)]
# a release that was stopped half-way: what its cmdlets ask the cloud for has no answer
BEHIND_OUR_BLOCK: dict[str, Any] = {
    "quarantine": {"since": "2026-11-02T11:59:00.000Z", "effective": True, "reason": ""},
    "sync_cycle_enabled": None,
    "password_writeback": None,
    "auto_upgrade": "",
    "overrides": None,
}
SET_BY_US = [{"name": "scheduler", "found": True, "set": False}]


CAUGHT_UP = [{"step_type": "delta-import", "result": "success"}, {"step_type": "", "profile": "Delta Synchronization", "result": "success"}]
BAD_SYNC = {"step_type": "delta-sync", "result": "stopped-server"}
AGENT: dict[str, Any] = {"name": "AzureADConnectAuthenticationAgent", "found": False, "status": "", "start_type": ""}
OFF = {"device_writeback": False, "group_writeback": False, "seamless_sign_on": False}
QUIET: dict[str, Any] = {
    "read": True,
    "compared": True,
    "new": [],
    "old": [],
    "not_read": [],
    "password_hashes": {"checked": True, "late": False, "age_seconds": 90},
    "deletion_prevention": "True",
    "deletion_threshold": "500",
    "role_entries": [],
    "role_changed": "",
    "services": [AGENT],
}
LOGGED: dict[str, Any] = {
    "provider": "ADSync",
    "id": 6801,
    "level": "error",
    "count": 2,
    "last": "2026-11-02T11:59:00.000Z",
    "verdict": "fail",
    "meaning": "It failed.",
    "do": "Look.",
}
TENANT = {"last_exporter": "SRV1.contoso.local", "last_export_at": "2026-11-02T11:30:00Z", "deletion_prevention": "enabledForCount"}
THEIRS = {"last_exporter": "OLDBOX", "last_export_at": "2026-11-02T11:59:00Z"}
EXPORTED = {"step_type": "export", "result": "success", "started": "2026-11-02T11:45:00.000Z"}
FIRST = {"runs": [EXPORTED, {"step_type": "delta-import", "result": "success"}], "counts": {"contoso - AAD": {"adds": 1, "updates": 0, "deletes": 0}}}
UNREACHED = {"connector": "contoso.local", "domain": "contoso.local", "reachable": False, "error": "no DC"}
ACCOUNT = {"identity_kind": "ServiceAccount", "entra_account": "Sync_SRV_0123@contoso.onmicrosoft.com", "application_id": ""}
NOTHING: dict[str, Any] = {"evidence": {"prerequisites": None}}
SILENT: dict[str, Any] = {"evidence": {"prerequisites": {"srv1": builders.prerequisites("srv1"), "srv2": {"problem": "srv2 cannot be reached."}}}}
UNREAD: dict[str, Any] = dict.fromkeys(builders.prerequisites())
FENCE = {"server": "srv9", "kind": "powered_off", "reason": "dead", "evidence": "ticket", "since": "2026-11-01T00:00:00.000Z"}
BAD_EXPORT = {"connector": "contoso - AAD", "run_number": 7, "started": "x", "complete": True, "result": "stopped-server"}
HELD_ONCE = [{"at": "2026-11-02T02:00:00.000Z", "function": "Enter-EntraSyncHold", "what": "done"}]
PROMOTED_SINCE = [*HELD_ONCE, {"at": "2026-11-02T03:00:00.000Z", "function": "Disable-EntraSyncStaging", "what": "done"}]
EXPORTED_AT = {"connector": "contoso - AAD", "run_number": 7, "complete": True, "result": "success"}
BY_HAND = builders.staging("srv2", exports=[{**EXPORTED_AT, "started": "2026-11-02T11:00:00.000Z"}])
IN_FLIGHT = builders.staging("srv2", exports=[{**EXPORTED_AT, "started": "2026-11-02T02:00:40.000Z"}])
AGO = {"last_export_at": "2026-11-01T11:59:00Z"}


def health(srv1: dict[str, Any] | None = None, srv2: dict[str, Any] | None = None, kind: str = "health") -> dict[str, Any]:
    """Evidence of how both servers have been, each changed."""
    return {kind: {"srv1": {**QUIET, **(srv1 or {})}, "srv2": {**QUIET, **(srv2 or {})}}}


def facts(srv1: dict[str, Any] | None = None, srv2: dict[str, Any] | None = None) -> dict[str, Any]:
    """Evidence of what both servers rest on, each changed."""
    return {"prerequisites": {"srv1": builders.prerequisites("srv1", **(srv1 or {})), "srv2": builders.prerequisites("srv2", **(srv2 or {}))}}


def seen(srv1: dict[str, Any] | None = None, srv2: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    """Options of the gates before a switch, with changed prerequisites."""
    return {"evidence": facts(srv1, srv2), **options}


RULE = {"verdict": "refuse", "title": "In from AD - User Join", "field": "disabled"}
FEATURE = {"verdict": "warn", "title": "global settings", "field": "Microsoft.OptionalFeature.DeviceWriteBack"}


def settings(
    *differences: dict[str, Any], name: str = "srv2", reference: str = "srv1", at_risk: tuple[str, ...] = (), **changes: Any
) -> dict[str, Any]:
    """Evidence of a comparison of two servers' settings."""
    one = {"checked": True, "reason": "", "verdict": "equal", "differences": list(differences), **changes}
    exported = {"srv1": {"read": True}, "srv2": {"read": True}}
    return {"reference": reference, "comparisons": {name: one}, "at_risk": list(at_risk), "servers": exported, "features": {"srv1": OFF}}


def unexported(*servers: str) -> dict[str, Any]:
    """Evidence in which the settings of these could not be exported."""
    found = settings()
    return {"settings": {**found, "servers": {**found["servers"], **{name: {"read": False, "reason": "no answer"} for name in servers}}}}


def after(**changes: Any) -> dict[str, Any]:
    """Options of the gates after a switch, with changed evidence."""
    return {"moment": "after", "evidence": changes}


# by moment, what the other read-only modules found where all is well
EVIDENCE: dict[str, dict[str, Any]] = {
    "before": {**facts(), **health(), "tenant": TENANT, "settings": settings()},
    "between": {"catch_up": CAUGHT_UP},
    "after": {
        **health(),
        **health(kind="health_after"),
        "tenant": TENANT,
        "tenant_after": {**TENANT, "last_exporter": "srv2", "last_export_at": "2026-11-02T11:46:00Z"},
        "first_export": FIRST,
        "object": {"object": "CN=Zoe", "changed_at": "2026-11-02T11:40:00Z", "seen_at": "2026-11-02T11:48:00Z"},
    },
}


def gates(
    *reads: ServerRead,
    goal: dict[str, Any] | None = None,
    switching: bool = True,
    upgrading: tuple[str, ...] = (),
    wizard: Any = (),
    moment: str = "before",
    evidence: dict[str, Any] | None = None,
    **options: Any,
) -> dict[str, GateResult]:
    """The gates of a switch to srv2, by id; servers that are not given are a plain pair, and kinds of evidence that are not given find nothing."""
    frozen = {"auto_upgrade": "Disabled"} if moment == "between" else {}
    plain = [builders.active("srv1", **frozen), builders.staging("srv2", **frozen)]
    if moment == "after":
        plain = [builders.staging("srv1"), builders.active("srv2")]
    given = builders.of(*plain) | builders.of(*reads)
    found = {**EVIDENCE[moment], **(evidence or {})}
    upgrades = (Phase("upgrade", upgrading, "", ""),) if upgrading else ()
    plan = Plan("id", (*upgrades, *((Phase("switch", ("srv1",), "srv2", "srv1"),) if switching else ())), (), upgrading, tuple(wizard))
    return {each.gate: each for each in run_gates(Situation(given, builders.a_wish(**(goal or {})), plan, options, found, moment))}


def planned(*reads: ServerRead, **goal: Any) -> dict[str, GateResult]:
    """The gates of the whole way that is planned from these reads."""
    given, wish = builders.of(*reads), builders.a_wish(**goal)
    plan = make_plan(given, wish)
    options = {"operator_ready": True}
    return {each.gate: each for each in run_gates(Situation(given, wish, plan, options))}


@pytest.mark.parametrize("moment", EVIDENCE)
def test_a_plain_pair_passes_every_gate(moment: str) -> None:
    """Every gate of the moment is run once, and none has anything to say."""
    results = gates(moment=moment)
    assert list(results) == [gate.id for gate in GATES if moment in gate.moments] != []
    assert {each.verdict for each in results.values()} == {"pass"}
    assert not [each for result in results.values() for each in result.refusals]
    assert all(each.evidence for each in results.values())


# a switch that was done: to go back to srv2 is one more switch, and no end of that one
LONG_AGO = builders.a_goal(active="srv1", former="srv2", outcome="done")
UPGRADING: dict[str, Any] = {"upgrading": ("srv2",), "goal": {"version": "2.6.92.0"}}
WANTED: dict[str, Any] = {"goal": {"version": "2.6.91.0"}}
FAILS: list[tuple[str, dict[str, Any], list[ServerRead], str, str]] = [
    ("G1", {}, [builders.active("srv2")], "split", ""),
    ("G1", {}, [builders.silent("srv1")], "unreachable", "srv1"),
    ("G1", {}, [builders.silent("srv1", "timed_out")], "timed_out", "srv1"),
    ("G1", {}, [builders.held("srv3", {"staging": "False"})], "hold_wrong", "srv3"),
    ("G1", {}, [builders.staging("srv2", staging_settings="False")], "readings_differ", "srv2"),
    ("G1", {}, [builders.staging("srv2", staging_settings=None)], "role_uncertain", "srv2"),
    ("G1", {}, [builders.staging("srv3", service_status="Stopped")], "service_stopped", "srv3"),
    ("G1", {}, [builders.staging("srv3", module_present=False)], "module_missing", "srv3"),
    ("G2", {"evidence": {"tenant": {**TENANT, **THEIRS}}}, [], "foreign_exporter", ""),
    ("G2", {"evidence": {"tenant": {"last_exporter": "OLDBOX"}}}, [], "foreign_exporter", ""),
    ("G2", after(tenant_after=THEIRS), [], "foreign_exporter", ""),
    ("G3", {}, [builders.staging("srv2", machine_id="machine-of-srv1")], "same_machine", "srv2"),
    ("G3", {}, [builders.staging("srv2", tenant="other.example")], "other_tenant", ""),
    ("G3", {}, [builders.staging("srv2", tenant="")], "tenant_unread", "srv2"),
    ("G4", {}, [builders.staging("srv2", pending=[builders.pending(deletes=1)])], "over_budget", "srv2"),
    ("G4", {"max_pending": {"adds": 1}}, [builders.staging("srv2", pending=[builders.pending(adds=2)])], "over_budget", "srv2"),
    ("G4", {}, [builders.staging("srv2", pending=None)], "pending_unread", "srv2"),
    ("G4", {"max_pending": None}, [builders.staging("srv2", pending=[])], "pending_unread", "srv2"),
    ("G5", {"evidence": {"tenant": {"deletion_prevention": "disabled"}}}, [], "deletions_unlimited", ""),
    ("G5", {"evidence": {"tenant": {"deletion_prevention": False}}}, [], "deletions_unlimited", ""),
    ("G5", after(tenant_after={"deletion_prevention": "disabled"}), [], "deletions_unlimited", ""),
    ("G6", {}, [builders.active("srv1", runs=None)], "runs_unread", "srv1"),
    ("G6", {}, [builders.staging("srv2", runs=[builders.run(profile="Delta Import", step_result="no-start-ma")])], "last_run_failed", "srv2"),
    ("G6", {}, [builders.active("srv1", runs=[builders.run(step_result="completed-export-errors")])], "last_run_failed", "srv1"),
    ("G6", {}, [builders.active("srv1", engine_version="", runs=[builders.run(step_result="stopped-server")])], "last_run_failed", "srv1"),
    ("G7", {}, [builders.staging("srv2", runs=None)], "runs_unread", "srv2"),
    ("G7", {}, [builders.staging("srv2", runs=[])], "runs_unread", "srv2"),
    ("G7", {}, [builders.staging("srv2", runs=[builders.run()])], "runs_unread", "srv2"),
    ("G7", {}, [builders.staging("srv2", now="")], "runs_unread", "srv2"),
    ("G7", {}, [builders.staging("srv2", now="soon")], "runs_unread", "srv2"),
    ("G7", {}, [builders.staging("srv2", now="2026-11-09T11:31:01.000Z")], "not_fresh", "srv2"),
    ("G7", {}, [builders.staging("srv2", runs=[builders.run(profile="Delta Import", step_result="stopped-server")])], "runs_unread", "srv2"),
    ("G7", {"moment": "between", "evidence": {"catch_up": []}}, [], "not_caught_up", "srv2"),
    ("G7", {"moment": "between", "evidence": {"catch_up": [{"step_type": "delta-import", "result": "success"}]}}, [], "not_caught_up", "srv2"),
    ("G7", {"moment": "between", "evidence": {"catch_up": [*CAUGHT_UP, BAD_SYNC]}}, [], "not_caught_up", "srv2"),
    ("G8", {"upgrading": ("srv2",), "goal": {"version": "2.6.84.0"}}, [], "known_bad", ""),
    ("G8", {}, [builders.staging("srv2", engine_version="2.6.84.0")], "target_older", "srv2"),
    ("G8", {}, [builders.staging("srv2", engine_version="2.6.84.0", goal=LONG_AGO)], "target_older", "srv2"),
    ("G9", {"evidence": {"settings": settings(RULE)}}, [builders.staging("srv2", goal=LONG_AGO)], "settings_differ", "srv2"),
    ("G9", {"evidence": {"settings": settings(RULE)}}, [], "settings_differ", "srv2"),
    ("G9", {"evidence": {"settings": settings(*[RULE] * 9, FEATURE)}}, [], "settings_differ", "srv2"),
    ("G9", {"evidence": {"settings": settings(RULE, name="srv1", reference="srv2")}}, [], "settings_differ", "srv1"),
    ("G10", {}, [builders.active("srv1", wizard_running=True)], "wizard_open", "srv1"),
    ("G10", {"moment": "between"}, [builders.staging("srv2", manager_running=True)], "manager_open", "srv2"),
    ("G10", {}, [builders.staging("srv2", wizard_running=None)], "wizard_open", "srv2"),
    ("G10", {}, [builders.staging("srv3", manager_running=True)], "manager_open", "srv3"),
    ("G10", {}, [builders.staging("srv2", manager_running=None)], "manager_open", "srv2"),
    ("G10", {}, [builders.staging("srv2", installer_running=True)], "installer_running", "srv2"),
    ("G10", {}, [builders.held("srv3", installer_running="False")], "installer_running", "srv3"),
    ("G10", {}, [builders.active("srv1", scheduler_suspended=True)], "scheduler_suspended", "srv1"),
    ("G12", {}, [builders.active("srv1", auto_upgrade="")], "auto_upgrade_unread", "srv1"),
    ("G12", {}, [builders.staging("srv2", auto_upgrade=None)], "auto_upgrade_unread", "srv2"),
    ("G13", {}, [builders.staging("srv2", overrides=[{"connector": "ad", "full_import": True, "full_sync": False}])], "full_sync_queued", "srv2"),
    ("G13", {}, [builders.staging("srv2", overrides=[{"connector": "ad", "full_import": False, "full_sync": True}])], "full_sync_queued", "srv2"),
    ("G11", {"evidence": health(None, {"role_entries": HELD_ONCE})}, [BY_HAND], "staging_exported", "srv2"),
    ("G18", after(**health({"new": [LOGGED]}, kind="health_after")), [], "event_new", "srv1"),
    ("G18", after(**health(None, {"new": [LOGGED]}, kind="health_after")), [], "event_new", "srv2"),
    ("G20", {**UPGRADING, "evidence": unexported("srv2")}, [], "settings_not_exported", "srv2"),
    ("G20", {**UPGRADING, "evidence": {"snapshot": {"required": True, "tasks": False}}}, [], "snapshot_unplanned", "srv2"),
    ("G22", {**after(), **WANTED}, [builders.staging("srv1", staging_settings="False")], "upgraded_not_staging", "srv1"),
    ("G22", {**after(), **WANTED}, [builders.staging("srv1", staging_settings=None)], "upgraded_not_staging", "srv1"),
    ("G22", {**after(), **WANTED}, [builders.staging("srv1", scheduler_suspended=True)], "upgrade_unfinished", "srv1"),
    ("G22", {**after(), **WANTED}, [builders.staging("srv1", wizard_version="2.6.93.0")], "upgrade_unfinished", "srv1"),
    ("G21", after(first_export={"runs": []}), [], "first_export_bad", "srv2"),
    ("G21", after(first_export={"runs": [{**EXPORTED, "result": "stopped-server"}]}), [], "first_export_bad", "srv2"),
    ("G21", after(first_export={"runs": [{"profile": "Export", "result": ""}]}), [], "first_export_bad", "srv2"),
    ("G21", after(), [builders.active("srv1")], "former_still_active", "srv1"),
    ("G21", after(first_export=None, expect_export=True), [builders.active("srv2", exports=[])], "last_export_bad", "srv2"),
    ("G21", after(first_export=None, expect_export=True), [builders.active("srv2", exports_read=False)], "last_export_bad", "srv2"),
    ("G21", after(first_export=None, expect_export=True), [builders.active("srv2", exports=[BAD_EXPORT])], "last_export_bad", "srv2"),
    ("G21", after(tenant_after=THEIRS), [], "tenant_names_other", "srv2"),
    ("G3", seen({"application_id": "APP-of-srv2"}), [], "same_identity", "srv2"),
    ("G3", seen(*[ACCOUNT, ACCOUNT]), [], "same_identity", "srv2"),
    ("G3", seen(None, {"forests": ["contoso.local", "fabrikam.local"]}), [], "other_forests", "srv2"),
    ("G3", seen({"forests": []}), [], "other_forests", "srv2"),
    ("G14", seen(None, {"system_free_mb": 5119}, upgrading=("srv2",)), [], "disk_short", "srv2"),
    ("G14", seen({"data_free_mb": 0}, upgrading=("srv1",)), [], "disk_short", "srv1"),
    ("G14", seen({"system_free_mb": 20000}, upgrading=("srv1",), thresholds={"disk_free_gb": 20}), [], "disk_short", "srv1"),
    ("G14", seen({"sql_used_mb": 10240}), [], "database_full", "srv1"),
    ("G15", seen(None, {"domains": [UNREACHED]}), [], "domain_unreachable", "srv2"),
    ("G15", seen(None, {"domains": [{**UNREACHED, "reachable": None}]}), [], "domain_unreachable", "srv2"),
    ("G15", seen(None, {"certificate_ends": "2026-12-02T12:00:00.000Z"}), [], "certificate_ends_soon", "srv2"),
    ("G15", seen(None, {"certificate_ends": "2026-01-01T00:00:00.000Z"}), [], "certificate_ends_soon", "srv2"),
    ("G15", seen(thresholds={"certificate_days": 365}), [], "certificate_ends_soon", "srv2"),
    ("G16", seen(None, {"reboot_pending": True, "reboot_reasons": ["Windows Update"]}, upgrading=("srv2",)), [], "restart_pending", "srv2"),
    ("G17", seen({"clock_offset": 301.0}), [], "clock_off", "srv1"),
    ("G17", seen(None, {"clock_offset": -400.0}), [], "clock_off", "srv2"),
    ("G17", seen({"clock_offset": 100.0}, thresholds={"clock_fail_seconds": 90}), [], "clock_off", "srv1"),
    ("prerequisites", seen(None, {"net_release": 461807}, upgrading=("srv2",)), [], "requirement_missing", "srv2"),
    ("prerequisites", seen(None, {"os_build": "9600"}, upgrading=("srv2",)), [], "requirement_missing", "srv2"),
    ("prerequisites", seen(None, {"os_kind": "Server Core"}, upgrading=("srv2",)), [], "requirement_missing", "srv2"),
    ("prerequisites", seen(None, {"tls_client": "off"}, upgrading=("srv2",)), [], "requirement_missing", "srv2"),
    ("prerequisites", seen(None, {"tls_server": "off"}, upgrading=("srv2",)), [], "requirement_missing", "srv2"),
    ("sql", seen({"sql_read": False, "sql_error": "no route"}), [], "database_unreached", "srv1"),
    ("application_identity", seen(None, ACCOUNT, thresholds={"application_identity_deadline": "2026-11-02"}), [], "password_identity", "srv2"),
    ("service_account", seen({"service_account": "LocalSystem"}), [], "service_account_unsupported", "srv1"),
    ("scheduler_on", {}, [builders.staging("srv2", sync_cycle_enabled=False)], "scheduler_off", "srv2"),
    ("scheduler_on", {}, [builders.staging("srv2", sync_cycle_enabled=None)], "scheduler_off", "srv2"),
    ("operator", {"wizard": ("turn staging mode off at srv2",)}, [], "operator_not_ready", "srv2"),
    ("operator", {"wizard": ("x",), "operator_ready": None}, [], "operator_not_ready", "srv2"),
    ("method", {}, [builders.staging("srv2", password_writeback=True)], "settings_impossible", "srv2"),
    ("method", {}, [builders.active("srv1", password_writeback=None)], "settings_impossible", "srv1"),
    ("method", {"goal": {"method": "wizard"}}, [builders.active("srv1", **WITHOUT_WIZARD)], "wizard_too_old", "srv1"),
    ("method", {"goal": {"method": "wizard"}}, [builders.staging("srv2", wizard_version="2.4.17.9")], "wizard_too_old", "srv2"),
]


@pytest.mark.parametrize(("gate", "options", "reads", "code", "server"), FAILS)
def test_a_gate_fails(gate: str, options: dict[str, Any], reads: list[ServerRead], code: str, server: str) -> None:
    """By its own code, and on the server that it is about."""
    result = gates(*reads, **options)[gate]
    assert result.verdict == "fail"
    assert (code, server) in builders.told(result.refusals)


@pytest.mark.parametrize(("gate", "options", "reads", "code", "server"), FAILS)
def test_an_override_turns_a_fail_into_a_warning(gate: str, options: dict[str, Any], reads: list[ServerRead], code: str, server: str) -> None:
    """Except for those that nothing overrides; what stands against it is still told, and the reason too."""
    result = gates(*reads, **options, overrides={gate: "ticket CHG-1"})[gate]
    assert (code, server) in builders.told(result.refusals)
    assert result.verdict == ("fail" if gate in NEVER_OVERRIDDEN else "warn")
    assert ("CHG-1" in result.evidence) is (gate not in NEVER_OVERRIDDEN)


# the gates that judge what adsync_prerequisite_info reads
READING = ["G3", "G14", "G15", "G16", "G17", "application_identity", "prerequisites", "service_account", "sql"]
BEGUN = {"wizard_version": "2.6.92.0"}
SWITCH_FIRST = {"version": "2.6.92.0", "order": "switch_first"}


@pytest.mark.parametrize(
    ("gate", "options", "reads", "code", "server"),
    [
        ("G8", {}, [builders.staging("srv2", engine_version="")], "version_unread", "srv2"),
        ("G20", {"evidence": unexported("srv1")}, [], "settings_not_exported", "srv1"),
        ("G20", {**UPGRADING, "evidence": unexported("srv2")}, [builders.held("srv2")], "settings_not_exported", "srv2"),
        ("G20", {**UPGRADING, "evidence": unexported("srv2")}, [builders.staging("srv2", **BEGUN)], "settings_not_exported", "srv2"),
        ("G20", {"evidence": {"settings": None}}, [], "way_back_not_checked", "srv1"),
        ("G8", {"goal": SWITCH_FIRST, "upgrading": ("srv1",)}, [], "promoted_before_upgrade", "srv2"),
        ("G2", {"evidence": {"tenant": {}}}, [], "exporter_not_checked", ""),
        ("G2", {"evidence": {"tenant": {**THEIRS, **AGO}}}, [], "foreign_exporter", ""),
        ("G2", {"evidence": {"tenant": THEIRS}, "dead": "srv9"}, [], "foreign_exporter", ""),
        ("G2", {"evidence": {"tenant": THEIRS}}, [builders.active("srv1", fences=[FENCE])], "foreign_exporter", ""),
        ("G5", {"evidence": {"tenant": {}, "health": {}}}, [], "deletions_not_checked", ""),
        ("G5", {"evidence": {"tenant": None, **health({"deletion_prevention": "False"})}}, [], "deletions_maybe_unlimited", "srv1"),
        (
            "G5",
            after(tenant={}, tenant_after={}, **health({"deletion_prevention": "False"}, kind="health_after")),
            [],
            "deletions_maybe_unlimited",
            "srv1",
        ),
        (
            "G5",
            {"evidence": {"tenant": {"deletion_prevention": "enabledForCount", "deletion_threshold": "500", "objects": 4000}}},
            [],
            "deletions_wide",
            "",
        ),
        ("G5", {"evidence": {"tenant": {"deletion_prevention": "enabledForPercentage", "deletion_threshold": 11}}}, [], "deletions_wide", ""),
        ("G9", {"evidence": {"settings": None}}, [], "settings_not_checked", "srv1"),
        ("G9", {"evidence": {"settings": {}}}, [], "settings_not_checked", "srv2"),
        ("G9", {"evidence": {"settings": settings(checked=False, reason="no route")}}, [], "settings_not_checked", "srv2"),
        ("G9", {"evidence": {"settings": settings()}}, [builders.staging("srv3")], "settings_not_checked", "srv3"),
        ("G9", {"evidence": {"settings": settings(FEATURE)}}, [], "settings_differ_elsewhere", "srv2"),
        ("G9", {"evidence": {"settings": settings(RULE, name="srv3")}}, [builders.staging("srv3")], "settings_differ", "srv3"),
        ("G9", {"evidence": {"settings": settings(RULE)}, "switching": False}, [], "settings_differ", "srv2"),
        (
            "G9",
            {"evidence": {"settings": settings(RULE)}},
            [builders.staging("srv2", goal=builders.a_goal(former="srv2"))],
            "settings_differ",
            "srv2",
        ),
        (
            "G9",
            {"evidence": {"settings": settings(RULE)}},
            [builders.active("srv1", goal=builders.a_goal(verb="switch_roles"))],
            "settings_differ",
            "srv2",
        ),
        ("G9", {"evidence": {"settings": settings(at_risk=("a", "b", "c", "d"))}, "upgrading": ("srv2",)}, [], "rules_reset", ""),
        ("G7", {"moment": "between", "evidence": {"catch_up": None}}, [], "catch_up_unread", "srv2"),
        *[(gate, {**NOTHING, "upgrading": ("srv2",)}, [], "not_checked", "") for gate in READING],
        *[(gate, {**SILENT, "upgrading": ("srv2",)}, [], "not_checked", "srv2") for gate in READING],
        *[(gate, seen(None, UNREAD, upgrading=("srv2",)), [], "not_checked", "srv2") for gate in READING],
        ("G3", seen(None, {**ACCOUNT, "entra_account": "Sync_OTHER_01@x"}), [], "identity_of_another", "srv2"),
        ("G14", seen(None, {"system_free_mb": 100}), [], "disk_short", "srv2"),
        ("G14", seen({"sql_used_mb": 8192}), [], "database_full", "srv1"),
        ("G15", {}, [builders.staging("srv2", runs=[builders.run(profile="Delta Import")])], "import_unseen", "srv2"),
        ("G16", seen({"reboot_pending": True}), [], "restart_pending", "srv1"),
        ("G16", seen(None, {"reboot_pending": True}, upgrading=("srv2",)), [builders.staging("srv2", **BEGUN)], "restart_pending", "srv2"),
        ("G17", seen({"clock_offset": 61.0}), [], "clock_off", "srv1"),
        ("prerequisites", seen(None, {"execution_policy": "AllSigned"}, upgrading=("srv2",)), [], "requirement_doubtful", "srv2"),
        ("prerequisites", seen(None, {"transcription": True}, upgrading=("srv2",)), [], "requirement_doubtful", "srv2"),
        ("prerequisites", seen(None, {"strong_crypto": "off"}, upgrading=("srv2",)), [], "requirement_doubtful", "srv2"),
        ("prerequisites", seen(None, {"engine_config_changed": True}, upgrading=("srv2",)), [], "requirement_doubtful", "srv2"),
        ("sql", seen(None, {"sql_local": False, "sql_server": "sql1"}, upgrading=("srv2",)), [], "database_owner_unchecked", "srv2"),
        ("application_identity", seen(None, ACCOUNT), [], "password_identity", "srv2"),
        ("application_identity", seen(None, {**ACCOUNT, "identity_kind": "", "identity_known": False}), [], "password_identity", "srv2"),
        ("application_identity", seen(ACCOUNT, thresholds={"application_identity_deadline": "2026-01-01"}), [], "password_identity", "srv1"),
        ("service_account", seen({"service_account": "CONTOSO\\svc"}), [], "service_account_ends", "srv1"),
        ("service_account", seen({"service_account": ".\\svc"}), [], "service_account_ends", "srv1"),
        ("G11", {"evidence": health(None, {"role_entries": HELD_ONCE})}, [IN_FLIGHT], "staging_exported", "srv2"),
        ("G18", {"evidence": {"health": None}}, [], "health_unread", ""),
        ("G18", {"evidence": {"health": {"srv1": QUIET}}}, [], "health_unread", "srv2"),
        ("G18", {"evidence": health({"read": False, "reason": "no route"})}, [], "health_unread", "srv1"),
        ("G18", {"evidence": health({"not_read": ["events of ADSync: no right"]})}, [], "health_unread", "srv1"),
        ("G18", {"evidence": health({"new": [LOGGED]})}, [], "event_since_good", "srv1"),
        ("G18", {"evidence": health(None, {"old": [LOGGED]})}, [], "event_since_good", "srv2"),
        ("G18", after(**health({"new": [LOGGED], "compared": False}, kind="health_after")), [], "event_new", "srv1"),
        ("G18", after(**health({"new": [{**LOGGED, "verdict": "warn"}]}, kind="health_after")), [], "event_new", "srv1"),
        ("G21", after(tenant_after={}), [], "tenant_not_checked", ""),
        (
            "G21",
            after(**health(None, {"password_hashes": {"checked": True, "late": True, "age_seconds": 7300}}, kind="health_after")),
            [],
            "hashes_late",
            "srv2",
        ),
        (
            "G21",
            after(**health(None, {"password_hashes": {"checked": True, "late": True, "age_seconds": None}}, kind="health_after"), first_export=None),
            [],
            "hashes_late",
            "srv2",
        ),
        ("G21", after(object={"object": "CN=Zoe", "seen_at": None}), [], "object_not_seen", "srv2"),
        ("G12", {"moment": "between"}, [builders.staging("srv2")], "auto_upgrade_on_again", "srv2"),
        ("G12", {"moment": "between"}, [builders.staging("srv2", auto_upgrade="")], "auto_upgrade_unread", "srv2"),
        ("G13", {}, [builders.staging("srv2", overrides=None)], "full_sync_unread", "srv2"),
        ("method", {"goal": {"method": "wizard"}}, [builders.staging("srv2", wizard_version="")], "version_unread", "srv2"),
    ],
)
def test_a_gate_warns(gate: str, options: dict[str, Any], reads: list[ServerRead], code: str, server: str) -> None:
    """What is only told stands in nobody's way, and is told."""
    result = gates(*reads, **options)[gate]
    assert result.verdict == "warn"
    assert (code, server) in builders.told(result.refusals)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tenant_after": {}}, "on, its number was not told, by the tenant's own word, read before the change and not since"),
        ({"tenant": {}, "tenant_after": None, "health_after": None}, "which may be old, read before the change and not since: srv1 True 500"),
        ({"tenant_after": TENANT}, "on, its number was not told, by the tenant's own word"),
    ],
    ids=["tenant", "copies", "read again"],
)
def test_what_was_read_before_a_switch_is_told_as_such_after_it(changes: dict[str, Any], said: str) -> None:
    """G5 judges what is so now where that was read; only an answer from before the change is called that."""
    evidence = gates(**after(**changes))["G5"].evidence
    assert said in evidence and ("before the change" in evidence) == ("before the change" in said)


def test_an_override_is_for_its_own_gate_only() -> None:
    """The reason for one gate lifts no other."""
    reads = builders.staging("srv2", pending=None, sync_cycle_enabled=False)
    results = gates(reads, overrides={"G4": "known"})
    assert (results["G4"].verdict, results["scheduler_on"].verdict) == ("warn", "fail")


def test_every_gate_that_can_fail_is_provoked() -> None:
    """G19 tells only what moves."""
    assert {each[0] for each in FAILS} == {gate.id for gate in GATES if gate.protects}


@pytest.mark.parametrize(
    ("gate", "options", "reads", "verdict"),
    [
        ("G1", {}, [builders.held("srv1"), builders.held("srv3", {"state": "pending"})], "pass"),
        ("G1", {}, [builders.held("srv3", {"starts_since": 1})], "pass"),
        ("G1", {}, [builders.held("srv1")], "pass"),
        ("G4", {"max_pending": {"deletes": 1}}, [builders.staging("srv2", pending=ONE_DELETE)], "pass"),
        ("G4", {"switching": False}, [builders.staging("srv2", pending=None)], "pass"),
        ("G4", {}, [builders.held("srv2")], "pass"),
        ("G6", {}, [builders.held("srv1")], "pass"),
        ("G6", {}, [builders.active("srv1", runs=[builders.run(step_result="stopped-user-termination-from-wmi-or-ui")])], "pass"),
        ("G6", {}, [builders.active("srv1", runs=[builders.run(profile="Delta Import", step_result="no-start-ma")])], "warn"),
        ("G6", {}, [builders.staging("srv3", runs=[builders.run(step_result="stopped-server-down")])], "warn"),
        ("G6", {}, [builders.active("srv1", **OLD, runs=[builders.run(step_result="stopped-server")])], "warn"),
        ("G7", {}, [builders.staging("srv2", now="2026-11-09T11:31:00.000Z")], "pass"),
        ("G7", {"upgrading": ("srv2",)}, [builders.staging("srv2", runs=[])], "pass"),
        ("G8", {"goal": {"order": "switch_first"}}, [builders.staging("srv2", engine_version="2.6.84.0")], "warn"),
        ("G8", {}, [builders.staging("srv2", engine_version="2.6.84.0", goal=builders.a_goal(former="srv2"))], "warn"),
        ("G8", {"upgrading": ("srv2",)}, [builders.staging("srv2", engine_version="2.6.84.0")], "pass"),
        ("G8", {"goal": {"version": "2.6.84.0"}}, [], "pass"),
        ("G8", {}, [builders.staging("srv2", engine_version="2.6.92.0")], "pass"),
        ("G2", {"evidence": {"tenant": {**TENANT, "last_exporter": "srv2"}}}, [], "pass"),
        ("G2", {"evidence": {"tenant": {**THEIRS, "last_exporter": "SRV9"}}}, [builders.active("srv1", fences=[FENCE])], "pass"),
        ("G5", {"evidence": {"tenant": {"deletion_prevention": True, "deletion_threshold": 500, "objects": 90000}}}, [], "pass"),
        ("G5", {"evidence": {"tenant": {}}}, [], "pass"),
        ("G5", {"evidence": {"tenant": {"deletion_prevention": "enabledForPercentage", "deletion_threshold": 10}}}, [], "pass"),
        ("G5", after(tenant={"deletion_prevention": "disabled"}), [], "pass"),
        ("G5", after(tenant={}, tenant_after={}, **health({"deletion_prevention": "False"})), [], "pass"),
        ("G11", {"evidence": health(None, {"role_entries": PROMOTED_SINCE})}, [BY_HAND], "pass"),
        ("G11", {"evidence": health(None, {"role_entries": HELD_ONCE, "role_changed": "2026-11-02T10:00:00.000Z"})}, [BY_HAND], "pass"),
        ("G11", {"evidence": health(None, {"role_entries": None})}, [BY_HAND], "pass"),
        ("G11", {"evidence": health(None, {"role_entries": HELD_ONCE})}, [builders.held("srv2")], "pass"),
        ("G11", {"evidence": health(None, {"role_entries": HELD_ONCE})}, [builders.staging("srv2", exports=[])], "pass"),
        ("G18", {"evidence": health({"old": [{**LOGGED, "last": "2026-11-02T11:29:00.000Z"}]})}, [], "pass"),
        ("G18", after(**health({"old": [LOGGED]}, kind="health_after")), [], "pass"),
        ("G18", {"evidence": health({"not_read": ["imports: the run history cannot be read"]})}, [builders.held("srv1")], "pass"),
        ("G21", after(first_export=None, tenant_after={}), [], "pass"),
        ("G21", after(first_export=None, expect_export=True), [], "pass"),
        ("G21", after(first_export=None, expect_export=True), [builders.active("srv2", exports=[{**BAD_EXPORT, "complete": False}])], "pass"),
        ("G21", after(first_export=None), [builders.active("srv2", exports=[BAD_EXPORT])], "pass"),
        ("G21", after(tenant_after={**THEIRS, **AGO}), [], "pass"),
        ("G21", after(object={}), [], "pass"),
        ("G9", {"evidence": {"settings": settings(checked=False, reason="held")}}, [builders.held("srv1")], "pass"),
        ("G9", {"evidence": {"settings": settings(at_risk=("a",))}}, [], "pass"),
        ("G9", {"evidence": {"settings": settings({"verdict": "expected", "title": "x"})}}, [], "pass"),
        ("G10", {}, [builders.staging("srv2", wizard_running=True, promotion=builders.a_promotion())], "warn"),
        ("G10", {}, [builders.staging("srv2", wizard_running=True, wizard_version="2.6.92.0")], "warn"),
        ("G10", {}, [builders.staging("srv2", scheduler_suspended=True, wizard_version="2.6.92.0")], "pass"),
        ("G12", {}, [builders.held("srv1")], "pass"),
        ("G12", {"moment": "between"}, [builders.held("srv1")], "pass"),
        ("G12", {"moment": "between"}, [builders.staging("srv2", auto_upgrade="Suspended")], "warn"),
        ("G13", {}, [builders.held("srv2")], "pass"),
        *[(gate, seen(UNREAD, UNREAD), [builders.held("srv1"), builders.held("srv2")], "pass") for gate in READING],
        ("G15", {**NOTHING, "switching": False}, [], "pass"),
        ("prerequisites", NOTHING, [], "pass"),
        ("service_account", seen({"service_account": "CONTOSO\\gmsa$"}), [], "pass"),
        ("scheduler_on", {}, [builders.held("srv2")], "pass"),
        ("scheduler_on", {}, [builders.staging("srv2", **BEHIND_OUR_BLOCK)], "pass"),
        ("method", {}, [builders.staging("srv2", **BEHIND_OUR_BLOCK)], "pass"),
        ("method", {}, [builders.held("srv1"), builders.staging("srv2")], "pass"),
        ("method", {}, [builders.held("srv1", {"facts": ""}), builders.staging("srv2")], "pass"),
        ("G12", {}, [builders.staging("srv2", **BEHIND_OUR_BLOCK)], "pass"),
        ("G13", {}, [builders.staging("srv2", **BEHIND_OUR_BLOCK)], "pass"),
        (
            "scheduler_on",
            {},
            [builders.staging("srv2", sync_cycle_enabled=False, found=[{"name": "scheduler", "found": True, "set": False}])],
            "pass",
        ),
        ("scheduler_on", {"switching": False}, [builders.staging("srv2", sync_cycle_enabled=False)], "pass"),
        ("operator", {"wizard": ("x",), "operator_ready": True}, [], "pass"),
        ("method", {"switching": False}, [builders.staging("srv2", password_writeback=True)], "pass"),
        ("method", {"goal": {"method": "wizard"}}, [builders.staging("srv2", password_writeback=True)], "pass"),
        ("method", {"goal": {"method": "wizard"}}, [builders.staging("srv2", wizard_version="2.4.18.0")], "pass"),
    ],
)
def test_a_gate_does_not_stand_in_the_way(gate: str, options: dict[str, Any], reads: list[ServerRead], verdict: str) -> None:
    """What a crash of ours left, what is judged later, and what only warns."""
    assert gates(*reads, **options)[gate].verdict == verdict


@pytest.mark.parametrize(
    ("gate", "reads", "goal"),
    [
        ("G8", [builders.staging("srv2", engine_version="")], {}),
        ("G8", [builders.active("srv1", engine_version="")], {}),
        ("G13", [builders.staging("srv2", overrides=None)], {}),
        ("G13", [builders.staging("srv2", overrides=[{"connector": "ad", "full_import": None, "full_sync": None}])], {}),
        ("G3", [builders.staging("srv2", tenant="")], {}),
        ("G6", [builders.active("srv1", runs=[builders.run(result="", step_result="")])], {}),
        ("G6", [builders.active("srv1", runs=[])], {}),
        ("method", [builders.active("srv1", wizard_version="")], {"method": "wizard"}),
    ],
    ids=[
        "target version",
        "active version",
        "overrides unread",
        "override without values",
        "tenant",
        "last export without a result",
        "no run at all",
        "wizard version",
    ],
)
def test_what_a_running_server_does_not_tell_does_not_pass(gate: str, reads: list[ServerRead], goal: dict[str, Any]) -> None:
    """Nothing read is not the same as nothing wrong: at least a warning."""
    assert gates(*reads, goal=goal)[gate].verdict != "pass"


def test_the_former_is_demoted_before_it_is_upgraded() -> None:
    """Its old wizard cannot demote it, so that its later upgrade is no excuse."""
    result = planned(builders.active("srv1", **WITHOUT_WIZARD), builders.staging("srv2"), version="2.6.91.0", method="wizard")["method"]
    assert ("wizard_too_old", "srv1") in builders.told(result.refusals)
    assert result.verdict == "fail"


def test_the_settings_way_is_judged_by_the_version_that_the_target_will_have() -> None:
    """It is upgraded before it is promoted, and the new version wants a credential: said before anything changes, not when nobody is active."""
    result = planned(builders.active("srv1", **OLD), builders.staging("srv2", **OLD, password_writeback=True), version="2.6.92.0")["method"]
    assert ("settings_impossible", "srv2") in builders.told(result.refusals)
    assert result.verdict == "fail"


def test_the_settings_way_of_a_held_server_is_judged_by_its_record() -> None:
    """It cannot be asked while it is down; what its record keeps is told before anything changes."""
    held = builders.held("srv1", {"facts": '{"password_writeback": true}'})
    result = gates(held, builders.staging("srv2"))["method"]
    assert ("settings_impossible", "srv1") in builders.told(result.refusals)
    assert result.verdict == "fail"


@pytest.mark.parametrize(
    ("gate", "changes", "code"),
    [
        ("scheduler_on", {"sync_cycle_enabled": False}, "scheduler_off"),
        ("method", {"password_writeback": True}, "settings_impossible"),
        ("G4", {"pending": [builders.pending(deletes=500)]}, "over_budget"),
        ("G7", {"now": "2027-01-01T00:00:00.000Z"}, "not_fresh"),
        ("G13", {"overrides": [{"connector": "ad", "full_import": True, "full_sync": True}]}, "full_sync_queued"),
    ],
)
def test_the_server_that_stands_in_is_judged_as_a_target(gate: str, changes: dict[str, Any], code: str) -> None:
    """srv1 is active and stays wanted; while it is upgraded srv2 is promoted, so that every gate of a target is about srv2 as well."""
    reads = [builders.active("srv1", **BELOW), builders.staging("srv2", **dict.fromkeys(BELOW, "2.6.92.0"), **changes)]
    result = planned(*reads, active="srv1", former="srv1", version="2.6.92.0")[gate]
    assert (code, "srv2") in builders.told(result.refusals)
    assert result.verdict == "fail"


@pytest.mark.parametrize(
    ("overrides", "count"),
    [
        ({}, 0),
        ({"G4": "CHG-1"}, 0),
        ({"G1": "CHG-1"}, 1),
        ({"G3": "CHG-1"}, 1),
        ({"G10": "CHG-1"}, 1),
        ({"G99": "CHG-1"}, 1),
        ({"g4": "CHG-1"}, 1),
        ({"G4": ""}, 1),
        ({"G4": "  "}, 1),
        ({"G4": None}, 1),
        ({"G4": True}, 1),
        ({"G4": "", "G1": "x", "nothing": "x", "G6": "fine"}, 3),
    ],
)
def test_an_override_needs_a_gate_and_a_reason(overrides: dict[str, Any], count: int) -> None:
    """And a gate that may be overridden at all."""
    assert builders.told(bad_overrides(overrides)) == [("bad_override", "")] * count


def test_what_pauses_is_told() -> None:
    """Exports always, hashes and writeback where they are on."""
    without = (builders.staging("srv2", password_sync=[]), builders.active("srv1", password_sync=[]))
    assert gates(*without)["G19"].evidence == "pause while nobody is active: exports"
    assert gates(builders.staging("srv2", password_writeback=True))["G19"].evidence.endswith("exports, password hashes, password writeback")
    assert gates(switching=False)["G19"].evidence == "nothing pauses"
    every = {"settings": settings() | {"features": {"srv1": {**OFF, "device_writeback": True}, "srv2": {**OFF, "group_writeback": True}}}}
    assert gates(*without, evidence=every)["G19"].evidence.endswith("exports, device writeback, group writeback")


def test_what_goes_on_in_both_roles_is_told() -> None:
    """A pass-through agent answers whatever the role is; seamless single sign-on needs no server of these."""
    settled = {"settings": settings() | {"features": {"srv1": {**OFF, "seamless_sign_on": True}}}}
    found = {**settled, **health({"services": [AGENT | {"found": True, "status": "Running"}]})}
    assert gates(evidence=found)["G19"].evidence.endswith("; go on in both roles: seamless single sign-on, pass-through agent of srv1 (Running)")


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({"settings": None}, "device writeback, group writeback, seamless single sign-on"),
        ({"settings": settings() | {"features": {"srv1": {"device_writeback": False}}}}, "group writeback, seamless single sign-on"),
        (health(None, {"services": [AGENT | {"found": None}]}), "pass-through agent of srv2"),
        ({"health": None}, "pass-through agent of srv1, pass-through agent of srv2"),
    ],
)
def test_what_was_not_read_of_the_features_is_told(evidence: dict[str, Any], told: str) -> None:
    """An export that does not tell, and a list of services that was not read, are no "off"."""
    assert gates(evidence=evidence)["G19"].evidence.endswith(f"; not checked: {told}")


@pytest.mark.parametrize(
    ("gate", "options", "changes", "code"),
    [
        ("G14", seen(None, {"system_free_mb": 0}, upgrading=("srv2",)), {}, "disk_short"),
        ("G15", seen(None, {"domains": [UNREACHED]}), {}, "domain_unreachable"),
        ("sql", seen({"sql_read": False}), {}, "database_unreached"),
        ("G6", {}, {"runs": [builders.run(profile="Delta Import", step_result="stopped-database-connection-lost")]}, "last_run_failed"),
        ("G8", {}, {"engine_version": "2.6.84.0"}, "target_older"),
        ("G9", {"evidence": {"settings": settings(RULE)}}, {}, "settings_differ"),
        ("G13", {}, {"overrides": [{"connector": "ad", "full_import": True, "full_sync": True}]}, "full_sync_queued"),
    ],
)
@pytest.mark.parametrize(
    ("left", "verb", "verdict"),
    [({}, "rollback", "warn"), ({"outcome": ""}, "", "warn"), ({"active": "srv1", "former": "srv2"}, "", "warn"), ({"outcome": "done"}, "", "fail")],
    ids=["rolls back", "goes on", "goes back", "new"],
)
def test_a_run_that_goes_on_or_back_is_not_stopped(
    gate: str, options: dict[str, Any], changes: dict[str, Any], code: str, left: dict[str, Any], verb: str, verdict: str
) -> None:
    """Nobody may be active while it stands still: what stands against it is told, and that it only warns. A new run is refused."""
    result = gates(builders.staging("srv2", goal=builders.a_goal(**left), **changes), goal={"verb": verb}, **options)[gate]
    assert result.verdict == verdict
    assert code in [each.code for each in result.refusals]
    assert ("only warns" in result.evidence) is (verdict == "warn")


def test_a_full_run_that_is_queued_in_between_is_no_warning() -> None:
    """The goal in force is the run's own then; nothing is resumed."""
    overrides = [{"connector": "ad", "full_import": True, "full_sync": True}]
    assert gates(builders.staging("srv2", goal=builders.a_goal(), overrides=overrides), moment="between")["G13"].verdict == "fail"
