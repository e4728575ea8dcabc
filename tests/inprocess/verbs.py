# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs that are tried, as data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.lab.model.installer import Installer

from .stage import MSI, NEW, Before, Verb

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
_HERE = Path(__file__).resolve().parent
_IDENTITY_TASKS, _SNAPSHOT_TASKS = (str(_HERE.parent / "integration" / f"{name}_tasks.yml") for name in ("identity", "snapshot"))
_DESK = dict.fromkeys(("entra_connect_before_demote", "entra_connect_after_promote", "entra_connect_on_stop"), str(_HERE / "desk_tasks.yml"))
_SNAPSHOT = {"entra_connect_snapshot": _SNAPSHOT_TASKS, "entra_connect_require_snapshot": True}
_HOOKED = {**_UPGRADE, **_SETTINGS, **_TO_SECOND, **_DESK, **_SNAPSHOT, "entra_connect_order": "staging_first"}
_REVERT = {**_SETTINGS, **_DESK, "entra_connect_revert_snapshot": _SNAPSHOT_TASKS}
_DEAD = {**_SETTINGS, "entra_connect_dead": "srv1", "entra_connect_fence_reason": "its host burnt"}
_OFF_FENCE = {**_DEAD, "entra_connect_fence": "powered_off", "entra_connect_fence_evidence": "ticket 4711: poweredOff"}
_CLOUD_FENCE = {**_DEAD, "entra_connect_fence": "cloud", "entra_connect_identity_tasks": _IDENTITY_TASKS}
_OLD_ENOUGH = 5460.0
_DIES = Before(power="srv1")
_CUT_OFF = (Before(network="srv1", playbook="failover", variables=_CLOUD_FENCE, seconds=_OLD_ENOUGH),)
_REPLACED = (*_CUT_OFF, Before(playbook="failover", variables=_CLOUD_FENCE))
_REJOIN = {**_SETTINGS, "entra_connect_rejoin": "srv1", "entra_connect_identity_tasks": _IDENTITY_TASKS}
_FAILED_OVER_HALF = Before(playbook="failover", variables=_OFF_FENCE, stop=("srv2", "Set-EntraSyncFence"))
_FAILED_OVER_MORE = Before(playbook="failover", variables=_OFF_FENCE, stop=("srv2", "Disable-EntraSyncStaging"))
_SWITCHED = Before(playbook="switch_roles", variables={**_SETTINGS, **_TO_SECOND})
_UPGRADED = Before(playbook="swing_upgrade", variables=_HOOKED)
_STOPPED = Before(playbook="switch_roles", variables={**_SETTINGS, **_TO_SECOND}, stop=("srv1", "Enter-EntraSyncHold"))


def _both(name: str, playbook: str, variables: Mapping[str, object], target: str = "srv2", opposite: str = "srv1", **more: Any) -> list[Verb]:
    return [Verb(f"{name}_{servers}", playbook, variables, servers, target, opposite, **more) for servers in (2, 3)]


VERBS = {
    verb.name: verb
    for verb in [
        *_both("status", "status", {}, target="", opposite="srv2"),
        *_both("scheduler", "scheduler", _OFF, target="", opposite="srv2"),
        *_both("switch_settings", "switch_roles", {**_SETTINGS, **_TO_SECOND}),
        *_both("switch_wizard", "switch_roles", {**_WIZARD, **_TO_SECOND}),
        *_both("swing_staging_first", "swing_upgrade", {**_UPGRADE, **_SETTINGS, **_TO_SECOND, "entra_connect_order": "staging_first"}, version=NEW),
        *_both("swing_switch_first", "swing_upgrade", {**_UPGRADE, **_SETTINGS, **_TO_SECOND, "entra_connect_order": "switch_first"}, version=NEW),
        *_both("failover", "failover", _OFF_FENCE, opposite="srv3", before=(_DIES,)),
        *_both("failover_cloud", "failover", _CLOUD_FENCE, opposite="srv3", before=_CUT_OFF, patience=_OLD_ENOUGH),
        *_both("rejoin", "rejoin", _REJOIN, before=(_DIES, Before(playbook="failover", variables=_OFF_FENCE), _DIES)),
        *_both("rejoin_cloud", "rejoin", _REJOIN, before=(*_REPLACED, Before(network="srv1"))),
        *_both("rejoin_unfinished", "rejoin", _REJOIN, before=(_DIES, _FAILED_OVER_HALF, _DIES)),
        *_both("rejoin_unproved", "rejoin", _REJOIN, before=(_DIES, _FAILED_OVER_MORE, _DIES)),
        Verb("in_place_1", "in_place_upgrade", {**_UPGRADE, **_DESK, **_SNAPSHOT}, 1, "srv1", "srv1", NEW),
        *_both("hooks", "swing_upgrade", _HOOKED, version=NEW),
        *_both("revert", "rollback", _REVERT, target="srv1", opposite="srv2", before=(_UPGRADED,)),
        *_both("rollback_before", "rollback", _SETTINGS, target="srv1", opposite="srv2", before=(_STOPPED,)),
        *_both("rollback_after", "rollback", _SETTINGS, target="srv1", opposite="srv2", before=(_SWITCHED,)),
    ]
}
PAIRS = ("switch_settings_2", "switch_wizard_2", "swing_staging_first_2", "swing_switch_first_2")
