# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cmdlet that opens a sign-in which nobody can answer: it hangs until its time limit, and may land later all the same."""

from __future__ import annotations

from collections.abc import Callable

from ..model.errors import Refused
from ..model.server import ModelServer


def settings_way(server: ModelServer) -> bool:
    """Whether the global settings want a credential: from 2.5.3.0 on with password writeback on (adsync.md 3.3)."""
    return server.password_writeback and at_least(server, 2, 5, 3)


def at_least(server: ModelServer, *version: int) -> bool:
    """Whether the engine is of this version or newer."""
    return [int(part) for part in server.engine_version.split(".")] >= list(version)


def wanted(server: ModelServer, wants: bool, limit: int, landing: Callable[[], None]) -> None:
    """Raises `Refused` where a sign-in is wanted. The time limit is not waited for: a lab that sleeps tests nothing more."""
    if not wants:
        return
    if server.sign_in_lands_late is not None:
        server.world.clock.after(server.sign_in_lands_late, landing)
    raise Refused("sign_in_wanted", f"an interactive sign-in was opened and ended after {limit} s")
