# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read of one server, typed. Every field may be unknown.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime, timezone
from typing import Any

from .fields import Answer, flag, number, record, records, text, texts
from .record import Claim, Fence, Found, GoalRecord, Hold, Promotion, Quarantine, Token
from .runs import Connector, Export, Override, PasswordSync, Pending, RunStep

__all__ = ["RunStep", "ServerRead", "Token"]

_FLAGS = [
    "module_present",
    "scheduler_read",
    "sync_cycle_enabled",
    "maintenance_enabled",
    "scheduler_suspended",
    "sync_cycle_in_progress",
    "staging_scheduler",
    "settings_read",
    "run_status_read",
    "wizard_running",
    "manager_running",
    "installer_running",
    "exports_read",
    "password_sync_read",
    "record_read",
    "password_writeback",
    "journal_writable",
    "scheduler_wants_sign_in",
    "restored",
]
_TEXTS = [
    "computer_name",
    "machine_id",
    "boot_id",
    "now",
    "language_mode",
    "module_error",
    "service_status",
    "service_start_type",
    "scheduler_error",
    "allowed_interval",
    "effective_interval",
    "customized_interval",
    "next_policy",
    "next_start",
    "purge_interval",
    "staging_settings",
    "settings_error",
    "record_error",
    "tenant",
    "auto_upgrade",
    "product_name",
    "product_version",
    "engine_version",
    "wizard_version",
    "configuration_version",
    "pending_error",
]


@dataclass(frozen=True)
class ServerRead:
    """One answer of ``Get-EntraSyncServer``, or the reason why there is none.

    Attributes:
        name: inventory name.
        read_at: the controller's time of the read, UTC; evidence for people, never compared.
        silent_kind: code of why there is no answer; None where there is one.
        silent_message: the original text of that.
    """

    name: str
    read_at: str
    silent_kind: str | None = None
    silent_message: str = ""
    # flags and texts of the answer
    module_present: bool | None = None
    scheduler_read: bool | None = None
    sync_cycle_enabled: bool | None = None
    maintenance_enabled: bool | None = None
    scheduler_suspended: bool | None = None
    sync_cycle_in_progress: bool | None = None
    staging_scheduler: bool | None = None
    settings_read: bool | None = None
    run_status_read: bool | None = None
    wizard_running: bool | None = None
    manager_running: bool | None = None
    installer_running: bool | None = None
    exports_read: bool | None = None
    password_sync_read: bool | None = None
    record_read: bool | None = None
    password_writeback: bool | None = None
    journal_writable: bool | None = None
    scheduler_wants_sign_in: bool | None = None
    restored: bool | None = None
    computer_name: str | None = None
    machine_id: str | None = None
    boot_id: str | None = None
    now: str | None = None
    language_mode: str | None = None
    module_error: str | None = None
    service_status: str | None = None
    service_start_type: str | None = None
    scheduler_error: str | None = None
    allowed_interval: str | None = None
    effective_interval: str | None = None
    customized_interval: str | None = None
    next_policy: str | None = None
    next_start: str | None = None
    purge_interval: str | None = None
    staging_settings: str | None = None
    settings_error: str | None = None
    record_error: str | None = None
    tenant: str | None = None
    auto_upgrade: str | None = None
    product_name: str | None = None
    product_version: str | None = None
    engine_version: str | None = None
    wizard_version: str | None = None
    configuration_version: str | None = None
    pending_error: str | None = None
    # lists and nested records; None is unknown, an empty list is a list without entries
    busy_connectors: list[str] | None = None
    exports: list[Export] | None = None
    password_sync: list[PasswordSync] | None = None
    connectors: list[Connector] | None = None
    pending: list[Pending] | None = None
    runs: list[RunStep] | None = None
    overrides: list[Override] | None = None
    claim: Claim | None = None
    goal: GoalRecord | None = None
    hold: Hold | None = None
    quarantine: Quarantine | None = None
    promotion: Promotion | None = None
    child_alive: bool = False
    found: list[Found] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    serial: int = 0

    @property
    def answered(self) -> bool:
        """Whether the server gave an answer at all."""
        return self.silent_kind is None

    @property
    def token(self) -> Token | None:
        """Token of the claim in its record, ended or not."""
        return self.claim.token if self.claim else None

    @property
    def writeback(self) -> bool | None:
        """Whether password writeback is on; of a server that was shut off what its record keeps, since it cannot be asked."""
        if self.password_writeback is not None or self.hold is None:
            return self.password_writeback
        value = self.hold.noted().get("password_writeback")
        return value if isinstance(value, bool) else None

    @classmethod
    def silent(cls, name: str, kind: str, message: str = "") -> ServerRead:
        """A server that gave no answer: unknown, which refuses."""
        return cls(name, _now(), silent_kind=kind, silent_message=message)

    @classmethod
    def from_answer(cls, name: str, answer: Answer) -> ServerRead:
        """The answer of ``Get-EntraSyncServer`` or ``Update-EntraSyncLease``."""
        child = answer.get("child")
        values: dict[str, Any] = {each: flag(answer, each) for each in _FLAGS}
        values.update({each: text(answer, each) for each in _TEXTS})
        values.update(
            busy_connectors=texts(answer, "busy_connectors") if values["run_status_read"] else None,
            exports=records(answer, "exports", Export.of) if values["exports_read"] else None,
            password_sync=records(answer, "password_sync", PasswordSync.of) if values["password_sync_read"] else None,
            connectors=records(answer, "connectors", Connector.of),
            pending=records(answer, "pending", Pending.of),
            runs=records(answer, "runs", RunStep.from_answer),
            overrides=records(answer, "overrides", Override.of),
            claim=record(answer, "claim", Claim.of),
            goal=record(answer, "goal", GoalRecord.of),
            hold=record(answer, "hold", Hold.of),
            quarantine=record(answer, "quarantine", Quarantine.of),
            promotion=record(answer, "promotion", Promotion.of),
            # a child that is recorded and not proved dead counts as alive
            child_alive=isinstance(child, dict) and child.get("alive") is not False,
            found=records(answer, "found", Found.of) or [],
            fences=records(answer, "fences", Fence.of) or [],
            serial=number(answer, "serial") or 0,
        )
        return cls(name, _now(), **values)

    def facts(self) -> dict[str, Any]:
        """What gates want to know of this server while it is held and cannot be asked: plain values for its record.

        What this read does not tell, as one behind the block, stays as an earlier hold of the server has noted it.
        """
        noted = self.hold.noted() if self.hold is not None else {}
        keep = ("engine_version", "wizard_version", "tenant", "sync_cycle_enabled", "auto_upgrade", "password_writeback", "now")
        plain = {each: getattr(self, each) for each in keep}
        plain["exports"] = [vars(each) for each in self.exports or []]
        plain["runs"] = [vars(each) for each in self.runs or []]
        return {key: value if value not in (None, "", []) else noted.get(key, value) for key, value in plain.items()}


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_KNOWN = {each.name for each in fields(ServerRead)}
if not set(_FLAGS) | set(_TEXTS) <= _KNOWN:
    raise AssertionError("a field of the answer has no place in ServerRead")
