# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated world: servers, one Active Directory, one tenant, one diary. Nothing here is a real directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..csexport import PendingObject
from ..diary import Diary
from .clock import Clock, iso
from .server import ModelServer

KINDS = ("adds", "updates", "deletes")
TOUCHED = {"adds": ("displayName:add", "userPrincipalName:add"), "updates": ("displayName:update",), "deletes": ()}


@dataclass(frozen=True)
class Change:
    """One change in Active Directory that has to reach the tenant.

    Attributes:
        number: of the change, and of the object that it is about.
        kind: adds, updates or deletes.
        attributes: what it touches, each with its operation: add, update or delete.
    """

    number: int
    kind: str
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def pending(self) -> PendingObject:
        """As the connector space of a server has it, once that server has seen it."""
        operation = {"adds": "add", "updates": "update", "deletes": "delete"}[self.kind]
        return PendingObject(f"CN={{{self.number:032x}}}", operation, "user", self.attributes)


@dataclass(frozen=True)
class ExportSeen:
    """An export as the tenant saw it."""

    server: str
    at: float
    adds: int
    updates: int
    deletes: int


@dataclass
class Tenant:
    """The cloud side: what was applied, by whom."""

    name: str = "contoso.onmicrosoft.com"
    applied: set[int] = field(default_factory=set)
    exports: list[ExportSeen] = field(default_factory=list)


class World:
    """Everything that is simulated, on one clock and under one lock.

    Args:
        clock: the lab's clock.
        profiles: name of each server and of its version profile; the first server is active, all others are staging.
    """

    def __init__(self, clock: Clock, profiles: dict[str, str]) -> None:
        self.clock, self.tenant, self.diary = clock, Tenant(), Diary()
        self.changes: list[Change] = []
        self.started = clock.now
        self.servers = {name: ModelServer(name, profile, self) for name, profile in profiles.items()}
        for index, server in enumerate(self.servers.values()):
            server.settings["Microsoft.Synchronize.StagingMode"] = str(index > 0)
            server.cycles.remember_cycle(seconds_ago=600)
            server.begin()
        self.look()

    def change_ad(self, kind: str = "updates", count: int = 1, attributes: Iterable[str] | None = None) -> None:
        """Change objects in Active Directory, which each server sees with its next import; an attribute is ``name`` or ``name:operation``."""
        parts = [each.partition(":") for each in (TOUCHED[kind] if attributes is None else attributes)]
        touched = tuple((name, operation or "update") for name, _colon, operation in parts)
        with self.clock.lock:
            for _each in range(count):
                self.changes.append(Change(len(self.changes) + 1, kind, touched))

    def identity(self, given: dict[str, str] | None) -> dict[str, object]:
        """The cloud identity of a server, after what is done to it: ``server``, and ``action`` (read, disable, enable)."""
        name, action = (given or {})["server"], (given or {})["action"]
        server = self.servers[name]
        with self.clock.lock:
            if action != "read":
                server.cloud_enabled = {"disable": False, "enable": True}[action]
                server.was_disabled |= not server.cloud_enabled
                self.look()
            last = max((each.at for each in self.tenant.exports if each.server == name), default=None)
            exported = "never" if last is None else iso(last)
            return {"name": f"Sync_{name.upper()}", "enabled": server.cloud_enabled, "last_export": exported}

    def told(self, _given: object = None) -> dict[str, object]:
        """What the tenant tells of itself: who exported last, its threshold, and the newest change of AD with when it arrived."""
        with self.clock.lock:
            last = max(self.tenant.exports, key=lambda each: each.at, default=None)
            newest = self.changes[-1] if self.changes else None
            arrived = newest is not None and newest.number in self.tenant.applied
            return {
                "last_exporter": last.server.upper() if last else "",
                "last_export_at": iso(last.at) if last else "",
                "change": f"change {newest.number}" if newest else "",
                "seen_at": iso(self.clock.now) if arrived else None,
            }

    def look(self) -> None:
        """Write into the diary who exports now; called after every change of any server."""
        for server in self.servers.values():
            exporting, reason = server.exporting()
            self.diary.note(server.name, exporting, reason, self.clock.now)

    def snapshot(self) -> dict[str, dict[str, object]]:
        """The state of every server as plain values, to compare before and after."""
        with self.clock.lock:
            return {name: server.state() for name, server in self.servers.items()}
