# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync cycles, run history, password-hash cycles of one simulated server (adsync.md 2).

A cycle is accepted at once and finishes later; it takes the staging flag at its start (adsync.md 3.4).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .clock import iso

if TYPE_CHECKING:
    from .server import ModelServer
    from .world import Change

STEP_SECONDS = 10.0
HASH_EVERY, HASH_SECONDS = 120.0, 4.0
PROFILES = {
    ("import", "Delta"): ("Delta Import", "delta-import"),
    ("import", "Initial"): ("Full Import", "full-import"),
    ("sync", "Delta"): ("Delta Synchronization", "delta-sync"),
    ("sync", "Initial"): ("Full Synchronization", "full-sync"),
    ("export", "Delta"): ("Export", "export"),
    ("export", "Initial"): ("Export", "export"),
}


@dataclass
class Run:
    """One run of the history, with one step."""

    number: int
    connector: str
    profile: str
    step_type: str
    started: float
    ended: float | None = None
    result: str = "in-progress"
    exported: dict[str, int] = field(default_factory=lambda: {"adds": 0, "updates": 0, "deletes": 0})

    def values(self, ahead: float = 0.0) -> dict[str, Any]:
        """As Get-EntraSyncRun gives it, on a server whose clock is so many seconds ahead."""
        return {
            "connector": self.connector,
            "profile": self.profile,
            "run_number": self.number,
            "run_id": f"00000000-0000-0000-0000-{self.number:012d}",
            "complete": self.ended is not None,
            "result": self.result,
            "started": iso(self.started + ahead),
            "ended": iso(self.ended + ahead) if self.ended is not None else "",
            "step": 1,
            "step_type": self.step_type,
            "step_result": self.result,
            **{f"export_{kind}": count for kind, count in self.exported.items()},
            "export_failures": 0,
            "stage_adds": 0,
            "stage_updates": 0,
            "stage_deletes": 0,
        }


