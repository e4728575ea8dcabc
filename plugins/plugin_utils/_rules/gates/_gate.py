# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a gate says of itself, and the table row that is made from it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..refusals import Refusal
from ..situation import Situation

# what fails, what only warns, the evidence in words
Checked = tuple[list[Refusal], list[Refusal], str]
BEFORE, BETWEEN, AFTER, REJOIN = "before", "between", "after", "rejoin"
FIRST = (BEFORE, REJOIN)  # nothing is claimed yet


@dataclass(frozen=True)
class Said:
    """What a refusal code says in one sentence, and the next step; both are templates as in ``codes.yml``."""

    text: str
    next: str


@dataclass(frozen=True)
class Check:
    """One way in which a gate says no.

    Attributes:
        codes: refusal codes that it gives.
        why: the harm that it prevents, one sentence.
        function: the function of the gate's file where it stands.
        judged: the code is worked out there and not written in the ``Refusal``; ``codes`` are then those that a test shows.
        protects: the invariant of the design, where it is another one than the gate's.
    """

    codes: tuple[str, ...]
    why: str
    function: str = "check"
    judged: bool = False
    protects: str = ""


@dataclass(frozen=True)
class Gate:
    """A named check: everything about it, in one place.

    Attributes:
        id: stable name, used in overrides and results; ``G1`` to ``G22`` are those of safety.md 2.2.
        title: what is so where it passes.
        moments: when it runs: ``before`` anything changes, ``between`` demotion and promotion, ``after`` the switch. Before
            a ``rejoin`` only gates of the user's own run.
        reads: what is read, in words.
        verdict: when it fails and when it only warns, in words.
        todo: what a person does where it fails.
        protects: the invariant of the design, ``S1`` to ``S7`` or ``L1``; empty where the gate only tells.
        why: the harm without it, one sentence.
        overridable: whether an operator may accept a fail, with a reason.
        shows: codes by which a test sees that the gate takes effect; the first is enough.
        covered_by: ids of guards each of which alone prevents the same harm.
        thresholds: names of the numbers that it judges by (``thresholds.yml``).
        codes: refusal codes that belong to this gate alone; others stand in ``codes.yml``.
        checks: each way in which its own functions say no.
        judge: ``check`` of its file; filled in by the discovery.
    """

    id: str
    title: str
    moments: tuple[str, ...]
    reads: str
    verdict: str
    todo: str
    protects: str = ""
    why: str = ""
    overridable: bool = True
    shows: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    codes: Mapping[str, Said] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    file: str = ""
    judge: Callable[[Situation], Checked] | None = None
