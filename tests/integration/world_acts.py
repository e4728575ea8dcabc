# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can happen to a server of the lab while a playbook runs: the words that scenario files use, and what each does to the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.lab.fleet import Fleet
from tests.lab.host import LabHost
from tests.lab.model.clock import iso
from tests.lab.model.server import RECORD_FILE, STAGING, ModelServer

_snapshots: dict[tuple[int, str], dict[str, Any]] = {}


def act(fleet: Fleet, name: str, word: str, value: Any) -> None:
    """Do one thing to one server, as of now."""
    with fleet.clock.lock:
        ACTS[word](fleet.hosts[name], fleet.world.servers[name], value)
        fleet.world.look()


def roles(fleet: Fleet) -> dict[str, str]:
    """What the model says each server is: ``down`` where its service does not run, else by its flag."""
    with fleet.clock.lock:
        servers = fleet.world.servers.items()
        return {name: "down" if server.service != "Running" else "staging" if server.staging else "active" for name, server in servers}


def _network(host: LabHost, _server: ModelServer, value: str) -> None:
    host.down = value == "down"


def _power(host: LabHost, server: ModelServer, value: str) -> None:
    host.down = value == "off"
    if value == "off":
        server.power_off()
        host.drop_shells()
    else:
        server.power_on()


def _fence(_host: LabHost, server: ModelServer, value: int) -> None:
    """The fences in its record are so many minutes older."""
    record = json.loads(server.files[RECORD_FILE])
    for each in record["fences"]:
        each["since"] = iso(datetime.fromisoformat(each["since"]).timestamp() - 60 * value)
    server.files[RECORD_FILE] = json.dumps(record)


def _service(_host: LabHost, server: ModelServer, value: str) -> None:
    assert server.start_service() if value == "start" else not server.stop_service()


def _flag(_host: LabHost, server: ModelServer, value: bool) -> None:
    if server.service == "Running":
        server.set_staging(value)
    else:  # as in a database that was restored while the service was down
        server.settings[STAGING] = str(value)


def _flip_at_stop(_host: LabHost, server: ModelServer, value: bool) -> None:
    def once() -> None:
        server.at_stop = lambda: None
        server.settings[STAGING] = str(not value)

    server.at_stop = once


def _snapshot(_host: LabHost, server: ModelServer, value: str) -> None:
    _snapshots[id(server), value] = server.state()


def _restore(_host: LabHost, server: ModelServer, value: str) -> None:
    server.restore(_snapshots[id(server), value])


def _event(_host: LabHost, server: ModelServer, value: list[Any]) -> None:
    server.write_event(*value)


def _process(_host: LabHost, server: ModelServer, value: str) -> None:
    server.processes.add(value)


def _no_process(_host: LabHost, server: ModelServer, value: str) -> None:
    server.processes.discard(value)


def _cycle(_host: LabHost, server: ModelServer, value: str) -> None:
    server.cycles.start(value)


def _set(_host: LabHost, server: ModelServer, value: dict[str, Any]) -> None:
    for name, item in value.items():
        assert hasattr(server, name), name
        setattr(server, name, item)


def _runs_end(_host: LabHost, server: ModelServer, value: dict[str, str]) -> None:
    server.cycles.ends = dict(value)


def _prerequisites(_host: LabHost, server: ModelServer, value: dict[str, Any]) -> None:
    for name, item in value.items():
        assert hasattr(server.prerequisites, name), name
        setattr(server.prerequisites, name, {**server.prerequisites.registry, **item} if name == "registry" else item)


def _hold_begun(_host: LabHost, server: ModelServer, value: str) -> None:
    """The machine goes down in the middle of a hold: start type set, record begun, its staging ``value`` (empty: not read yet)."""
    record = json.loads(server.files[RECORD_FILE])
    record["hold"] = {"state": "pending", "at": server.world.clock.now, "staging": value, "by": "", "boot_id": server.boot_id, "facts": ""}
    record["found"].append({"name": "start_type", "found": "Automatic", "set": "Disabled"})
    server.files[RECORD_FILE] = json.dumps(record)
    server.start_type = "Disabled"
    server.reboot()


ACTS: dict[str, Callable[[LabHost, ModelServer, Any], None]] = {
    "network": _network,  # down, up
    "power": _power,  # off, on: the machine itself; it comes back with the flag that it had
    "fences_older": _fence,  # minutes
    "service": _service,  # start, stop
    "flag": _flag,  # staging mode: true, false
    "flip_at_stop": _flip_at_stop,  # a person turns staging mode off in the instant before the next stop of the service
    "snapshot": _snapshot,  # a name
    "restore": _restore,  # that name
    "event": _event,  # provider, id, level, message: as of now in its event log
    "process": _process,  # a program that runs from now on
    "no_process": _no_process,
    "cycle": _cycle,  # Delta, Initial
    "runs_end": _runs_end,  # {import, sync, export: a result}, from now on; {}: well again
    "hold_begun": _hold_begun,  # what was read of its flag by then: True, or empty
    "set": _set,  # attributes of the model
    "prerequisites": _prerequisites,  # attributes of what it tells besides its engine's state
}
