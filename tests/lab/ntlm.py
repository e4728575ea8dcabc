# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log on by Negotiate or NTLM, and seal what is said afterwards (psrp-lab.md 4.2; MS-WSMV 2.2.9.1).

The messages of NTLM are checked by pyspnego's acceptor; the accounts are the lab's own.
"""

from __future__ import annotations

import base64
import os
import re
import struct
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import spnego
from spnego.channel_bindings import GssChannelBindings

from .http import HttpRequest, HttpResponse

USER_FILE = "NTLM_USER_FILE"  # the environment variable that names pyspnego's accounts
SCHEMES = ("Negotiate", "NTLM")
SEALED = "multipart/encrypted"
_SEALED_TYPE = f'Content-Type: {SEALED};protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'
_HEAD = (
    "--Encrypted Boundary\r\n"
    "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
    "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length={length}\r\n"
    "--Encrypted Boundary\r\n"
    "\tContent-Type: application/octet-stream\r\n"
)
_TAIL = b"--Encrypted Boundary--\r\n"
_PARTS = re.compile(re.escape(_HEAD.encode()).replace(rb"\{length\}", rb"(\d+)") + rb"(.*)" + re.escape(_TAIL), re.S | re.I)
_environment = threading.Lock()


class NtlmLogin:
    """One connection's logon by NTLM, wrapped in SPNEGO (pypsrp) or not (pywinrm).

    Over plain HTTP a body must be sealed, as Windows wants it by default (AllowUnencrypted is false). Over HTTPS it may be.

    Args:
        users: passwords by user name; no colon in either, since the file of accounts has none.
        binding: hash of the server's certificate where the connection is TLS. A client that binds to another certificate or to none is
            refused, as Windows does with CbtHardeningLevel Strict.
        schemes: names that a refusal offers, a header each.

    Attributes:
        user: the account, empty until the logon is complete.
    """

    def __init__(self, users: Mapping[str, str], binding: bytes | None = None, schemes: tuple[str, ...] = SCHEMES) -> None:
        self.user = ""
        self._users, self._binding, self._schemes = users, binding, schemes
        self._context: Any = None
        self._sealed = False
        self._token: tuple[str, ...] = ()  # the last token of a logon travels with the first answer

    def check(self, request: HttpRequest) -> HttpResponse | None:
        """None once the connection is logged on; else the next token, or a refusal that offers the schemes."""
        scheme, _space, token = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            return None if self.user else self._refusal()
        known = next((name for name in self._schemes if name.lower() == scheme.lower()), None)
        if known is None:
            return self._refusal()
        try:
            if not token:
                raise ValueError("no token")
            answer = self._step(base64.b64decode(token, validate=True))
        except Exception:  # noqa: BLE001 - the token is the client's, whatever is wrong with it keeps it out
            self._context, self.user = None, ""
            return self._refusal()
        self._token = (f"WWW-Authenticate: {known} {base64.b64encode(answer).decode()}",) if answer else ()
        if not self._context.complete:
            headers, self._token = self._token, ()
            return HttpResponse(401, b"", headers)
        self.user = str(self._context.client_principal)
        return None

    def unseal(self, request: HttpRequest) -> bytes:
        """The envelope in a request.

        Raises:
            ValueError: it was sealed with other keys, was changed on its way, or is not sealed although there is no TLS.
        """
        self._sealed = request.headers.get("content-type", "").lower().startswith(SEALED)
        if not self._sealed:
            if self._binding is None:
                raise ValueError("unencrypted traffic is off")
            return request.body
        parts = _PARTS.fullmatch(request.body)
        if parts is None or len(parts[2]) < 4:
            raise ValueError("no sealed message")
        size = struct.unpack("<I", parts[2][:4])[0]
        try:
            plain = bytes(self._context.unwrap_winrm(parts[2][4 : 4 + size], parts[2][4 + size :]))
        except Exception as error:  # noqa: BLE001 - pyspnego has many errors for a message that is not genuine
            raise ValueError(f"the seal is broken: {error}") from None
        if len(plain) != int(parts[1]):
            raise ValueError("the sealed message has another length than it says")
        return plain

    def seal(self, response: HttpResponse) -> HttpResponse:
        """The answer, sealed where the request was; a 401 offers this login's schemes."""
        if response.status == 401:
            return replace(response, headers=self._refusal().headers)
        headers, self._token = (*response.headers, *self._token), ()
        if not response.body or not self._sealed:
            return replace(response, headers=headers)
        signature, data, padding = self._context.wrap_winrm(response.body)
        head = _HEAD.format(length=len(response.body) + padding).encode()
        body = head + struct.pack("<I", len(signature)) + signature + data + _TAIL
        kept = tuple(each for each in headers if not each.lower().startswith("content-type:"))
        return replace(response, body=body, headers=(_SEALED_TYPE, *kept))

    def _refusal(self) -> HttpResponse:
        return HttpResponse(401, b"", tuple(f"WWW-Authenticate: {name}" for name in self._schemes))

    def _step(self, token: bytes) -> bytes:
        with _accounts(self._users):
            if self._context is None or self._context.complete:
                self.user = ""
                bound = None if self._binding is None else GssChannelBindings(application_data=b"tls-server-end-point:" + self._binding)
                self._context = spnego.server(channel_bindings=bound, protocol="negotiate", options=spnego.NegotiateOptions.use_negotiate)
            return self._context.step(token) or b""


@contextmanager
def _accounts(users: Mapping[str, str]) -> Iterator[None]:
    """Accounts for pyspnego while one step is taken: it finds them by an environment variable, which the whole process shares."""
    lines = [f":{user}:{password}" for user, password in users.items()]
    if any(line.count(":") != 2 or "\n" in line for line in lines):
        raise ValueError("a name or a password has a colon or a line's end in it")
    with _environment, tempfile.TemporaryDirectory(prefix="lab-accounts-") as folder:  # readable by its owner only
        path = Path(folder, "users")
        path.write_text("\n".join(lines), encoding="utf-8")
        before = os.environ.get(USER_FILE)
        os.environ[USER_FILE] = str(path)
        try:
            yield
        finally:
            del os.environ[USER_FILE]
            if before is not None:
                os.environ[USER_FILE] = before
