# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands against an upgrade, how far it is, what it has changed, what msiexec said, and what a person is asked to do."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.installing import ending, table
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.upgrade_steps import clicks, steps
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.upgrading import (
    changes,
    finished,
    flag_is,
    parts,
    progress,
    state_refusals,
    version_refusals,
    versions_differ,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.versions import Version, facts_of

from .builders import a_claim, a_hold, active, held, silent, staging, told

OLD, NEW = "2.6.91.0", "2.6.92.0"
WANTED = Version.parse(NEW)
BLOCK = {"effective": True, "reason": "", "at": "2026-11-02T11:00:00.000Z"}


def upgraded(**given: Any) -> ServerRead:
    """srv2 after its upgrade."""
    return staging(**{"engine_version": NEW, "wizard_version": NEW, "product_version": NEW, "configuration_version": NEW, **given})


@pytest.mark.parametrize(
    ("read", "wanted", "codes"),
    [
        (staging(), NEW, []),
        (staging(engine_version=""), NEW, []),
        (staging(wizard_version=NEW), NEW, []),
        (staging(), "2.6.79.0", ["known_bad", "downgrade"]),
        (staging(engine_version="2.5.79.0", wizard_version="2.5.79.0"), "2.6.84.0", ["known_bad"]),
        (staging(engine_version="2.6.93.0", wizard_version="2.6.93.0"), NEW, ["downgrade"]),
        (staging(wizard_version="2.6.93.0"), NEW, ["wizard_newer"]),
    ],
)
def test_versions_that_no_upgrade_goes_to(read: ServerRead, wanted: str, codes: list[str]) -> None:
    """By name: known to be bad, older than the engine, or not what the wizard on the disk would do."""
    assert told(version_refusals(facts_of(read), "srv2", Version.parse(wanted))) == [(code, "srv2") for code in codes]


def test_a_bad_version_with_a_reason() -> None:
    """Whoever gives one has it."""
    assert version_refusals(facts_of(staging(engine_version="2.5.79.0", wizard_version="2.5.79.0")), "srv2", Version.parse("2.6.84.0"), "CHG-7") == []


@pytest.mark.parametrize(
    ("read", "role", "code"),
    [
        (staging(), "staging", ""),
        (active("srv2"), "active", ""),
        (active("srv2"), "staging", "upgrade_needs_staging"),
        (staging(), "active", "only_server_staging"),
        (staging(scheduler_read=False, staging_scheduler=None), "active", "upgrade_needs_active"),
        (silent("srv2"), "active", "upgrade_needs_active"),
        (staging(scheduler_read=False, staging_scheduler=None), "staging", "upgrade_needs_staging"),
        (held("srv2"), "staging", "upgrade_held"),
        (held("srv2", {"staging": "False"}), "staging", "hold_wrong"),
        (held("srv2", {"state": "pending"}), "staging", "hold_pending"),
        (staging(hold=a_hold(starts_since=1)), "staging", "hold_broken"),
        (staging(quarantine=BLOCK), "staging", "upgrade_quarantined"),
        (staging(claim=a_claim()), "staging", "claim_live"),
        (staging(claim=a_claim(live=False)), "staging", ""),
        (silent("srv2"), "staging", "upgrade_needs_staging"),
    ],
)
def test_servers_that_are_not_upgraded(read: ServerRead, role: str, code: str) -> None:
    """Only a released one of the role that it has to keep, which nobody else has claimed."""
    assert told(state_refusals(read, False, role)) == ([(code, "srv2")] if code else [])


def test_under_a_claim_of_ours_the_server_is_ours() -> None:
    """The live claim is the one that was given."""
    assert state_refusals(staging(claim=a_claim()), True) == []


@pytest.mark.parametrize(("read", "staging_on", "so"), [(staging(), False, False), (staging(), True, True), (active(), False, True)])
def test_either_reading_is_enough(read: ServerRead, staging_on: bool, so: bool) -> None:
    """To stop a server at once."""
    assert flag_is(read, staging_on) is so
    assert flag_is(staging(staging_scheduler=False), False) and flag_is(staging(staging_settings="False"), False)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"engine_version": OLD}, "missing: the engine is 2.6.91.0; done: the wizard on the disk is 2.6.92.0"),
        ({"engine_version": ""}, "missing: the version of the engine is not read;"),
        ({"wizard_version": OLD}, "missing: the wizard on the disk is 2.6.91.0;"),
        ({"wizard_running": True}, "missing: the wizard is open;"),
        ({"wizard_running": None}, "missing: whether the wizard is open is not read;"),
        ({"service_status": "StartPending"}, "missing: its service is StartPending;"),
        ({"scheduler_suspended": True}, "missing: SchedulerSuspended is True, as until the wizard is finished;"),
        ({"scheduler_suspended": None}, "missing: SchedulerSuspended is not read;"),
        ({"run_status_read": False}, "missing: its runs are not read;"),
    ],
)
def test_what_is_missing_is_said(given: dict[str, Any], missing: str) -> None:
    """Each part by its name; what is not read is not done."""
    assert not finished(upgraded(**given), WANTED)
    assert missing in progress(upgraded(**given), WANTED)


