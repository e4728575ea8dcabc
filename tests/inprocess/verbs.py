# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs that are tried, as data."""

from __future__ import annotations

from .stage import MSI, NEW, Verb
from tests.lab.model.installer import Installer

_UPGRADE = {
    "entra_connect_msi": MSI,
    "entra_connect_msi_sha256": Installer(NEW).sha256,
    "entra_connect_version": NEW,
    "entra_connect_operator_ready": True,
}
_SETTINGS = {"entra_connect_method": "settings"}
_WIZARD = {"entra_connect_method": "wizard", "entra_connect_operator_ready": True}


def _both(name: str, playbook: str, variables: dict[str, object], target: str = "srv2", msi: bool = False) -> list[Verb]:
    return [Verb(f"{name}_{servers}", playbook, variables, servers, target, msi) for servers in (2, 3)]


VERBS = {
    verb.name: verb
    for verb in [
        *_both("status", "status", {}, target="srv1"),
        *_both("scheduler", "scheduler", {"entra_connect_server": "srv1", "entra_connect_sync_cycle_enabled": False}, target="srv1"),
        *_both("switch_settings", "switch_roles", {**_SETTINGS, "entra_connect_active": "srv2"}),
        *_both("switch_wizard", "switch_roles", {**_WIZARD, "entra_connect_active": "srv2"}),
        *_both("swing_staging_first", "swing_upgrade", {**_UPGRADE, **_SETTINGS, "entra_connect_order": "staging_first"}, msi=True),
        *_both("swing_switch_first", "swing_upgrade", {**_UPGRADE, **_SETTINGS, "entra_connect_order": "switch_first"}, msi=True),
    ]
}
