# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to a server without the product: each event as a pure function of the server, what it costs, and whether a person did it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .servers import Server

FREE = ""
TIME = "ninety_minutes"  # no event of one server: `Search.edges`


class Event(NamedTuple):
    """A thing that may happen; ``cost`` is the budget that it takes one from, empty where it may happen always."""

    text: str
    cost: str
    after: Server


def partition(server: Server) -> Iterator[Event]:
    """The network to it breaks, and heals."""
    if server.reach:
        yield Event("is cut off", "partition", server._replace(reach=False))
    else:
        yield Event("can be reached again", FREE, server._replace(reach=True))


def reboot(server: Server) -> Iterator[Event]:
    """The machine restarts; the service comes up by its start type."""
    if server.up:
        yield Event("goes down", "reboot", server._replace(up=False, run="", wizard=False, service=False))
    else:
        back = _started(server) if server.automatic else server
        yield Event("is back", FREE, back._replace(up=True, boot=server.boot + 1))


def power(server: Server) -> Iterator[Event]:
    """The machine loses its power, and a person turns it on again; the service comes up by its start type."""
    if server.up:
        yield Event("loses its power:", "power", server._replace(up=False, run="", wizard=False, service=False))
    else:
        back = _started(server) if server.automatic else server
        yield Event("PERSON powers on", "person", back._replace(up=True, boot=server.boot + 1))


def enable(server: Server) -> Iterator[Event]:
    """A person enables the cloud identity of a server that was declared out."""
    if server.cloud != "on":
        yield Event("PERSON enables the cloud identity of", "person", server._replace(cloud="on"))


def export(server: Server) -> Iterator[Event]:
    """A cycle that exports begins and ends; it goes on when the flag changes."""
    yield from _going(server, "cycle")


def hashes(server: Server) -> Iterator[Event]:
    """The same for a cycle of password hashes."""
    yield from _going(server, "hash")


def _going(server: Server, kind: str) -> Iterator[Event]:
    if server.run == kind:
        yield Event(f"ends its {kind}", FREE, server._replace(run=""))
    elif server.exporting and not server.run:
        yield Event(f"begins a {kind}", FREE, server._replace(run=kind))


def flip(server: Server) -> Iterator[Event]:
    """A person changes the flag in the wizard, at once; it opens where the service runs and the tenant can be reached."""
    if _wizard_works(server):
        yield Event("PERSON flips the flag of", "person", server._replace(staging=not server.staging))


def wizard_left_open(server: Server) -> Iterator[Event]:
    """A person opens the wizard, and later flips the flag with it, or closes it."""
    if server.wizard:
        yield Event("PERSON closes the wizard of", FREE, server._replace(wizard=False))
        if server.up and server.service and not server.blocked:
            yield Event("PERSON flips the flag with the open wizard of", FREE, server._replace(wizard=False, staging=not server.staging))
    elif _wizard_works(server):
        yield Event("PERSON opens the wizard of", "person", server._replace(wizard=True))


def flip_at_the_stop(server: Server) -> Iterator[Event]:
    """A click that landed in the instant between the last reading and the stop of the service: the record says staging, the flag is off."""
    if server.up and not server.service and server.record.hold is not None:
        yield Event("PERSON had flipped, in the instant before its stop, the flag of", "person", server._replace(staging=not server.staging))


def start_held(server: Server) -> Iterator[Event]:
    """A person sets the start type back and starts the service of a held server."""
    if server.up and not server.service and not server.installer:
        yield Event("PERSON starts the held service of", "person", _started(server)._replace(automatic=True))


def click(server: Server) -> Iterator[Event]:
    """The person who was asked to turn the flag uses the wizard, now or much later; no mistake, so it costs nothing."""
    if server.asked and _wizard_works(server):
        yield Event(f"OPERATOR turns the flag {server.asked} on", FREE, server._replace(staging=server.asked == "on", asked=""))


def auto_upgrade(server: Server) -> Iterator[Event]:
    """Automatic upgrade in the middle: the installer stops the service and starts it again, also where it was disabled (the worst case)."""
    if server.installer:
        yield Event("ends its upgrade:", FREE, _started(server)._replace(installer=False, automatic=True))
    elif server.up and not server.blocked:
        yield Event("upgrades itself:", "upgrade", server._replace(installer=True, service=False, run=""))


def snapshot(server: Server) -> Iterator[Event]:
    """A snapshot of a staging or held machine is taken, and restored later: flag, service, record and serial back."""
    if server.snap is not None:
        staging, service, automatic, blocked, record = server.snap
        back = server._replace(staging=staging, service=service, automatic=automatic, blocked=blocked, record=record, snap=None)
        yield Event("is restored from its snapshot:", FREE, back._replace(run="", wizard=False, up=True, boot=server.boot + 1))
    elif server.up and server.staging:
        kept = (server.staging, server.service, server.automatic, server.blocked, server.record)
        yield Event("has a snapshot taken:", "snapshot", server._replace(snap=kept))


_WITHOUT_A_PERSON = (partition, reboot, export, hashes, auto_upgrade, snapshot)
_BY_A_PERSON = (power, enable, flip, wizard_left_open, flip_at_the_stop, start_held, click)
EVENTS: dict[str, Callable[[Server], Iterator[Event]]] = {each.__name__: each for each in (*_WITHOUT_A_PERSON, *_BY_A_PERSON)}
BUDGETS = ("loss", "crash", "partition", "reboot", "power", "person", "upgrade", "snapshot")


def at_rest(server: Server, stays_away: bool = False) -> list[Server]:
    """The server once faults have stopped; more where an asked person may yet have clicked or not.

    Args:
        stays_away: one that does not answer may also stay as it is for good.
    """
    still = server._replace(up=True, reach=True, run="", wizard=False, snap=None, boot=0)
    if still.installer or (not server.up and still.automatic):
        still = _started(still)._replace(installer=False, automatic=still.automatic or still.installer)
    clicked = [event.after for event in click(still)]
    away = [server._replace(run="", wizard=False, snap=None, boot=0, asked="")] if stays_away and not server.answers else []
    return [still._replace(asked=""), *clicked, *away]


def _wizard_works(server: Server) -> bool:
    return server.up and server.service and not server.blocked and not server.wizard and not server.installer


def _started(server: Server) -> Server:
    hold = server.record.hold
    record = server.record._replace(hold=(hold[0], hold[1], True, hold[3])) if hold is not None else server.record
    return server._replace(service=True, record=record)
