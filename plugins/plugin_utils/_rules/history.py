# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who exported when, by the histories of all servers: whether two ever did at once, and how long nobody did (invariant S1, afterwards).

Internal to the collection: no promise of stability between releases.

An overlap is *proved* where proofs of two servers share time. It is *likely* where a server exported before and after another one did and nothing
in between tells that it was not active: then both were, or a person switched twice. Times closer than what the clocks may be off cannot be told
apart, and that is said; it never counts as clean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .history_data import History, Span
from .history_spans import spans_of
from .refusals import Refusal


@dataclass(frozen=True)
class Overlap:
    """Two servers that were active at once, and from when to when; see the module for ``proved``."""

    first: Span
    second: Span
    start: float
    end: float
    proved: bool


@dataclass(frozen=True)
class Gap:
    """A time in which nobody was active. ``after`` and ``before`` are the spans around it, the latter None where it still lasts.

    Attributes:
        shortest: seconds that it lasted at least.
        longest: seconds that it lasted at most.
    """

    after: Span
    before: Span | None
    shortest: float
    longest: float


@dataclass(frozen=True)
class Exporter:
    """Who exported last, as the tenant tells; on the common time line."""

    server: str
    at: float


@dataclass(frozen=True)
class Verdict:
    """What the histories say of the time from ``since`` to ``until``.

    Attributes:
        outcome: ``done`` (no overlap), ``split`` (an overlap), or ``unknown``.
        covered_from: from when on all histories that could be read tell; later than ``since`` where one begins later.
        reaches_back: by server, whether its history reaches back to ``since``.
        close: spans that are too close to be told apart.
        open: spans that may have touched in staging mode that was off without any cycle: no run tells.
    """

    outcome: str
    since: float
    until: float
    covered_from: float
    reaches_back: dict[str, bool]
    spans: list[Span]
    gaps: list[Gap]
    overlaps: list[Overlap]
    close: list[tuple[Span, Span]]
    open: list[tuple[Span, Span]]
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether there was no overlap, as far as all histories tell."""
        return self.outcome == "done"


def judge(histories: Sequence[History], since: float, until: float, unread: Mapping[str, str], exporter: Exporter | None = None) -> Verdict:
    """The verdict on a period.

    Args:
        unread: by server, why its history could not be read.
        exporter: who exported last by the tenant's own word, where that was asked.
    """
    begins = {each.server: each.begins for each in histories}
    reaches = {each.server: each.begins is not None and each.begins <= since for each in histories} | dict.fromkeys(unread, False)
    covered = max([since, *(moment for moment in begins.values() if moment is not None)])
    spans = sorted((span for each in histories for span in spans_of(each) if span.until >= since), key=lambda span: (span.start, span.end))
    overlaps, close, open_ = _pairs(spans)
    refusals = [
        *(Refusal("history_unread", name, {"detail": why}) for name, why in sorted(unread.items())),
        *(Refusal("history_empty", name) for name, moment in sorted(begins.items()) if moment is None),
        *(Refusal("history_untold", "", {"first": one.server, "second": two.server}) for one, two in close),
        *_untrusted(overlaps),
    ]
    found = _told([each for each in overlaps if _trusted(each)])
    if exporter is not None:
        stranger = _stranger(exporter, [*begins, *unread], spans)
        found += [each for each in stranger if each.code == "history_foreign"]
        refusals += [each for each in stranger if each.code != "history_foreign"]
    outcome = "split" if found else "unknown" if refusals else "done"
    gaps = [gap for gap in _gaps(spans, until) if gap.after.until >= covered]  # before that another one may have exported unseen
    return Verdict(outcome, since, until, covered, reaches, spans, gaps, overlaps, close, open_, [*found, *refusals])


def _pairs(spans: Sequence[Span]) -> tuple[list[Overlap], list[tuple[Span, Span]], list[tuple[Span, Span]]]:
    overlaps: list[Overlap] = []
    close: list[tuple[Span, Span]] = []
    open_: list[tuple[Span, Span]] = []
    for one, two in combinations(spans, 2):
        if one.server == two.server:
            continue
        doubt = one.uncertainty + two.uncertainty
        proved = max(_shared(a, b) for a in one.proofs for b in two.proofs)
        likely = _shared((one.start, one.end), (two.start, two.end))
        if max(proved, likely) > doubt:
            overlaps.append(Overlap(one, two, max(one.start, two.start), min(one.end, two.end), proved > doubt))
        elif likely > -doubt:
            close.append((one, two))
        elif _shared(_widest(one), _widest(two)) > 0:
            open_.append((one, two))
    return overlaps, close, open_


def _shared(one: tuple[float, float], two: tuple[float, float]) -> float:
    """By how many seconds one of them had to be moved so that they would not share time any more; below zero the distance between them."""
    return min(one[1] - two[0], two[1] - one[0])


def _widest(span: Span) -> tuple[float, float]:
    begin = span.start if span.began_after is None else span.began_after
    return begin, span.until if span.ended_by is None else span.ended_by


def _trusted(overlap: Overlap) -> bool:
    """A likely overlap counts only where the journal would tell a switch of ours in between."""
    outer = overlap.first if overlap.first.start <= overlap.second.start else overlap.second
    return overlap.proved or outer.journal


def _untrusted(overlaps: Sequence[Overlap]) -> list[Refusal]:
    return [
        Refusal("history_untold", "", {"first": each.first.server, "second": each.second.server, "detail": "a journal cannot be read"})
        for each in overlaps
        if not _trusted(each)
    ]


def _told(overlaps: Sequence[Overlap]) -> list[Refusal]:
    """The proved ones first."""
    pairs = [(each.proved, {"first": each.first.server, "second": each.second.server}) for each in overlaps]
    return [
        *[Refusal("history_overlap", "", pair) for proved, pair in pairs if proved],
        *[Refusal("history_alternates", "", pair) for proved, pair in pairs if not proved],
    ]


def _gaps(spans: Sequence[Span], until: float) -> list[Gap]:
    """Between the end of the last span so far and the start of the next one; and one that still lasts."""
    gaps: list[Gap] = []
    last: Span | None = None
    for span in spans:
        if last is not None and span.start > last.end:
            begin = span.start if span.began_after is None else span.began_after
            shortest = max(0.0, begin - (last.until if last.ended_by is None else last.ended_by))
            gaps.append(Gap(last, span, shortest, max(shortest, span.start - last.until)))
        last = span if last is None or span.end >= last.end else last
    if last is not None and last.ended_by is not None:
        gaps.append(Gap(last, None, max(0.0, until - last.ended_by), max(0.0, until - last.until)))
    return gaps


def _stranger(exporter: Exporter, members: Sequence[str], spans: Sequence[Span]) -> list[Refusal]:
    """The tenant's last exporter must be a server of ours, in a span of its own."""
    if exporter.server not in members:
        return [Refusal("history_foreign", exporter.server)]
    if any(span.server == exporter.server and span.start <= exporter.at + span.uncertainty for span in spans):
        return []
    return [Refusal("history_disagrees", exporter.server)]
