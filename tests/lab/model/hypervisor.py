# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated hypervisor: snapshots of the machines, and what each server was when its snapshot was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clock import iso

if TYPE_CHECKING:
    from .world import World


class Hypervisor:
    """Takes and brings back snapshots, as a user's own tasks ask for.

    Attributes:
        log: every request: ``action``, ``server``, ``down`` (whether its service was stopped and disabled), ``engine`` version.
        fails: error text for every request, as of a hypervisor that is not there; empty for none.
        gone: snapshots are taken, but nothing is said of them.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.log: list[dict[str, Any]] = []
        self.fails = ""
        self.gone = False
        self._kept: dict[str, dict[str, Any]] = {}

    def ask(self, given: dict[str, str]) -> dict[str, Any]:
        """Do ``action`` (``snapshot`` or ``restore``) with ``server``.

        Raises:
            ValueError: it fails, or there is no such snapshot.
        """
        with self.world.clock.lock:
            server, action = self.world.servers[given["server"]], given["action"]
            down = server.service == "Stopped" and server.start_type == "Disabled"
            self.log.append({"action": action, "server": server.name, "down": down, "engine": server.engine_version})
            if self.fails:
                raise ValueError(self.fails)
            if action == "snapshot":
                self._kept[server.name] = server.state()
                return {} if self.gone else {"id": f"snapshot-{len(self.log)}", "time": iso(self.world.clock.now)}
            if server.name not in self._kept:
                raise ValueError(f"there is no snapshot of {server.name}")
            server.restore(self._kept[server.name])
            return {"id": "", "time": iso(self.world.clock.now)}