def test_a_server_without_an_answer_is_unknown() -> None:
    """And asked again, since it may restart."""
    assert not finished(silent("srv2"), WANTED)
    assert progress(silent("srv2"), WANTED) == "it does not answer (unreachable), as while it restarts: unknown, asking again"


def test_a_restart_that_windows_wants_is_told_and_not_waited_for() -> None:
    """The wizard may finish without it."""
    read = upgraded()
    assert finished(read, WANTED, str(read.boot_id))
    assert "missing: it was not restarted yet" in progress(read, WANTED, str(read.boot_id))
    assert "restarted" in [each.text for each in parts(read, WANTED, "another boot")]
    assert [each.so for each in parts(upgraded(boot_id=""), WANTED, "another boot")].count(None) == 1


@pytest.mark.parametrize(
    ("given", "unlike"),
    [
        ({}, []),
        ({"configuration_version": ""}, []),
        ({"configuration_version": OLD}, ["configuration 2.6.91.0"]),
        ({"wizard_version": ""}, ["wizard not read"]),
        ({"engine_version": "2.6.93.0"}, ["engine 2.6.93.0"]),
    ],
)
def test_versions_are_proved(given: dict[str, Any], unlike: list[str]) -> None:
    """All that is read is the expected one; engine and wizard have to be read."""
    assert versions_differ(facts_of(upgraded(**given)), WANTED) == unlike


def test_what_an_upgrade_has_changed() -> None:
    """Full runs that it queued, and settings of the scheduler; what was not read is not compared."""
    queued = [{"connector": "contoso.local", "full_import": True, "full_sync": False}]
    found = changes(staging(), upgraded(overrides=queued, sync_cycle_enabled=False, purge_interval=None))
    assert found == {"scheduler": {"sync_cycle_enabled": {"before": True, "after": False}}, "queued": ["contoso.local"], "overrides_read": True}
    assert changes(staging(), upgraded(overrides=None)) == {"scheduler": {}, "queued": [], "overrides_read": False}
    assert changes(staging(overrides=queued), upgraded(overrides=queued))["queued"] == []


@pytest.mark.parametrize(
    ("code", "then"), [(0, "go_on"), (3010, "restart"), (1603, "stop"), (1618, "again"), (1638, "stop"), (5, "stop"), (None, "again")]
)
def test_exit_codes(code: int | None, then: str) -> None:
    """The five that a person may meet, one that nobody knows, and none."""
    found = ending(code)
    assert (found.code, found.then) == (code, then)
    assert found.means in str(found) and found.todo
    assert ending(True).code is ending("0").code is None


def test_the_table_of_exit_codes() -> None:
    """Every entry has the same three words, of which the first is one that the flow knows."""
    entries = [*table()["exit_codes"].values(), table()["other"], table()["unknown"]]
    assert all(set(each) == {"then", "means", "todo"} and each["then"] in ("go_on", "restart", "again", "stop") for each in entries)


def test_the_clicks() -> None:
    """Numbered without a gap, with a restart first where one is wanted, and with the tick that keeps the role."""
    lines = clicks("srv2", NEW, "staging", True)
    assert lines[0] == "OPERATOR: on srv2 open AzureADConnect.exe, Upgrade, and leave it staging"
    assert [line.split(".")[0].strip() for line in lines[1:]] == [str(number) for number in range(1, len(lines))]
    assert lines[1].startswith("  1. Restart srv2 first") and any("leave 'Enable staging mode' ticked" in line for line in lines)
    alone = clicks("srv2", NEW, "active", False)
    assert any("leave 'Enable staging mode' unticked" in line for line in alone) and not any("Restart" in line for line in alone)
    assert set(steps()) == {"title", "restart", "steps", "staging", "active", "end"}
