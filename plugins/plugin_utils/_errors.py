# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between the controller and a server, as one family of exceptions.

Internal to the collection: no promise of stability between releases.

Every error carries a *code*; the sentence a user reads and the next step come from the table in ``_rules/codes``.
Three outcomes are kept apart (design, invariant S4): a *refusal* changed nothing, a *failure* is known not to have
worked, and *unknown* may or may not have taken effect.
"""

from __future__ import annotations


class SessionError(Exception):
    """A call that gave no answer.

    Attributes:
        code: stable id of what happened, a key of the table of codes.
        server: inventory name of the server that was asked.
        detail: the original text, one line, without secrets.
        unknown: True where the request may have taken effect on the server.
    """

    unknown = False

    def __init__(self, code: str, server: str, detail: str = "") -> None:
        self.code, self.server, self.detail = code, server, one_line(detail)
        super().__init__(f"{server}: {self.reason}")

    @property
    def reason(self) -> str:
        """Code and original text, where the server is named elsewhere."""
        return f"{self.code}: {self.detail}" if self.detail else self.code


class ConnectError(SessionError):
    """The session could not be opened: nothing was asked. Codes ``unreachable``, ``login_refused``, ``certificate_refused``."""


class FunctionsMissing(SessionError):
    """Our functions cannot run there. Codes ``functions_missing``, ``constrained_language``, ``module_version``."""


class Refused(SessionError):
    """A guard on the server said no before anything changed; ``detail`` is the server's own sentence."""


class CallFailed(SessionError):
    """The function ended with an error that is no guard of ours (code ``server_error``)."""


class ResultUnknown(SessionError):
    """The connection was lost or the time ran out in the middle of a call. Code ``timed_out`` or ``connection_lost``."""

    unknown = True


class BadValue(SessionError):
    """A value that cannot be sent, found before anything was sent. Code ``bad_value``."""


def one_line(text: object, limit: int = 400) -> str:
    """The text as one line of at most ``limit`` characters, so that a .NET stack trace does not flood a task's message."""
    flat = " ".join(str(text).split())
    return flat if len(flat) <= limit else flat[: limit - 3] + "..."
