# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of one engine on which one sequence after another is played, each in a new world: a PowerShell takes long to start."""

from __future__ import annotations

import shutil

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession

from tests.lab.fleet import PASSWORD, Fleet, TwinEngine
from tests.lab.model.server import STAGING, ModelServer
from tests.lab.model.world import Tenant
from tests.lab.pwsh.disk import RecordFolder
from tests.unit.lab.client import Connection

from .acts import prepare

NAME = "srv1"
SOME_PROFILE = "2.5.79.0"


class Stage:
    """One server of a fleet, and a session to it.

    Args:
        engine: ``python`` or ``pwsh``.
        installed: whether our module is installed there; else the functions' text is sent.
    """

    def __init__(self, engine: str, installed: bool = True) -> None:
        self.fleet = Fleet({NAME: SOME_PROFILE}, engine=engine, installed=installed)
        if self.fleet._pwsh is not None:
            self.fleet._pwsh._processes.stand_by = False
        prepare(self.fleet.world.servers[NAME])  # its files are laid out when the session opens
        self.fleet.start()
        self.fleet.clock.stop()
        self.session = PsrpSession(NAME, Connection(self.fleet.ports[NAME], PASSWORD, read_timeout=150, operation_timeout=120))

    def fresh(self, profile: str, staging: bool) -> ModelServer:
        """A server that nobody has touched yet, in the place of the one before."""
        world, host = self.fleet.world, self.fleet.hosts[NAME]
        with world.clock.lock:
            before = world.servers[NAME]
            server = ModelServer(NAME, profile, world)
            server.settings[STAGING] = str(staging)
            server.modules, server.modules_changed = before.modules, before.modules_changed
            server.prerequisites.credential = before.prerequisites.credential  # a session has the cmdlets that ADSync had when it was opened
            if isinstance(before.files, RecordFolder):
                shutil.rmtree(before.files.folder, ignore_errors=True)
                server.files, server.stored = before.files, before.stored
            if isinstance(host.engine, TwinEngine):
                host.engine.server = server
            host.recorder.clear()
            world.tenant, world.changes, world.servers[NAME] = Tenant(), [], server
            server.cycles.remember_cycle(seconds_ago=600)
            prepare(server)
            world.look()
        return server

    def defects(self) -> list[str]:
        """Errors of the lab itself since the last new world."""
        return list(self.fleet.hosts[NAME].recorder.notes)

    def close(self) -> None:
        """End it."""
        self.session.close()
        self.fleet.stop()
