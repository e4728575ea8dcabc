# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One server as the model sees it: few fields, each a plain value; what the product's functions do to it is asked of their Python twins.

The twins are bound to the PowerShell functions by the differential test. A call is made on a `ModelServer` that is set up from the
abstract server, and what it left is read back; each is asked once, then remembered.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.claims import UNREAD
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.fences import CLOUD_SECONDS
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from tests.lab.model.clock import Clock, iso
from tests.lab.model.cycle import Run
from tests.lab.model.errors import Refused
from tests.lab.model.server import RECORD_FILE, STAGING, START_SECONDS, ModelServer
from tests.lab.model.world import World
from tests.lab.twins import TWINS, Twin
from tests.lab.twins._record import shown_fence

NAMES = ("srv1", "srv2", "srv3")
PROFILE = "2.5.79.0"
WIZARD, INSTALLER = "AzureADConnect", "msiexec"
EXPORTED = "2026-01-01 00:00:00 UTC"  # the last export as the cloud tells it
NOTED = "password_writeback"
CLAIM_PARTS = ("epoch", "run_id", "ended", "complete", "goal_active", "goal_former", "goal_method", "goal_verb")
GOAL_PARTS = ("epoch", "run_id", "outcome", "active", "former", "method", "verb")
LONG_AGO, BEFORE, AFTER = -1000.0, -100.0, -50.0  # seconds from now: an old start, our hold, a start since the hold


class Record(NamedTuple):
    """Our record.

    Attributes:
        claim, goal: their parts, and names of members.
        hold: state, staging, started since, writeback as noted.
        promotion: epoch, run id, method.
        fences: server, kind, name of its identity, whether old enough.
    """

    claim: tuple[Any, ...] | None = None
    goal: tuple[Any, ...] | None = None
    hold: tuple[str, str, bool, bool | None] | None = None
    quarantine: bool = False
    promotion: tuple[Any, ...] | None = None
    serial: int = 0
    restored: bool = False
    found: tuple[tuple[str, str, str], ...] = ()
    fences: tuple[tuple[str, str, str, bool], ...] = ()


class Server(NamedTuple):
    """A server.

    Attributes:
        cloud: its identity is ``on``, ``off``, or disabled while a ``token`` from before still lives.
        writeback: passwords are written back, over a connection that outlives the identity.
        run: what still exports: ``cycle``, ``hash``, or nothing.
        asked: what a person was asked to do with the flag and may still do.
        boot: counts restarts.
        snap: what a snapshot of the machine keeps.
    """

    place: int
    staging: bool
    up: bool = True
    reach: bool = True
    service: bool = True
    automatic: bool = True
    blocked: bool = False
    cloud: str = "on"
    writeback: bool = False
    run: str = ""
    wizard: bool = False
    installer: bool = False
    asked: str = ""
    boot: int = 0
    record: Record = Record()
    snap: tuple[Any, ...] | None = None

    @property
    def name(self) -> str:
        """Its inventory name."""
        return NAMES[self.place]

    @property
    def answers(self) -> bool:
        """Whether a request reaches it."""
        return self.up and self.reach

    @property
    def exporting(self) -> bool:
        """As the design defines it."""
        if not self.up or not self.service or self.blocked:
            return False
        return (self.cloud != "off" and (not self.staging or bool(self.run))) or (self.writeback and not self.staging)


class Still(Clock):
    """A clock that stands; of what is to be done later it keeps what comes at once, the start of a service."""

    def __init__(self) -> None:
        super().__init__()
        self.soon: list[Any] = []

    def after(self, seconds: float, work: Any) -> None:
        """Keep it, or let it be."""
        if seconds <= START_SECONDS:
            self.soon.append(work)


