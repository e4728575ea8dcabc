# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of one server's past, on the common time line, and what is made of it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .history_cycles import Run

DEMOTION, PROMOTION, ASKED = "Enable-EntraSyncStaging", "Disable-EntraSyncStaging", "Register-EntraSyncPromotion"
BLOCKS, LIFTS = frozenset({"Start-EntraSyncRelease", "Enter-EntraSyncQuarantine"}), "Complete-EntraSyncRelease"
HOLD = "Enter-EntraSyncHold"
DOWN = frozenset({HOLD, LIFTS, *BLOCKS})
PROVED_SWITCH = "Set-EntraSyncSerial"
JITTER = 0.01  # seconds; the run history's database keeps times to 1/300 s, the journal to a microsecond
ROLE_CHANGES = sorted({DEMOTION, PROMOTION, ASKED, PROVED_SWITCH, *DOWN})


@dataclass(frozen=True)
class Entry:
    """One line of a server's journal, on the common time line; ``what`` is ``intent``, ``done``, ``refused`` or ``unknown``."""

    at: float
    function: str
    what: str


@dataclass(frozen=True)
class History:
    """What one server gave, on the common time line, in seconds.

    Attributes:
        now: the time of the read.
        uncertainty: how far its clock may be off that line: half the round trip of the read that told it.
        runs: its runs, by their start.
        journal: its role changes by us, in their order; None where the journal cannot be read.
        active: whether it is active now; None where that is not known.
        whole: whether the history was read from its first run.
    """

    server: str
    now: float
    uncertainty: float
    runs: Sequence[Run]
    journal: Sequence[Entry] | None
    active: bool | None = None
    whole: bool = True

    @property
    def begins(self) -> float | None:
        """When the history begins; None where it has no run."""
        return self.runs[0].start if self.runs else None


@dataclass(frozen=True)
class Span:
    """A time in which one server was active.

    Attributes:
        began_after: the last proof before it that it was not; None where the evidence begins with this span.
        start: the first proof in it.
        end: the last proof in it.
        until: the end as it is likely: where we demoted it, when we asked for that.
        ended_by: the first proof after it that it was not active any more; None where it is active now, or nothing tells.
        proofs: the proved times in it; between them it is likely.
        exported: how many cycles with exports are in it.
    """

    server: str
    began_after: float | None
    start: float
    end: float
    until: float
    ended_by: float | None
    proofs: tuple[tuple[float, float], ...]
    exported: int
    uncertainty: float
    journal: bool
