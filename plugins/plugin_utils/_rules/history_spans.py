# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the runs and the journal of one server to the spans in which it was active, as far as the evidence goes.

Internal to the collection: no promise of stability between releases.

Proved active: from the start of a cycle to the end of its last export, since a cycle takes the staging flag at its start (adsync.md 3.4); a promotion
of ours that is done; a read now. Proved not active: the start of a whole cycle without export; a demotion, hold or quarantine of ours that is done; a
read now. Between two proofs of the same kind nothing tells of a change, so that one is likely and called so. What leaves no run is not seen: a
password-hash cycle, and staging mode that was off for a while in which no cycle began.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .history_cycles import Cycle, cycles_of
from .history_data import ASKED, BLOCKS, DEMOTION, DOWN, HOLD, JITTER, LIFTS, PROMOTION, PROVED_SWITCH, Entry, History, Span

HOUR = 3600.0


@dataclass
class _Mark:
    """A proof: active from ``start`` to ``end``, or not active at ``start``. ``asked`` is when we first asked for a demotion.

    A ``hint`` is when we first asked for a promotion: where the server was not active before, it was not until then.
    """

    active: bool
    start: float
    end: float
    asked: float | None = None
    cycle: bool = False
    hint: bool = False


@dataclass
class _Asked:
    """When a change was first asked for, since the last one that is settled: what was asked again after a lost answer may have come before."""

    first: float | None = None
    unsure: bool = False

    def ask(self, moment: float) -> None:
        """It is asked for."""
        self.unsure = self.first is not None
        self.first = moment if self.first is None else self.first

    def refused(self) -> None:
        """The server said no: nothing came of it, unless an earlier request is open."""
        if not self.unsure:
            self.first = None

    def settled(self) -> float | None:
        """It is done, or out of date; gives when it was first asked for."""
        first, self.first, self.unsure = self.first, None, False
        return first


@dataclass
class _Open:
    """A span that is being put together."""

    began_after: float | None
    marks: list[_Mark] = field(default_factory=list)


def spans_of(history: History) -> list[Span]:
    """The spans of one server, in their order."""
    cycles = cycles_of(history.runs)
    marks = [*_by_journal(history.journal or (), cycles), *_by_cycles(cycles, _blocked(history))]
    if history.active is not None:
        marks.append(_Mark(history.active, history.now, history.now))
    return _joined(history, _in_order(marks))


def switch_begun(done: Sequence[Entry], otherwise: float) -> float:
    """An hour before the last switch that is proved, counted from its demotion or hold; a switch may take hours, by a wizard and for its cycles."""
    proved = max((each.at for each in done if each.function == PROVED_SWITCH), default=None)
    if proved is None:
        return otherwise
    before = [each for each in done if each.at <= proved]
    lasts = [max((each.at for each in before if each.function == function), default=proved) for function in (DEMOTION, HOLD)]
    return min([proved, *lasts]) - HOUR


def _blocked(history: History) -> list[tuple[float, float]]:
    """Times in which a quarantine of ours stood: nothing left, whatever was tried."""
    found: list[tuple[float, float]] = []
    since: float | None = None
    for entry in history.journal or ():
        if entry.what == "done" and entry.function in BLOCKS and since is None:
            since = entry.at
        elif entry.what == "done" and entry.function == LIFTS and since is not None:
            found.append((since, entry.at))
            since = None
    return found if since is None else [*found, (since, history.now)]


def _by_cycles(cycles: Iterable[Cycle], blocked: Sequence[tuple[float, float]]) -> list[_Mark]:
    marks = []
    for cycle in cycles:
        exports = [run for run in cycle.exports if run.sent or not _within(run.start, blocked)]
        if exports:
            marks.append(_Mark(True, cycle.start, max(run.end for run in exports), cycle=True))
        elif cycle.left_exports_out:
            marks.append(_Mark(False, cycle.start, cycle.start))
    return marks


def _within(moment: float, times: Sequence[tuple[float, float]]) -> bool:
    return any(start <= moment <= end for start, end in times)


def _by_journal(journal: Sequence[Entry], cycles: Sequence[Cycle]) -> list[_Mark]:
    """Proofs by what we did ourselves."""
    marks: list[_Mark] = []
    demotion, promotion = _Asked(), _Asked()
    for entry in journal:
        asked = {DEMOTION: demotion, PROMOTION: promotion}.get(entry.function)
        if asked is not None and entry.what == "intent":
            asked.ask(entry.at)
        elif asked is not None and entry.what == "refused":
            asked.refused()
        elif entry.what == "done" and entry.function == ASKED:
            promotion.ask(entry.at)  # of the operator, whose click may come at any time from here
        elif entry.what == "done" and entry.function == PROMOTION:
            marks += [*_hint(promotion), _Mark(True, entry.at, entry.at)]
            demotion.settled()
        elif entry.what == "done" and entry.function in DOWN | {DEMOTION}:
            # a cycle that has begun goes on to its exports although the flag has changed (adsync.md 3.4); a stopped service ends it
            end = _end_of_running(cycles, entry.at) if entry.function == DEMOTION else entry.at
            first = demotion.settled()
            marks += [*_hint(promotion), _Mark(False, end, end, asked=end if end > entry.at else first)]
    return [*marks, *_hint(promotion)]


def _hint(promotion: _Asked) -> list[_Mark]:
    first = promotion.settled()
    return [] if first is None else [_Mark(False, first, first, hint=True)]


def _end_of_running(cycles: Sequence[Cycle], moment: float) -> float:
    return next((cycle.end for cycle in cycles if cycle.start + JITTER < moment < cycle.end), moment)


def _in_order(marks: Sequence[_Mark]) -> list[_Mark]:
    """By time; a proof of not being active never stands inside a cycle that exports: it counts from the end of that."""
    cycles = [mark for mark in marks if mark.cycle]
    placed = []
    for mark in marks:
        inside = None if mark.active or mark.hint else next((each for each in cycles if each.start + JITTER < mark.start < each.end), None)
        placed.append(replace(mark, start=inside.end, end=inside.end, asked=inside.end) if inside else mark)
    # at one instant the journal's own order counts, and a cycle began after what we did
    return sorted(placed, key=lambda mark: mark.start + JITTER if mark.cycle else mark.start)


def _joined(history: History, marks: Sequence[_Mark]) -> list[Span]:
    spans: list[Span] = []
    off: float | None = None
    hinted = False
    current: _Open | None = None
    for mark in marks:
        if mark.hint:
            if current is None and not hinted:
                off, hinted = mark.start, True
        elif mark.active:
            current = current or _Open(off)
            current.marks.append(mark)
        else:
            if current is not None:
                spans.append(_closed(history, current, mark))
                current = None
            off, hinted = mark.start, False
    if current is not None:
        spans.append(_closed(history, current, None))
    return spans


def _closed(history: History, found: _Open, off: _Mark | None) -> Span:
    end = max(mark.end for mark in found.marks)
    asked = off.asked if off is not None else None
    return Span(
        server=history.server,
        began_after=found.began_after,
        start=found.marks[0].start,
        end=end,
        until=max(end, asked) if asked is not None else end,
        ended_by=max(end, off.start) if off is not None else None,
        proofs=tuple((mark.start, mark.end) for mark in found.marks),
        exported=sum(mark.cycle for mark in found.marks),
        uncertainty=history.uncertainty,
        journal=history.journal is not None,
    )
