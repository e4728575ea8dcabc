# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Idle and quiet: what cannot be told is never quiet."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.quiet import idle, quiet
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from . import builders

BLOCK = {"effective": True, "reason": ""}
LEAKY = {"effective": False, "reason": "the Windows firewall is off"}
BEFORE = builders.staging().exports


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, True),
        ({"sync_cycle_in_progress": True}, False),
        ({"busy_connectors": [builders.ENTRA]}, False),
        ({"busy_connectors": builders.ENTRA}, False),
        ({"sync_cycle_in_progress": True, "busy_connectors": [builders.ENTRA]}, False),
        ({"sync_cycle_in_progress": None}, None),
        ({"run_status_read": False}, None),
        ({"run_status_read": None}, None),
        ({"busy_connectors": None}, None),
        ({"busy_connectors": ...}, None),
        ({"sync_cycle_in_progress": None, "quarantine": BLOCK}, True),
        ({"sync_cycle_in_progress": None, "quarantine": BLOCK, "busy_connectors": [builders.ENTRA]}, False),
        ({"sync_cycle_in_progress": None, "quarantine": BLOCK, "run_status_read": False}, None),
        ({"sync_cycle_in_progress": True, "quarantine": BLOCK}, False),
    ],
)
def test_idle(changes: dict[str, Any], verdict: bool | None) -> None:
    """No cycle and no connector; unknown is neither yes nor no."""
    assert idle(builders.staging(**changes)) is verdict


def test_a_silent_server_is_not_idle() -> None:
    """Without an answer nothing can be told."""
    assert idle(builders.silent()) is None


def test_a_demoted_idle_server_is_quiet() -> None:
    """Staging read back on, idle, no newer export, no password-hash cycle."""
    assert quiet(builders.staging(), BEFORE) == (True, [])


@pytest.mark.parametrize(
    "read",
    [
        builders.active(),
        builders.silent(),
        builders.staging(staging_settings="False"),
        builders.staging(service_status="Stopped"),
        builders.staging(sync_cycle_in_progress=True),
        builders.staging(busy_connectors=[builders.ENTRA]),
        builders.staging(exports=[builders.an_export(run_number=8)]),
        builders.staging(exports=[builders.an_export(started="2026-11-02T11:31:00.000Z")]),
        builders.staging(exports=[builders.an_export(), builders.an_export(connector="contoso.local")]),
        builders.staging(exports=[]),
        builders.staging(password_sync=[builders.a_hash_cycle(status="InProgress")]),
        builders.staging(password_sync=[builders.a_hash_cycle(), builders.a_hash_cycle(dn="DC=b", status="InProgress")]),
        builders.staging(password_sync=[builders.a_hash_cycle(status="InProgress", started="")]),
        builders.staging(password_sync=[builders.a_hash_cycle(status="InProgress", started="2026-10-01T00:00:00.000Z")], boot_id=None),
        builders.staging(password_sync=[builders.a_hash_cycle(status="InProgress", started="2026-10-01T00:00:00.000Z")], boot_id="2026"),
        builders.staging(exports=[builders.an_export(complete=False)], busy_connectors=[builders.ENTRA]),
        builders.staging(exports=[builders.an_export(complete=False)], sync_cycle_in_progress=None),
        builders.staging(quarantine=BLOCK, staging_scheduler=None, staging_settings="False"),
        builders.staging(quarantine=BLOCK, busy_connectors=[builders.ENTRA]),
        builders.staging(quarantine=BLOCK, password_sync=[builders.a_hash_cycle(status="InProgress")]),
    ],
)
def test_what_still_exports_is_not_quiet(read: ServerRead) -> None:
    """Each of these stands against it, in words."""
    verdict, against = quiet(read, BEFORE)
    assert verdict is False
    assert against


@pytest.mark.parametrize(
    ("changes", "before"),
    [
        ({}, None),
        ({"exports_read": False}, BEFORE),
        ({"exports": None}, BEFORE),
        ({"password_sync_read": False}, BEFORE),
        ({"password_sync": ...}, BEFORE),
        ({"run_status_read": False}, BEFORE),
        ({"sync_cycle_in_progress": None}, BEFORE),
        ({"quarantine": BLOCK}, None),
        ({"quarantine": BLOCK, "run_status_read": False}, BEFORE),
    ],
)
def test_what_cannot_be_told_is_not_quiet(changes: dict[str, Any], before: Any) -> None:
    """Unknown, and said so."""
    verdict, against = quiet(builders.staging(**changes), before)
    assert verdict is None
    assert against


def test_a_hash_cycle_from_before_the_boot_is_over() -> None:
    """A history row can stay in progress after a reboot."""
    row = builders.a_hash_cycle(status="InProgress", started="2026-11-01T05:59:59.000Z")
    assert quiet(builders.staging(password_sync=[row]), BEFORE)[0] is True


def test_a_hash_cycle_that_began_with_the_boot_is_not_over() -> None:
    """The same second is not before."""
    row = builders.a_hash_cycle(status="InProgress", started="2026-11-01T06:00:00.000Z")
    assert quiet(builders.staging(password_sync=[row]), BEFORE)[0] is False


def test_behind_an_effective_block_the_histories_are_not_needed() -> None:
    """Nothing leaves there."""
    read = builders.staging(quarantine=BLOCK, staging_scheduler=None, sync_cycle_in_progress=None, exports_read=False, password_sync_read=False)
    assert quiet(read, BEFORE)[0] is True


@pytest.mark.parametrize("unread", ["exports_read", "password_sync_read"])
def test_behind_an_ineffective_block_the_histories_are_needed(unread: str) -> None:
    """A block that holds nothing back proves nothing."""
    assert quiet(builders.staging(quarantine=LEAKY, **{unread: False}), BEFORE)[0] is not True


def test_behind_an_ineffective_block_the_scheduler_is_needed() -> None:
    """Whether a cycle runs cannot be told from the connectors alone where the server can reach the cloud."""
    assert idle(builders.staging(quarantine=LEAKY, sync_cycle_in_progress=None)) is not True


@pytest.mark.parametrize("changes", [{"staging_scheduler": None}, {"staging_settings": None}, {"staging_settings": "maybe"}])
def test_one_reading_alone_is_not_quiet(changes: dict[str, Any]) -> None:
    """A role that rests on one reading is good enough for a status and unknown for a change."""
    assert quiet(builders.staging(**changes), BEFORE)[0] is not True


@pytest.mark.parametrize("status", ["", None])
def test_a_hash_cycle_without_a_status_is_not_over(status: Any) -> None:
    """A row that was read without its status may be in progress."""
    assert quiet(builders.staging(password_sync=[builders.a_hash_cycle(status=status)]), BEFORE)[0] is not True
