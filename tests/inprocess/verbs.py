# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs that are tried, as data."""

from __future__ import annotations

from tests.lab.model.installer import Installer

from .stage import MSI, NEW, Verb

_UPGRADE = {
    "entra_connect_msi": MSI,
    "entra_connect_msi_sha256": Installer(NEW).sha256,
    "entra_connect_version": NEW,
    "entra_connect_operator_ready": True,
}
_SETTINGS = {"entra_connect_method": "settings"}
_WIZARD = {"entra_connect_method": "wizard", "entra_connect_operator_ready": True}
_TO_SECOND = {"entra_connect_active": "srv2"}
_OFF = {"entra_connect_server": "srv1", "entra_connect_sync_cycle_enabled": False}


def _both(name: str, playbook: str, variables: dict[str, object], target: str = "srv2", opposite: str = "srv1", version: str = "") -> list[Verb]:
    return [Verb(f"{name}_{servers}", playbook, variables, servers, target, opposite, version) for servers in (2, 3)]


VERBS = {
    verb.name: verb
    for verb in [
        *_both("status", "status", {}, target="", opposite="srv2"),
        *_both("scheduler", "scheduler", _OFF, target="", opposite="srv2"),
        *_both("switch_settings", "switch_roles", {**_SETTINGS, **_TO_SECOND}),
        *_both("switch_wizard", "switch_roles", {**_WIZARD, **_TO_SECOND}),
        *_both("swing_staging_first", "swing_upgrade", {**_UPGRADE, **_SETTINGS, **_TO_SECOND, "entra_connect_order": "staging_first"}, version=NEW),
        *_both("swing_switch_first", "swing_upgrade", {**_UPGRADE, **_SETTINGS, **_TO_SECOND, "entra_connect_order": "switch_first"}, version=NEW),
    ]
}
PAIRS = ("switch_settings_2", "switch_wizard_2", "swing_staging_first_2", "swing_switch_first_2")
