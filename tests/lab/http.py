# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small threaded HTTP/1.1 server: one thread per connection, because authentication belongs to the connection and a long poll is a plain wait."""

from __future__ import annotations

import itertools
import socket
import socketserver
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error", 503: "Service Unavailable"}


class Abort(Exception):
    """Close the connection now, without an answer; ``reset`` as a broken network would."""

    def __init__(self, reset: bool = False) -> None:
        self.reset = reset
        super().__init__("connection closed")


@dataclass(frozen=True)
class HttpRequest:
    """One request as it came in; header names are lower case, ``size`` counts every byte."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    size: int


@dataclass(frozen=True)
class HttpResponse:
    """One answer."""

    status: int
    body: bytes = b""
    headers: tuple[str, ...] = field(default=())

    def encode(self) -> bytes:
        """As bytes for the wire."""
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Status')}", "Server: Microsoft-HTTPAPI/2.0", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, *self.headers]).encode() + b"\r\n\r\n" + self.body


Answer = Callable[[HttpRequest], HttpResponse]


class Listener(socketserver.ThreadingTCPServer):
    """Listens on one loopback port until `stop`."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False  # else closing would wait for every idle keep-alive connection
    request_queue_size = 128

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.answer = answer
        self.connections = itertools.count(1)
        super().__init__(("127.0.0.1", port), _Connection)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self) -> int:
        """The port, also where 0 was asked for."""
        return int(self.server_address[1])

    def stop(self) -> None:
        """Stop listening; open connections end with their client."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error of the lab."""


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Listener

    def handle(self) -> None:
        number = next(self.server.connections)
        try:
            while (request := self._read(number)) is not None:
                self.wfile.write(self.server.answer(request).encode())
                self.wfile.flush()
        except Abort as abort:
            if abort.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        except (OSError, ValueError):
            pass

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            pass

    def _read(self, number: int) -> HttpRequest | None:
        line = self.rfile.readline(65537)
        if not line:
            return None
        method, path, _version = line.decode("latin-1").split()
        size, headers = len(line), {}
        while (raw := self.rfile.readline(65537)) not in (b"\r\n", b"\n", b""):
            size += len(raw)
            name, _colon, value = raw.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        return HttpRequest(method, path, headers, body, number, size + 2 + len(body))
