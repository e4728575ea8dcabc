# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A verdict on the histories as plain return values, and as lines for people.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from .history import Gap, Overlap, Verdict
from .history_data import Span
from .intervals import clock

EXACT = 10.0  # seconds that our own call may take; a gap that is known to within this is told as one number, the longest


def at(moment: float) -> str:
    """A moment as UTC text, ISO 8601, to the second."""
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def span_values(span: Span) -> dict[str, Any]:
    """A span as documented; an unknown edge is empty."""
    return {
        "server": span.server,
        "began_after": "" if span.began_after is None else at(span.began_after),
        "start": at(span.start),
        "end": at(span.end),
        "ended_by": "" if span.ended_by is None else at(span.ended_by),
        "exporting_cycles": span.exported,
    }


def gap_values(gap: Gap) -> dict[str, Any]:
    """A gap as documented."""
    return {
        "after": gap.after.server,
        "before": gap.before.server if gap.before else "",
        "shortest": round(gap.shortest, 1),
        "longest": round(gap.longest, 1),
        "text": gap_text(gap),
    }


def overlap_values(overlap: Overlap) -> dict[str, Any]:
    """An overlap as documented, with the spans of both servers."""
    return {
        "start": at(overlap.start),
        "end": at(overlap.end),
        "seconds": round(overlap.end - overlap.start, 1),
        "proved": overlap.proved,
        "spans": [span_values(overlap.first), span_values(overlap.second)],
    }


def gap_text(gap: Gap) -> str:
    """How long nobody exported, as exactly as it is known."""
    verb = "exported" if gap.before else "has been exporting"
    if gap.longest - gap.shortest <= EXACT + gap.after.uncertainty + (gap.before.uncertainty if gap.before else 0.0):
        return f"nobody {verb} for {clock(round(gap.longest))}"
    if gap.shortest < 1:
        return f"nobody {verb} for at most {clock(round(gap.longest))}"
    return f"nobody {verb} for at least {clock(round(gap.shortest))} and at most {clock(round(gap.longest))}"


def headline(verdict: Verdict) -> str:
    """The verdict in one line."""
    if verdict.overlaps:
        return "overlap: " + "; ".join(_overlap_text(each) for each in verdict.overlaps)
    gaps = "; ".join(gap_text(gap) for gap in verdict.gaps)
    alone = sorted({span.server for span in verdict.spans})
    rest = gaps or (f"only {', '.join(alone)} exported" if alone else "nobody exported")
    return f"{'no overlap' if verdict.ok else 'not known whether there was an overlap'}; {rest}"


def _overlap_text(overlap: Overlap) -> str:
    names = f"{overlap.first.server} and {overlap.second.server}"
    length = clock(max(1, round(overlap.end - overlap.start)))
    how = "were both active" if overlap.proved else "exported by turns, with no switch of ours in between,"
    return f"{names} {how} from {at(overlap.start)} for {length}"


def lines(verdict: Verdict, last_exporter: str) -> list[str]:
    """The whole verdict for people: what it says, of which time, who exported when, and what it does not know."""
    width = max([len("server"), *(len(span.server) for span in verdict.spans)])
    told = [headline(verdict), f"from {at(verdict.covered_from)} to {at(verdict.until)}, by the run histories"]
    if verdict.covered_from > verdict.since:
        late = [name for name, reaches in sorted(verdict.reaches_back.items()) if not reaches]
        told.append(f"not back to {at(verdict.since)}: the history of {', '.join(late)} begins later")
    told += [_span_line(span, width) for span in verdict.spans]
    for one, two in verdict.open:
        told.append(f"whether {one.server} and {two.server} both had staging mode off without exporting, no run tells")
    told.append(f"last exporter by the tenant: {last_exporter or 'not checked'}")
    told.append("a password-hash cycle, and staging mode that was off while no cycle began, leave no run")
    return told


def _span_line(span: Span, width: int) -> str:
    cycles = f"{span.exported} cycle{'' if span.exported == 1 else 's'} with exports"
    end = "" if span.ended_by is None else f", not active by {at(span.ended_by)}"
    start = "" if span.began_after is None else f", not active until {at(span.began_after)}"
    return f"{span.server:<{width}}  {at(span.start)} to {at(span.end)}, {cycles}{start}{end}"
