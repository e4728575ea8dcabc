# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diary of the model: who exported when. Written by the model alone; from it alone safety (S1) is decided."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Interval:
    """A server exported from ``start`` until ``end`` (None: still does), for this reason."""

    server: str
    start: float
    end: float | None
    reason: str


@dataclass(frozen=True)
class Overlap:
    """Two servers exported at the same time."""

    first: str
    second: str
    start: float
    end: float | None

    def __str__(self) -> str:
        length = "still going on" if self.end is None else f"for {self.end - self.start:.1f} s"
        return f"{self.first} and {self.second} exported at the same time, {length}"


@dataclass
class Diary:
    """Exporting intervals of all servers, in the order they began."""

    intervals: list[Interval] = field(default_factory=list)

    def note(self, server: str, exporting: bool, reason: str, moment: float) -> None:
        """Note what a server does from this moment on; nothing happens where that is no change."""
        current = next((each for each in reversed(self.intervals) if each.server == server and each.end is None), None)
        if exporting and current is None:
            self.intervals.append(Interval(server, moment, None, reason))
        elif not exporting and current is not None:
            current.end = moment


def overlaps(diary: Diary) -> list[Overlap]:
    """Every pair of intervals of two servers that share more than an instant; touching ones do not overlap."""
    found = []
    for index, one in enumerate(diary.intervals):
        for two in diary.intervals[index + 1 :]:
            if one.server == two.server:
                continue
            start = max(one.start, two.start)
            ends = [each.end for each in (one, two) if each.end is not None]
            end = min(ends) if ends else None
            if end is None or end > start:
                found.append(Overlap(one.server, two.server, start, end))
    return found


def zero_active(diary: Diary, start: float, end: float) -> float:
    """Seconds between two moments in which nobody exported."""
    covered, position = 0.0, start
    for each in sorted(diary.intervals, key=lambda interval: interval.start):
        begin, stop = max(each.start, position), min(end, each.end if each.end is not None else end)
        if stop > begin:
            covered += stop - begin
            position = stop
    return (end - start) - covered


def render(diary: Diary, origin: float) -> list[str]:
    """The diary as lines of text, times in seconds since ``origin``."""
    return [
        f"{each.server}: {each.start - origin:9.1f} s to {'now' if each.end is None else f'{each.end - origin:9.1f} s'}  {each.reason}"
        for each in diary.intervals
    ]
