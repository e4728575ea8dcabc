# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time spans as the scheduler writes and takes them (adsync.md 1.3), and as people read them.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPAN = re.compile(r"^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}))?$")


@dataclass(frozen=True)
class Interval:
    """A span of time.

    Attributes:
        seconds: its length.
        text: in .NET's constant form, ``d.hh:mm:ss``, days only where there are any.
    """

    seconds: int
    text: str


def parse_interval(text: str) -> Interval:
    """Read ``hh:mm``, ``hh:mm:ss`` or ``d.hh:mm:ss``.

    Raises:
        ValueError: it is none of these; the message says what to write.
    """
    found = _SPAN.match(text.strip())
    if not found:
        raise ValueError(f"'{text}' is no time span; write hh:mm:ss or d.hh:mm:ss, for instance 03:00:00")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        raise ValueError(f"'{text}' is no time span; hours go to 23, minutes and seconds to 59, whole days stand before a dot")
    clock = f"{hours:02d}:{minutes:02d}:{seconds:02d}"
    return Interval(((days * 24 + hours) * 60 + minutes) * 60 + seconds, f"{days}.{clock}" if days else clock)


def clock(seconds: float) -> str:
    """A duration for people: ``45 s``, ``2 min 10 s``, ``1 h 05 min``."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
