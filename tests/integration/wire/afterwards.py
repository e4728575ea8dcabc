# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be so of a fleet after all its runs, whatever went wrong: safety, by evidence that the product cannot influence or must agree with."""

from __future__ import annotations

from tests.lab.agreement import disagreements
from tests.lab.diary import overlaps
from tests.lab.fleet import Fleet
from tests.model.accept import accepts, of_fleet


def violations(fleet: Fleet) -> list[str]:
    """In words; empty where all is well."""
    with fleet.clock.lock:
        found = [str(each) for each in overlaps(fleet.world.diary)]
        found += disagreements(fleet.world, journal=fleet.engine == "python")
        strayed = accepts(of_fleet(fleet))
    return [*found, strayed] if strayed else found
