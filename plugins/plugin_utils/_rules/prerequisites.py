# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a switch and an upgrade rest on besides the engine's own state (adsync.md 5.6, B.5), typed. Every field may be unknown.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from .fields import flag, number, records, text, texts

_FLAGS = ["reboot_pending", "transcription", "engine_config_changed", "sql_read", "sql_local", "identity_known"]
_NUMBERS = ["net_release", "system_free_mb", "data_free_mb", "sql_used_mb"]
_LISTS = ["reboot_reasons", "forests", "unread"]


@dataclass(frozen=True)
class Domain:
    """An AD domain, and whether the engine reaches it."""

    connector: str
    domain: str
    reachable: bool | None
    error: str


@dataclass(frozen=True)
class Prerequisites:
    """One answer of ``Get-EntraSyncPrerequisite``; ``problem`` says why there is none.

    Attributes:
        clock_offset: seconds that the server's clock is ahead of the controller's (negative: behind) at least; the way of the answer counts for it.
        tls_client: ``on``, ``off`` or ``default`` (the registry says nothing), likewise the other two.
        identity_kind: ``Application``, ``ServiceAccount``, or unknown.
    """

    problem: str | None = None
    now: str | None = None
    computer_name: str | None = None
    os_name: str | None = None
    os_build: str | None = None
    os_kind: str | None = None
    reboot_pending: bool | None = None
    reboot_reasons: list[str] | None = None
    net_release: int | None = None
    tls_client: str | None = None
    tls_server: str | None = None
    strong_crypto: str | None = None
    execution_policy: str | None = None
    transcription: bool | None = None
    system_drive: str | None = None
    system_free_mb: int | None = None
    data_drive: str | None = None
    data_free_mb: int | None = None
    engine_config_changed: bool | None = None
    service_account: str | None = None
    unread: list[str] | None = None
    sql_read: bool | None = None
    sql_error: str | None = None
    sql_server: str | None = None
    sql_instance: str | None = None
    sql_database: str | None = None
    sql_local: bool | None = None
    sql_used_mb: int | None = None
    sql_version: str | None = None
    identity_known: bool | None = None
    identity_kind: str | None = None
    identity_error: str | None = None
    entra_account: str | None = None
    application_id: str | None = None
    certificate: str | None = None
    certificate_ends: str | None = None
    forests: list[str] | None = None
    domains: list[Domain] | None = None
    domains_error: str | None = None
    clock_offset: float | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Prerequisites:
        """From an answer, or from what was returned of it."""
        taken: dict[str, Any] = {}
        for each in fields(cls):
            take = flag if each.name in _FLAGS else number if each.name in _NUMBERS else texts if each.name in _LISTS else text
            taken[each.name] = take(values, each.name)
        offset = values.get("clock_offset")
        taken["clock_offset"] = float(offset) if isinstance(offset, (int, float)) and not isinstance(offset, bool) else None
        taken["domains"] = records(values, "domains", _domain)
        return cls(**taken)

    @property
    def identity(self) -> str | None:
        """What the tenant knows the server by: the id of its application, else the name of its account."""
        return self.application_id or self.entra_account

    def values(self) -> dict[str, Any]:
        """As return values."""
        return {**vars(self), "domains": None if self.domains is None else [vars(each) for each in self.domains]}


def account_kind(account: str | None, computer_name: str | None = None) -> str:
    """Kind of a service's account by its name: ``virtual``, ``managed`` (gMSA), ``system``, ``local``, ``domain``, or empty where it is unknown."""
    if not account:
        return ""
    domain, _slash, name = account.rpartition("\\")
    if domain.upper() == "NT SERVICE":
        return "virtual"
    if account.upper().replace(" ", "") in ("LOCALSYSTEM", "NTAUTHORITY\\SYSTEM", "NTAUTHORITY\\NETWORKSERVICE", "NTAUTHORITY\\LOCALSERVICE"):
        return "system"
    if name.endswith("$"):
        return "managed"
    return "local" if domain == "." or (computer_name and domain.upper() == computer_name.upper()) else "domain"


def _domain(values: Mapping[str, Any]) -> Domain:
    return Domain(text(values, "connector") or "", text(values, "domain") or "", flag(values, "reachable"), text(values, "error") or "")
