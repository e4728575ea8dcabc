# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a sequence that disagrees shorter."""

from __future__ import annotations

from collections.abc import Callable

from .generate import Step

TRIES = 30


def shrink(steps: list[Step], disagrees: Callable[[list[Step]], bool], tries: int = TRIES) -> list[Step]:
    """Drop steps while it still disagrees, larger pieces first; the first step, which makes the world, stays."""
    size = max(1, (len(steps) - 1) // 2)
    while size and tries:
        at = 1
        while at < len(steps) and tries:
            shorter = steps[:at] + steps[at + size :]
            tries -= 1
            if len(shorter) > 1 and disagrees(shorter):
                steps = shorter
            else:
                at += size
        size //= 2
    return steps
