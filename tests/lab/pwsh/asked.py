# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The local socket where the stub cmdlets ask the model: one JSON line in, one out."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Mapping

from ..model.world import World
from .cmdlets import answer
from .verb import CmdletError, Verb


class ModelSocket(socketserver.ThreadingTCPServer):
    """Answers until it is stopped.

    Args:
        world: the model.
        more: further verbs, which are not run under the model's lock.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, world: World, more: Mapping[str, Verb] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.world, self.more = world, dict(more or {})
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, daemon=True, name="lab-model").start()

    def stop(self) -> None:
        """Stop answering."""
        self.shutdown()
        self.server_close()


class _Asked(socketserver.StreamRequestHandler):
    server: ModelSocket

    def handle(self) -> None:
        """Answer one stub cmdlet."""
        asked = json.loads(self.rfile.readline())
        try:
            server, verb, given = self.server.world.servers[asked["server"]], asked["verb"], asked["given"]
            more = self.server.more.get(verb)
            told = {"error": "", "value": more(server, given) if more else answer(server, verb, given)}
        except CmdletError as error:
            told = {"error": str(error), "value": None}
        self.wfile.write(json.dumps(told).encode() + b"\n")
