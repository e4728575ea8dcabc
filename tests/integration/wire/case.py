# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One fault at one place of a real run of swing_upgrade over the wire, and what must be so afterwards.

The same command again reaches the target, once more it changes nothing, a refused run changed nothing, and by the model's diary no two
servers ever exported at once.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.integration import claims
from tests.integration.runner import PACE, Control, Done, Process, put_msi
from tests.lab.fleet import Fleet
from tests.lab.model.operator import Manner
from tests.lab.restart import AWAY_SECONDS

from .acts import ACTS, KINDS
from .afterwards import violations
from .places import FaultsAt, Place, places

OLD, NEW = "2.5.79.0", "2.6.92.0"
FORMER, TARGET = "srv1", "srv2"
SPEED = 600.0
LEASE = {"entra_connect_lease": 2}
# where a server never answers it costs seconds (psrp-lab.md 6.3); nowhere else, since a busy machine may be as slow
IMPATIENT = {"ansible_psrp_operation_timeout": 4, "ansible_psrp_read_timeout": 6}
FOUND = ("enabled", "start_type", "auto_upgrade", "blocked")


def kinds() -> dict[str, dict[str, Any]]:
    """All kinds of faults by name."""
    table: dict[str, dict[str, Any]] = yaml.safe_load(KINDS.read_text(encoding="utf-8"))
    return table


@dataclass
class Verdict:
    """How one case ended. ``violations`` are of safety; ``problems`` of everything else that must be so."""

    case: str
    outcomes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    fired: bool = False
    violations: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0
    outputs: list[str] = field(default_factory=list)


class Case:
    """A fleet of its own, a fault of one kind at one place, three runs at most."""

    former, target = FORMER, TARGET

    def __init__(self, folder: Path, place: Place, kind: str, engine: str = "python") -> None:
        self.place, self.kind, self.name = place, kinds()[kind], f"{engine} {place} {kind}"
        self.folder, self.told = folder, list[str]()
        self.fleet = Fleet(speed=SPEED, operator=Manner(delay=20.0), installed=True, engine=engine)
        self.faults = FaultsAt(place, self.kind, self._act)
        self.fleet.hosts[place.server].faults = self.faults
        self._hangs = self.kind.get("rule", {}).get("do") == "hang"
        self._run: Process | None = None
        self._started = threading.Event()

    def pid(self) -> int:
        """Process id of the first run; also of its process group."""
        assert self._started.wait(300) and self._run is not None
        return self._run.pid

    def control(self, name: str, **variables: Any) -> Control:
        """A controller of its own."""
        return Control(self.fleet, self.folder / name, {**PACE[self.fleet.engine, "psrp"], **LEASE, **variables})

    def judge(self) -> Verdict:
        """Run it all."""
        verdict, start = Verdict(self.name, told=self.told), time.monotonic()
        with self.fleet:
            try:
                self._judge(verdict)
            except AssertionError as error:
                verdict.problems.append(str(error))
            verdict.violations += violations(self.fleet)
        verdict.seconds = round(time.monotonic() - start, 1)
        return verdict

    # -- within ------------------------------------------------------------------------------------------------------
    def _act(self) -> None:
        ACTS[self.kind["act"]](self)

    def _judge(self, verdict: Verdict) -> None:
        wanted = {**put_msi(self.fleet, NEW), "entra_connect_operator_ready": True, "entra_connect_method": "settings"}
        wanted["entra_connect_active"] = TARGET
        before, control = self.fleet.world.snapshot(), self.control("first", **(IMPATIENT if self._hangs else {}))
        self._run = control.start_playbook("swing_upgrade", **wanted)
        self._started.set()
        first = self._note(verdict, control.finish(self._run))
        verdict.fired = self.faults.fired
        if not verdict.fired:
            verdict.problems.append("nothing went wrong: the run never came to this place")
        if first.outcome == "refused" and not self.kind.get("by_the_world") and self.fleet.world.snapshot() != before:
            verdict.problems.append("the run refused, and had changed something")
        self._settle()
        again = first if first.outcome == "done" else self._note(verdict, self.control("again").playbook("swing_upgrade", **wanted))
        if again.outcome not in ("done", "already"):
            verdict.problems.append(f"the same command again ended {again.outcome}, not done")
            again = self._note(verdict, self.control("third").playbook("swing_upgrade", **wanted))
        if again.outcome != "already":
            last = self._note(verdict, self.control("last").playbook("swing_upgrade", **wanted))
            if (last.outcome, last.changed) != ("already", 0):
                verdict.problems.append(f"once more it ended {last.outcome} with changed={last.changed}, not already with 0")
        self._look(verdict, before)

    def _note(self, verdict: Verdict, done: Done) -> Done:
        verdict.outcomes.append(done.outcome)
        verdict.outputs.append(done.output)
        return done

    def _settle(self) -> None:
        """Nothing goes wrong any more, what was late has landed, nobody's claim is live."""
        self.faults.clear()
        rule = self.kind.get("rule", {})
        time.sleep(max(AWAY_SECONDS, rule["secs"] if rule.get("do") == "late" else 0.0))
        claims.settle(self.fleet, [self.folder / "first"])

    def _look(self, verdict: Verdict, before: dict[str, dict[str, Any]]) -> None:
        """Exactly the target is active, both are up to date, and what was found is as it was."""
        now, servers = self.fleet.world.snapshot(), self.fleet.world.servers
        roles = {name: server.service == "Running" and not server.staging for name, server in servers.items()}
        if roles != {FORMER: False, TARGET: True}:
            verdict.problems.append(f"active at the end: {', '.join(name for name, active in roles.items() if active) or 'nobody'}")
        if {server.engine_version for server in servers.values()} != {NEW}:
            verdict.problems.append("not every server has the new version")
        for name, values in before.items():
            odd = {key: (values[key], now[name][key]) for key in FOUND if values[key] != now[name][key]}
            if odd:
                verdict.problems.append(f"{name}: found and left are not the same: {odd}")


def recorded(folder: Path) -> list[Place]:
    """The places of a run in which nothing goes wrong, in its order, server by server; only those that two runs have."""
    runs = []
    for number in (1, 2):
        with Fleet(speed=SPEED, operator=Manner(delay=20.0), installed=True) as fleet:
            control = Control(fleet, folder / f"recorded{number}", {**PACE[fleet.engine, "psrp"], **LEASE})
            wanted = {**put_msi(fleet, NEW), "entra_connect_operator_ready": True, "entra_connect_method": "settings"}
            done = control.playbook("swing_upgrade", entra_connect_active=TARGET, **wanted)
            assert done.outcome == "done", done.output
            runs.append([place for name, host in fleet.hosts.items() for place in places(name, host.recorder.requests)])
    return [place for place in runs[0] if place in runs[1]]
