# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be so of a fleet after all its runs, whatever went wrong: safety, by evidence that the product cannot influence or must agree with."""

from __future__ import annotations

from tests.lab.diary import overlaps
from tests.lab.fleet import Fleet


def violations(fleet: Fleet) -> list[str]:
    """In words; empty where all is well."""
    with fleet.clock.lock:
        return [str(each) for each in overlaps(fleet.world.diary)]
