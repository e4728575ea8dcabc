# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small threaded HTTP/1.1 server on loopback (psrp-lab.md 2.2).

One thread per connection, because authentication belongs to the connection, a long poll is a plain wait, and a fault may do with
the socket what it likes.
"""

from __future__ import annotations

import base64
import binascii
import itertools
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error", 503: "Service Unavailable"}
_LINE = 65537


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
    """One answer.

    Attributes:
        cut: that many bytes at its end are not sent, and the connection is closed.
        close: the connection is closed behind it, unannounced.
    """

    status: int
    body: bytes = b""
    headers: tuple[str, ...] = ()
    cut: int = 0
    close: bool = False

    def encode(self) -> bytes:
        """As bytes for the wire."""
        reason = REASONS.get(self.status, "Status")
        lines = [f"HTTP/1.1 {self.status} {reason}", "Server: Microsoft-HTTPAPI/2.0", f"Content-Length: {len(self.body)}", *self.headers]
        raw = "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body
        return raw[: len(raw) - self.cut]


class Login(Protocol):
    """Who the client of one connection is. One object per connection: NTLM keeps its state and its keys there."""

    user: str

    def check(self, request: HttpRequest) -> HttpResponse | None:
        """None when the request may go on, else the answer that refuses it or goes on with the negotiation."""

    def unseal(self, request: HttpRequest) -> bytes:
        """The envelope in a request. Raises ValueError when it was not sealed with this connection's keys."""

    def seal(self, response: HttpResponse) -> HttpResponse:
        """An answer as it goes on the wire."""


class BasicLogin:
    """User name and password in every request, nothing sealed.

    Args:
        users: passwords by user name.
    """

    def __init__(self, users: Mapping[str, str]) -> None:
        self.user = ""
        self._users = users

    def check(self, request: HttpRequest) -> HttpResponse | None:
        """See `Login.check`."""
        scheme, _space, token = request.headers.get("authorization", "").partition(" ")
        try:
            user, _colon, password = base64.b64decode(token, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return CHALLENGE
        if scheme.lower() != "basic" or self._users.get(user) != password:
            return CHALLENGE
        self.user = user
        return None

    def unseal(self, request: HttpRequest) -> bytes:
        """The body as it is."""
        return request.body

    def seal(self, response: HttpResponse) -> HttpResponse:
        """The answer as it is."""
        return response


CHALLENGE = HttpResponse(401, b"", ('WWW-Authenticate: Basic realm="WSMAN"',))
Answer = Callable[[HttpRequest, Login], HttpResponse]


class Listener:
    """Listens on one loopback port until `stop`.

    Args:
        answer: gives the answer to each request, in the connection's thread; may raise `Abort`.
        login: makes the `Login` of a new connection.
        port: 0 for any free one.
        tls: the server's certificate and key, for HTTPS.
    """

    def __init__(self, answer: Answer, login: Callable[[], Login], port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self._answer, self._login, self._tls = answer, login, tls
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._open: dict[int, tuple[socket.socket, int]] = {}
        self._stopped = False
        self._socket = socket.create_server(("127.0.0.1", port), backlog=256)
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True, name=f"lab-{self.port}")
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and end all connections."""
        self._stopped = True
        with suppress(OSError):  # closing a socket wakes no accept(), a visitor does
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._thread.join(2)
        self._socket.close()
        self.drop_connections()

    def drop_connections(self) -> None:
        """End all connections but the one that the caller answers."""
        with self._lock:
            others = [peer for peer, thread in self._open.values() if thread != threading.get_ident()]
        for peer in others:
            with suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                peer, _address = self._socket.accept()
            except OSError:
                return
            if self._stopped:
                peer.close()
                return
            threading.Thread(target=self._serve, args=(peer, next(self._numbers)), daemon=True).start()

    def _serve(self, peer: socket.socket, number: int) -> None:
        try:
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                peer.settimeout(10)
                peer = self._tls.wrap_socket(peer, server_side=True)
                peer.settimeout(None)
            with self._lock:
                self._open[number] = (peer, threading.get_ident())
            with peer, peer.makefile("rb") as stream:
                self._talk(peer, stream, number)
        except (OSError, ValueError):  # a client that went away, or speaks no HTTP, is no error of the lab
            peer.close()
        finally:
            with self._lock:
                self._open.pop(number, None)

    def _talk(self, peer: socket.socket, stream: BinaryIO, number: int) -> None:
        login = self._login()
        try:
            while (request := _read(stream, number)) is not None:
                response = self._answer(request, login)
                last = bool(response.cut or response.close or request.headers.get("connection", "").lower() == "close")
                if last and hasattr(socket, "TCP_CORK"):  # else a quick client could ask again before it sees the end, and lose that request
                    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
                peer.sendall(response.encode())
                if last:
                    return
        except Abort as abort:
            if abort.reset:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut_in_half(response: HttpResponse) -> HttpResponse:
    """The same answer, but half of its body never comes."""
    return replace(response, cut=max(1, len(response.body) // 2))


def _read(stream: BinaryIO, number: int) -> HttpRequest | None:
    line = stream.readline(_LINE)
    if not line:
        return None
    method, path, _version = line.decode("latin-1").split()
    size = len(line)
    headers: dict[str, str] = {}
    while (raw := stream.readline(_LINE)) not in (b"\r\n", b"\n", b""):
        size += len(raw)
        name, _colon, value = raw.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    body = stream.read(length)
    if len(body) != length:
        raise ValueError("the client went away within its request")
    return HttpRequest(method, path, headers, body, number, size + 2 + length)
