# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens in the world between two calls, the same on both engines. Each act is a plain function of a simulated server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from tests.lab.model.cycle import Run
from tests.lab.model.server import RECORD_FILE, Installer, ModelServer
from tests.lab.pwsh.disk import RecordFolder

MSI = "C:\\msi\\AzureADConnect.msi"
NEXT_VERSION = "2.6.92.0"
CYCLE_SECONDS = 120.0  # longer than any cycle of the model
JOURNAL, KEPT = "journal.jsonl", "journal.kept"
DAMAGE = {
    "cut": '{"claim": {"epoch": 1',
    "empty": "",
    "null": "null",
    "list": "[]",
    "number": "3",
    "text": '"a record"',
    "claim is text": '{"claim": "mine"}',
    "no keys": "{}",
    "fences are text": '{"fences": "mine"}',
    "a fence without a name": '{"fences": [{"kind": "cloud"}]}',
    "a fence alone, without a time": '{"fences": {"server": "srv9", "kind": "cloud"}}',
}


class Snapshots:
    """The state of a server that somebody kept, if any."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] | None = None


def prepare(server: ModelServer) -> None:
    """A world in which nothing happens by itself: no scheduled cycle, no password-hash cycle, an installer on the disk."""
    server.installers[MSI] = Installer(NEXT_VERSION)
    server.password_hashes = False
    server.cycles.schedule = lambda: None  # type: ignore[method-assign]
    server.cycles._timer += 1  # the one that was planned when the world began


def settle(server: ModelServer) -> None:
    """Let a service that is starting come up; nothing else of the clock is left to chance."""
    with server.world.clock.lock:
        if server.service == "StartPending":
            server.world.clock.advance(2.0)


def damage(server: ModelServer, how: str) -> None:
    """Write nonsense into the record."""
    server.files[RECORD_FILE] = DAMAGE[how]


def forget(server: ModelServer) -> None:
    """Delete the record."""
    if RECORD_FILE in server.files:
        del server.files[RECORD_FILE]


def break_journal(server: ModelServer) -> None:
    """The journal cannot be written: on a disk, since a folder has its name."""
    server.journal_fails = True
    if isinstance(server.files, RecordFolder):
        folder = server.files.folder
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / JOURNAL).is_file():
            (folder / JOURNAL).rename(folder / KEPT)
        (folder / JOURNAL).mkdir(exist_ok=True)


def mend_journal(server: ModelServer) -> None:
    """It can be written again."""
    server.journal_fails = False
    if isinstance(server.files, RecordFolder):
        folder = server.files.folder
        if (folder / JOURNAL).is_dir():
            (folder / JOURNAL).rmdir()
        if (folder / KEPT).is_file():
            (folder / KEPT).rename(folder / JOURNAL)


def journal_of(server: ModelServer) -> list[tuple[str, str, str]]:
    """Function, kind and token of each line of the journal."""
    if not isinstance(server.files, RecordFolder):
        return [(each["function"], each["what"], each["token"]) for each in server.journal]
    mend_journal(server)
    path = server.files.folder / JOURNAL
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    return [(each["function"], each["what"], each["token"]) for each in map(json.loads, lines)]


def begin_cycle(server: ModelServer, policy: str) -> None:
    """The scheduler begins a cycle, where nothing is in its way."""
    if server.service == "Running" and server.cycles.running is None and not server.suspended:
        server.cycles.start(policy)


def busy(server: ModelServer) -> None:
    """A person runs a single run profile; it does not end in this sequence."""
    cycles = server.cycles
    if server.service == "Running" and cycles.running is None:
        cycles.running = Run(99, "contoso.local", "Full Import", "full-import", server.world.clock.now)
        cycles.history.append(cycles.running)


def hashing(server: ModelServer) -> None:
    """A password-hash cycle is in progress, and stays so until the service stops."""
    if server.service == "Running":
        server.world.clock.advance(1.0)
        server.password_hashes, server.cycles.hashing, server.cycles.hash_started = True, True, server.world.clock.now


def start(server: ModelServer) -> None:
    """A person starts the service, whatever its start type was."""
    server.start_type = "Automatic"
    server.start_service()


def reboot(server: ModelServer) -> None:
    """Windows restarts; the model gives boots a time, so that some passes first."""
    server.world.clock.advance(1.0)
    server.reboot()


def keep(server: ModelServer, snapshots: Snapshots) -> None:
    """A snapshot is taken."""
    snapshots.kept = server.state()


def restore(server: ModelServer, snapshots: Snapshots) -> None:
    """The snapshot is brought back, if there is one."""
    if snapshots.kept is not None:
        server.world.clock.advance(1.0)
        server.restore(snapshots.kept)


def _put(name: str, value: Any) -> Callable[[ModelServer], None]:
    return lambda server: setattr(server, name, value)


ACTS: dict[str, Callable[[ModelServer], None]] = {
    "wizard opened": lambda server: server.processes.add("AzureADConnect"),
    "wizard closed": lambda server: server.processes.discard("AzureADConnect"),
    "service stopped": lambda server: server.stop_service(),
    "service disabled": _put("start_type", "Disabled"),
    "service started": start,
    "flag on": lambda server: server.set_staging(True),
    "flag off": lambda server: server.set_staging(False),
    "cycle begun": lambda server: begin_cycle(server, "Delta"),
    "full cycle begun": lambda server: begin_cycle(server, "Initial"),
    "cycle ended": lambda server: server.world.clock.advance(CYCLE_SECONDS),
    "connector busy": busy,
    "password hashes going": hashing,
    "scheduler off": _put("enabled", False),
    "scheduler suspended": _put("suspended", True),
    "scheduler resumed": _put("suspended", False),
    "firewall off": _put("firewall_on", False),
    "firewall on": _put("firewall_on", True),
    "allow-bypass rule": _put("allow_bypass", True),
    "rule removed": _put("blocked", False),
    "sign-in wanted": _put("scheduler_wants_sign_in", True),
    "writeback on": _put("password_writeback", True),
    "auto-upgrade suspended": _put("auto_upgrade", "Suspended"),
    "changes in AD": lambda server: server.world.change_ad("deletes", 3),
    "an error is logged": lambda server: server.write_event("ADSync", 6801, "error", "The extensible extension\n returned an error."),
    "a warning is logged": lambda server: server.write_event("Directory Synchronization", 905, "warning", "Zo\u00eb's object was skipped. " * 20),
    "a threshold is told": lambda server: server.write_event("Directory Synchronization", 116, "information", "The threshold is 500."),
    "event log unreadable": lambda server: setattr(server.log, "fails", True),
    "other changes in AD": lambda server: (server.world.change_ad("updates", 2, ["mail:add", "member"]), server.world.change_ad("adds")),
    "csexport fails": lambda server: setattr(server, "csexport_says", "Failed to export connector space."),
    "journal broken": break_journal,
    "journal mended": mend_journal,
    "record lost": forget,
    "reboot": reboot,
    "an hour passes": lambda server: server.world.clock.advance(3600.0),
    **{f"record damaged: {how}": (lambda server, how=how: damage(server, how)) for how in DAMAGE},
}
WITH_SNAPSHOTS: dict[str, Callable[[ModelServer, Snapshots], None]] = {"snapshot taken": keep, "snapshot restored": restore}


def act(server: ModelServer, name: str, snapshots: Snapshots) -> None:
    """Do one of them, under the model's lock."""
    with server.world.clock.lock:
        if name in WITH_SNAPSHOTS:
            WITH_SNAPSHOTS[name](server, snapshots)
        else:
            ACTS[name](server)
        server.world.look()
        settle(server)


def pump(server: ModelServer, every: float = 0.01) -> Callable[[], None]:
    """Let services come up while a call waits for them; gives what ends that."""
    done = threading.Event()

    def work() -> None:
        while not done.wait(every):
            settle(server)

    threading.Thread(target=work, daemon=True, name="lab-settle").start()
    return done.set
