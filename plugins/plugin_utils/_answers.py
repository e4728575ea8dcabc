# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every kind of session has in common: which parameters may be sent, and what answers and errors of a server mean.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ._errors import BadValue, CallFailed, FunctionsMissing, Refused, ResultUnknown, SessionError, one_line
from ._values import Unsendable, sendable

REFUSAL_PREFIX = "EntraConnect."
NOT_FOUND = "CommandNotFoundException"
# with blanks, so that no host name, port or path in the text of another error can look like one of them
_LOGIN_WORDS = (
    "failed to authenticate",
    "code: 401",
    "credentials were rejected",
    "logon failure",
    "logon attempt failed",
    "access is denied",
    "password incorrect",
    "preauthentication failed",
)
_CERTIFICATE = re.compile(r"certificate verify failed: (.+?)\.? \(_ssl\.c|(TLS CA certificate bundle, invalid path: \S+)")


def given(server: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that are sent: plain values, without those that are None.

    Raises:
        BadValue: one of them cannot be sent.
    """
    try:
        return {key: sendable(key, value) for key, value in parameters.items() if value is not None}
    except Unsendable as error:
        raise BadValue("bad_value", server, str(error)) from None


def one_object(server: str, function: str, output: list[Any]) -> dict[str, Any]:
    """The flat object that a function gave.

    Raises:
        ResultUnknown: it gave none, several, or something else.
    """
    if len(output) != 1:
        raise ResultUnknown("no_answer", server, f"{function} gave {len(output)} objects where one was expected")
    if not isinstance(output[0], dict):
        raise ResultUnknown("no_answer", server, f"{function} gave a {type(output[0]).__name__} where an object was expected")
    return output[0]


def server_error(server: str, function: str, code: str, message: str) -> SessionError:
    """What an error record of a function means, by its FullyQualifiedErrorId."""
    if code.startswith(REFUSAL_PREFIX):
        word = code[len(REFUSAL_PREFIX) :].split(",")[0]
        return (ResultUnknown if word == "unknown_result" else Refused)(word, server, message)
    if code.split(",")[0] == NOT_FOUND and function in message:
        return FunctionsMissing("functions_missing", server, message)
    return CallFailed("server_error", server, f"{function}: {message}")


def connect_code(error: Exception) -> str:
    """Whether a connection that could not be opened was refused, by whom, or the server was not there."""
    if _CERTIFICATE.search(str(error)):
        return "certificate_refused"
    text = str(error).lower()
    return "login_refused" if any(word in text for word in _LOGIN_WORDS) else "unreachable"


def connect_detail(error: Exception) -> str:
    """The text of such an error; of one about a certificate, what is wrong with it."""
    found = _CERTIFICATE.search(str(error))
    return one_line(found[1] or found[2]) if found else one_line(error)


def lost_code(error: Exception) -> str:
    """What happened to a connection that broke in the middle of a call."""
    return "timed_out" if "timeout" in type(error).__name__.lower() or "timed out" in str(error).lower() else "connection_lost"
