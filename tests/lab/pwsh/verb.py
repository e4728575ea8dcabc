# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a stub cmdlet asks: a function on the model of a server, and the error that the cmdlet writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.server import ModelServer


class CmdletError(Exception):
    """The cmdlet writes this error."""


Verb = Callable[[ModelServer, dict[str, Any]], Any]


def running(verb: Verb) -> Verb:
    """A cmdlet that fails while the service is stopped."""

    def asked(server: ModelServer, given: dict[str, Any]) -> Any:
        if server.service != "Running":
            raise CmdletError("Synchronization Service is not running.")
        return verb(server, given)

    return asked