class Cycles:
    """What runs on a server."""

    def __init__(self, server: ModelServer) -> None:
        self.server, self.clock = server, server.world.clock
        self.history: list[Run] = []
        self.running: Run | None = None
        self.in_progress = False
        self.began_active = False
        self.hashing = False
        self.hash_started = self.hash_ended = 0.0
        self.seen: set[int] = set()
        self.confirmed: set[int] = set()
        self.next_start = self.clock.now + 1800
        self.fail_next: str = ""
        self.ends: dict[str, str] = {}  # how every import, sync or export ends meanwhile, where it is not well
        self._generation = 0
        self._timer = 0

    @property
    def exports_still_going(self) -> bool:
        """A cycle that began with staging off exports to its end, whatever the flag says meanwhile."""
        return self.in_progress and self.began_active

    def pending(self) -> dict[str, int]:
        """What the connector to the tenant would export."""
        counts = {"adds": 0, "updates": 0, "deletes": 0}
        for change in self.pending_changes():
            counts[change.kind] += 1
        return counts

    def pending_changes(self) -> list[Change]:
        """The changes that it would export."""
        return [change for change in self.server.world.changes if change.number in self.seen and change.number not in self.confirmed]

    def remember_cycle(self, seconds_ago: float) -> None:
        """Put one good delta cycle into the history, as a server that has been running for long would have."""
        kinds = [("import", name) for name in self.server.connectors] + [("sync", name) for name in self.server.connectors]
        kinds += [] if self.server.staging else [("export", name) for name in self.server.connectors]
        moment = self.clock.now - seconds_ago
        for index, (kind, connector) in enumerate(kinds):
            profile, step_type = PROFILES[(kind, "Delta")]
            number = len([run for run in self.history if run.connector == connector]) + 1
            started = moment + index * STEP_SECONDS
            self.history.append(Run(number, connector, profile, step_type, started, started + STEP_SECONDS, "success"))

    # -- scheduler ---------------------------------------------------------------------------------------------------
    def schedule(self) -> None:
        """Plan the next cycle of the scheduler."""
        interval = self.server.customized_interval or self.server.allowed_interval
        self.next_start = self.clock.now + max(seconds(interval), seconds(self.server.allowed_interval))
        self._timer += 1
        timer = self._timer
        self.clock.after(self.next_start - self.clock.now, lambda: self._scheduled(timer))

    def _scheduled(self, timer: int) -> None:
        if timer != self._timer:
            return
        server = self.server
        free = server.up and server.service == "Running" and not server.suspended and "AzureADConnect" not in server.processes
        if server.enabled and free and not self.in_progress:
            self.start(server.next_policy)
        else:
            self.schedule()

    def start(self, policy: str) -> None:
        """Begin a cycle."""
        server = self.server
        self.in_progress, self.began_active = True, not server.staging
        server.next_policy = "Delta"
        kinds = [("import", name) for name in server.connectors] + [("sync", name) for name in server.connectors]
        if self.began_active:
            kinds += [("export", name) for name in server.connectors]
        self._generation += 1
        server.world.look()
        self._step(kinds, policy, self._generation)

    def _step(self, left: list[tuple[str, str]], policy: str, generation: int) -> None:
        if generation != self._generation:
            return
        self._finish_step()
        if not left:
            self.in_progress = self.began_active = False
            self.server.overrides.clear()  # the full runs that were queued are done
            self.schedule()
            self.server.world.look()
            return
        kind, connector = left[0]
        profile, step_type = PROFILES[(kind, policy)]
        number = len([run for run in self.history if run.connector == connector]) + 1
        self.running = Run(number, connector, profile, step_type, self.clock.now)
        self.history.append(self.running)
        self.clock.after(STEP_SECONDS, lambda: self._step(left[1:], policy, generation))

    def _finish_step(self) -> None:
        run, self.running = self.running, None
        if run is None:
            return
        run.ended = self.clock.now
        kind = next(each for each in ("import", "sync", "export") if each in run.step_type)
        run.result = self.fail_next or self.ends.get(kind) or ("stopped-server-down" if self.server.service_stopped_by_cloud else "success")
        unreachable = not self.server.cloud_enabled and run.connector == self.server.entra_connector
        if (self.server.quarantined or unreachable) and "sync" not in run.step_type:  # the block is for every address but SQL's
            run.result = "stopped-server-down"
        self.fail_next = ""
        if run.result == "success":
            self._effect(run)

    def _effect(self, run: Run) -> None:
        world, server = self.server.world, self.server
        to_tenant = run.connector == server.entra_connector
        if run.step_type.endswith("import") and not to_tenant:
            self.seen = {change.number for change in world.changes}
        elif run.step_type.endswith("import"):
            self.confirmed = set(world.tenant.applied)
        elif run.step_type == "export" and to_tenant:
            from .world import ExportSeen

            run.exported = self.pending()
            sent = self.seen - self.confirmed
            world.tenant.applied |= sent
            self.confirmed |= sent
            world.tenant.exports.append(ExportSeen(server.name, self.clock.now, **run.exported))

    def abort(self, result: str) -> None:
        """End what runs now, with this result; the rest of the cycle is not done."""
        self._generation += 1
        if self.running is not None:
            self.running.ended, self.running.result = self.clock.now, result
            self.running = None
        if self.in_progress:
            self.in_progress = self.began_active = False
            self.schedule()
        self.hashing = False
        self.server.world.look()

    # -- password hashes ---------------------------------------------------------------------------------------------
    def schedule_hashes(self) -> None:
        """A password-hash cycle every two minutes while active (adsync.md 8.2)."""
        self.clock.after(HASH_EVERY, self._hash_tick)

    def _hash_tick(self) -> None:
        self.hash_now()
        self.schedule_hashes()

    def hash_now(self) -> None:
        """Begin a password-hash cycle where one may run; it goes on to its end although the flag changes."""
        server = self.server
        if server.password_hashes and server.up and server.service == "Running" and not server.staging and not self.hashing:
            self.hashing, self.hash_started = True, self.clock.now
            self.clock.after(HASH_SECONDS, self._hashed)

    def _hashed(self) -> None:
        self.hashing, self.hash_ended = False, self.clock.now
        self.server.world.look()


def longer(customized: str, allowed: str) -> str:
    """The interval in effect: a customized one that is shorter than the allowed one does nothing (adsync.md 1.1)."""
    return customized if customized and seconds(customized) > seconds(allowed) else allowed


def seconds(text: str) -> float:
    """A TimeSpan's text in seconds. Raises `ValueError` for other text."""
    days, _dot, rest = text.rpartition(".")
    hours, minutes, seconds = (float(part) for part in rest.split(":"))
    return float(days or 0) * 86400 + hours * 3600 + minutes * 60 + seconds
