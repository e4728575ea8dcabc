# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cmdlet that opens a sign-in which nobody can answer: it hangs until its time limit, and may land later all the same."""

from __future__ import annotations

from collections.abc import Callable

from ..model.errors import Refused
from ..model.server import ModelServer


def wanted(server: ModelServer, wants: bool, limit: int, landing: Callable[[], None]) -> None:
    """Raises `Refused` where a sign-in is wanted. The time limit is not waited for: a lab that sleeps tests nothing more."""
    if not wants:
        return
    if server.sign_in_lands_late is not None:
        server.world.clock.after(server.sign_in_lands_late, landing)
    raise Refused("sign_in_wanted", f"an interactive sign-in was opened and ended after {limit} s")