class Fleet:
    """The servers of the model: numbers for them, what calls do to them, what reads of them say.

    Args:
        count: 2 or 3 servers; twins: the functions, by default those of the lab.
    """

    def __init__(self, count: int, twins: Mapping[str, Twin] | None = None) -> None:
        self.count, self.names = count, NAMES[:count]
        self.numbers: dict[Server, int] = {}
        self.servers: list[Server] = []
        self.exporting: list[bool] = []
        self._clock = Still()
        self._world = World(self._clock, dict.fromkeys(self.names, PROFILE))
        self._machines = {server.name: server.machine_id for server in self._world.servers.values()}
        self._twins = TWINS if twins is None else twins
        self._calls: dict[tuple[int, str, tuple[Any, ...]], tuple[int, str, Any]] = {}
        self._reads: dict[tuple[int, bool], ServerRead] = {}
        self._later: dict[int, int] = {}

    def number(self, server: Server) -> int:
        """The number of a server as it is."""
        known = self.numbers.get(server)
        if known is None:
            known = self.numbers[server] = len(self.servers)
            self.servers.append(server)
            self.exporting.append(server.exporting)
        return known

    @property
    def asked(self) -> int:
        """How many calls and reads the twins answered."""
        return len(self._calls) + len(self._reads)

    def call(self, number: int, function: str, parameters: tuple[tuple[str, Any], ...]) -> tuple[int, str, Any]:
        """What the server is after a call that reached it, the code of its refusal (empty: none), and its answer."""
        key = (number, function, parameters)
        known = self._calls.get(key)
        if known is None:
            known = self._calls[key] = self._call(self.servers[number], function, dict(parameters))
        return known

    def identity(self, number: int, wanted: str) -> int:
        """What the server is once its cloud identity was turned ``on`` or ``off`` in the tenant."""
        server = self.servers[number]
        return self.number(server._replace(cloud="on" if wanted == "on" else "token" if server.cloud == "on" else server.cloud))

    def later(self, number: int) -> int:
        """What the server is when 90 minutes have passed: tokens of a disabled identity have ended, fences in its record are old enough."""
        known = self._later.get(number)
        if known is None:
            server = self.servers[number]
            record = server.record._replace(fences=tuple((*each[:3], True) for each in server.record.fences))
            known = self._later[number] = self.number(server._replace(record=record, cloud="off" if server.cloud == "token" else server.cloud))
        return known

    def read(self, number: int, live: bool) -> ServerRead:
        """What a read of it says; ``live``: whether the lease of the claim in its record runs."""
        key = (number, live)
        known = self._reads.get(key)
        if known is None:
            known = self._reads[key] = self._read(self.servers[number], live)
        return known

    def _call(self, server: Server, function: str, parameters: dict[str, Any]) -> tuple[int, str, Any]:
        model = self._set_up(server, live=bool(parameters.pop("Live", False)))
        if "Ticket" in parameters:  # boot and token; it is as young as it can be, since an older one only refuses more
            boot, token = parameters["Ticket"]
            parameters["Ticket"] = f"boot{boot}|{time.monotonic() - model.booted:.3f}|{token}"
        if "Members" in parameters:
            parameters["MemberNames"] = [name.removeprefix(UNREAD) for name in parameters["Members"]]
            parameters["Members"] = self._ids(parameters["Members"])
        code, answer = "", None
        try:
            answer = self._twins[function](model, **parameters)
        except Refused as refused:
            code = refused.code
        for work in self._clock.soon:
            work()
        return self.number(_back(server, model)), code, answer

    def _read(self, server: Server, live: bool) -> ServerRead:
        if not server.answers:
            return ServerRead.silent(server.name, "unreachable")
        return ServerRead.from_answer(server.name, self._twins["Get-EntraSyncServer"](self._set_up(server, live), Full=True))

    def _set_up(self, server: Server, live: bool) -> ModelServer:
        model = self._world.servers[server.name]
        now = self._clock.now
        self._world.diary.intervals.clear()
        self._clock.soon.clear()
        model.journal.clear()
        model.service, model.start_type = ("Running" if server.service else "Stopped"), ("Automatic" if server.automatic else "Disabled")
        model.blocked, model.cloud_enabled, model.boot_id = server.blocked, server.cloud != "off", f"boot{server.boot}"
        model.password_writeback = server.writeback
        model.settings[STAGING] = str(server.staging)
        model.processes = ({WIZARD} if server.wizard else set()) | ({INSTALLER} if server.installer else set())
        hold = server.record.hold
        model.starts = [now + LONG_AGO] + ([now + AFTER] if hold is not None and hold[2] else [])
        cycles = model.cycles
        cycles.in_progress = cycles.began_active = server.run == "cycle"
        cycles.running = Run(99, model.entra_connector, "Export", "export", now) if server.run == "cycle" else None
        model.password_hashes = cycles.hashing = server.run == "hash"
        cycles.hash_started = now
        model.files[RECORD_FILE] = json.dumps(self._record(server.record, now, live))
        return model

    def _record(self, record: Record, now: float, live: bool) -> dict[str, Any]:
        claim, goal = record.claim, record.goal
        return {
            "claim": claim
            and {
                **dict(zip(CLAIM_PARTS, claim, strict=False)),
                "who": "operator",
                "since": iso(now),
                "kind": "topology",
                "goal_version": "",
                "goal_order": "staging_first",
                **self._of_all(claim[-1]),
                "lease": time.time() + 9999 if live else 0.0,
                "lease_seconds": 120,
            },
            "goal": goal
            and {
                **dict(zip(GOAL_PARTS, goal, strict=False)),
                "version": "",
                "order": "staging_first",
                **self._of_all(goal[-1]),
            },
            "hold": record.hold and _hold(*record.hold, now + BEFORE),
            "quarantine": {"since": iso(now)} if record.quarantine else None,
            "promotion": record.promotion and {**dict(zip(("epoch", "run_id", "method"), record.promotion, strict=True)), "at": iso(now)},
            "serial": record.serial,
            "restored": record.restored,
            "found": [dict(zip(("name", "found", "set"), each, strict=True)) for each in record.found],
            "fences": [_fence(*each) for each in record.fences],
        }

    def _of_all(self, members: tuple[str, ...]) -> dict[str, Any]:
        names = [name.removeprefix(UNREAD) for name in members]
        return {"members": self._ids(members), "member_names": names, "tenant": self._world.tenant.name}

    def _ids(self, members: tuple[str, ...]) -> list[str]:
        """Machine ids of members by name; one that nobody could read has none."""
        return [self._machines.get(name, name) for name in members]


