# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One read as the documented return values of ``adsync_info``.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

from .ages import hold_age
from .reads import ServerRead
from .roles import hold_state, role_of
from .versions import facts_of

_SCHEDULER = [
    "sync_cycle_enabled",
    "maintenance_enabled",
    "scheduler_suspended",
    "sync_cycle_in_progress",
    "allowed_interval",
    "effective_interval",
    "customized_interval",
    "next_policy",
    "next_start",
    "purge_interval",
    "scheduler_wants_sign_in",
]


def describe(read: ServerRead) -> dict[str, Any]:
    """Everything about one server, in groups. A value that could not be read is null."""
    role, age = role_of(read), hold_age(read)
    return {
        "role": role.name,
        "reason": role.reason,
        "certain": role.certain,
        "computer_name": read.computer_name,
        "machine_id": read.machine_id,
        "now": read.now,
        "tenant": read.tenant,
        "staging": {"scheduler": read.staging_scheduler, "settings": read.staging_settings},
        "scheduler": {name: getattr(read, name) for name in _SCHEDULER},
        "service": {"status": read.service_status, "start_type": read.service_start_type},
        "processes": {"wizard": read.wizard_running, "manager": read.manager_running, "installer": read.installer_running},
        "busy_connectors": read.busy_connectors,
        "connectors": plain(read.connectors),
        "pending": plain(read.pending),
        "runs": plain(read.runs),
        "overrides": plain(read.overrides),
        "versions": facts_of(read).as_dict(),
        "auto_upgrade": read.auto_upgrade,
        "password_writeback": read.password_writeback,
        "password_sync": plain(read.password_sync),
        "hold_state": hold_state(read),
        "hold": plain(read.hold),
        "held_for": None if age is None else int(age.total_seconds()),
        "quarantine": plain(read.quarantine),
        "claim": plain(read.claim),
        "goal": plain(read.goal),
        "promotion": plain(read.promotion),
        "found": plain(read.found),
        "fences": plain(read.fences),
        "serial": read.serial,
        "restored": read.restored,
        "journal_writable": read.journal_writable,
        "errors": {
            name: getattr(read, name)
            for name in ("module_error", "scheduler_error", "settings_error", "record_error", "pending_error")
            if getattr(read, name)
        },
    }


def plain(value: Any) -> Any:
    """Dataclasses and tuples as dicts and lists; a token as its text."""
    if value is None:
        return None
    if isinstance(value, list):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        values = asdict(value)
        token = getattr(value, "token", None)
        if token is not None:
            values["token"] = str(token)
        return {key: list(each) if isinstance(each, tuple) else each for key, each in values.items()}
    return value