def identity_of(name: str) -> str:
    """What the tenant calls a server's identity."""
    return f"Sync_{name}"


def _hold(state: str, staging: str, _started: bool, noted: bool | None, at: float) -> dict[str, Any]:
    return {"state": state, "staging": staging, "at": at, "by": "", "boot_id": "", "facts": json.dumps({NOTED: noted})}


def _fence(name: str, kind: str, identity: str, old: bool) -> dict[str, Any]:
    """A fence as it stands in a record; reason and evidence are those of `wanted`."""
    told = {"reason": "dead", "evidence": "seen" if kind == "powered_off" else "", "identity": identity, "exported": EXPORTED if identity else ""}
    return {"server": name, "kind": kind, **told, "since": iso(time.time() - (CLOUD_SECONDS + 60 if old else 0)), "by": "operator"}


def _members(claim: dict[str, Any]) -> tuple[str, ...]:
    """Names of members; before that of one whose machine id nobody could read stands what stands for the id."""
    pairs = zip(claim["members"], claim["member_names"], strict=True)
    return tuple(machine if machine.startswith(UNREAD) else name for machine, name in pairs)


def _is_old(fence: dict[str, Any]) -> bool:
    return (shown_fence(fence)["age_seconds"] or 0) >= CLOUD_SECONDS


def _back(server: Server, model: ModelServer) -> Server:
    """The abstract server that a call left."""
    value = json.loads(model.files[RECORD_FILE])
    claim, goal, hold, promotion = (value[name] for name in ("claim", "goal", "hold", "promotion"))
    record = Record(
        claim and (*(claim[name] for name in CLAIM_PARTS), _members(claim)),
        goal and (*(goal[name] for name in GOAL_PARTS), _members(goal)),
        hold and (hold["state"], hold["staging"], any(start > hold["at"] for start in model.starts), json.loads(hold["facts"] or "{}").get(NOTED)),
        value["quarantine"] is not None,
        promotion and (promotion["epoch"], promotion["run_id"], promotion["method"]),
        value["serial"],
        value["restored"],
        tuple((each["name"], each["found"], each["set"]) for each in value["found"]),
        tuple(sorted((each["server"], each["kind"], each["identity"], _is_old(each)) for each in value["fences"])),
    )
    return server._replace(
        staging=model.staging,
        service=model.service == "Running",
        automatic=model.start_type == "Automatic",
        blocked=model.blocked,
        run="cycle" if model.cycles.exports_still_going else "hash" if model.cycles.hashing else "",
        record=record,
        asked="" if hold and hold["state"] == "complete" and model.service != "Running" else server.asked,
    )
