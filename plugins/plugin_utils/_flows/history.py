# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the run history and the journal of every server onto one time line, the controller's, and give the verdict.

Internal to the collection: no promise of stability between releases.

Each answer tells the server's own time; half the round trip of the quickest one is how far its clock may be off the time line.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._errors import SessionError
from .._rules.history import Exporter, Verdict, judge
from .._rules.history_cycles import moment, runs_of
from .._rules.history_data import ROLE_CHANGES, Entry, History
from .._rules.history_spans import switch_begun
from .._rules.history_text import at, gap_values, lines, overlap_values, span_values
from .._rules.quiet import idle
from .._rules.reads import ServerRead
from .._rules.roles import role_of
from .._rules.runs import RunStep
from .flow import Flow, Stop

HOUR = 3600.0
DAY = 24 * HOUR
PAGES = (100, 400, 1600, 6400)  # runs; seven days of half-hourly cycles of three connectors are about 3000 (adsync.md 2.6)
LINES = 2000


@dataclass
class _Clock:
    """What is known of a server's clock: seconds to add to its times, and how far that may be wrong."""

    shift: float = 0.0
    uncertainty: float = float("inf")

    def learn(self, answer: Mapping[str, Any], before: float, after: float) -> None:
        """From one answer that tells the server's time; the quickest answer counts."""
        told = moment(str(answer.get("now") or ""))
        if told is not None and (after - before) / 2 < self.uncertainty:
            self.shift, self.uncertainty = (before + after) / 2 - told, (after - before) / 2


@dataclass(frozen=True)
class Looked:
    """What was read, and the verdict on it."""

    verdict: Verdict
    reads: Mapping[str, ServerRead]
    clocks: Mapping[str, _Clock]
    journals: Mapping[str, Any]
    unread: Mapping[str, str]
    exporter: Exporter | None


def verify(flow: Flow, since: str | None, last_exporter: Mapping[str, Any] | None, show: bool) -> dict[str, Any]:
    """The verdict as the module's return values.

    Raises:
        Stop: ``refused`` (a value that cannot be read), ``split`` (an overlap) or ``unknown``, with the same values.
    """
    looked = look(flow, _time(flow, "since", since) if since else None, _exporter(flow, last_exporter))
    verdict = looked.verdict
    values = values_of(looked)
    if show:
        flow.show(values["text"])
    if not verdict.ok:
        raise Stop(verdict.outcome, refusals=verdict.refusals, values=values)
    return {"outcome": "done", "refusals": [], **values}


def look(flow: Flow, start: float | None, exporter: Exporter | None) -> Looked:
    """Read all servers and judge; ``start`` is on the controller's time line."""
    now = time.time()
    reads = flow.topology.read(full=True)
    clocks = {name: _Clock() for name in reads}
    journals = {name: _journal(flow, name, clocks[name]) for name, read in reads.items() if read.answered}
    if start is None:
        start = _default_start(journals, clocks, now)
    unread: dict[str, str] = {}
    histories: list[History] = []
    for name, read in reads.items():
        found = _history(flow, read, now, start, clocks[name], journals.get(name))
        if isinstance(found, str):
            unread[name] = found
        else:
            histories.append(found)
    verdict = judge(histories, start, time.time(), unread, exporter)
    return Looked(verdict, reads, clocks, journals, unread, exporter)


def _time(flow: Flow, option: str, text: str) -> float:
    told = moment(text)
    if told is None:
        raise Stop("refused", "bad_time", flow.server, option=option, value=text)
    return told


def _exporter(flow: Flow, given: Mapping[str, Any] | None) -> Exporter | None:
    if not given or not given.get("server"):
        return None
    return Exporter(str(given["server"]), _time(flow, "last_exporter.at", str(given.get("at") or "")))


def _asked(flow: Flow, name: str, function: str, clock: _Clock, **parameters: Any) -> dict[str, Any]:
    before = time.time()
    answer = flow.topology.call(name, function, **parameters)
    clock.learn(answer, before, time.time())
    return answer


def _journal(flow: Flow, name: str, clock: _Clock) -> list[Mapping[str, Any]] | None:
    """The role changes of ours; None where they cannot be read, which makes the verdict less sharp and not wrong."""
    try:
        _asked(flow, name, "Get-EntraSyncJournal", clock, Newest=1)  # a short answer, so that the clock is known well
        answer = _asked(flow, name, "Get-EntraSyncJournal", clock, Newest=LINES, Function=ROLE_CHANGES)
    except SessionError:
        return None
    return [each for each in answer.get("entries") or [] if isinstance(each, Mapping)]


def _default_start(journals: Mapping[str, Any], clocks: Mapping[str, _Clock], now: float) -> float:
    """An hour before the demotion of the last switch that we proved; where no journal tells of one, a day ago."""
    done = [
        Entry(told + clocks[name].shift, str(each.get("function")), "done")
        for name, journal in journals.items()
        for each in journal or []
        if each.get("what") == "done" and (told := moment(str(each.get("at") or ""))) is not None
    ]
    return switch_begun(done, now - DAY)


def _history(flow: Flow, read: ServerRead, read_at: float, since: float, clock: _Clock, journal: list[Mapping[str, Any]] | None) -> History | str:
    """The history of one server, or why there is none."""
    if not read.answered:
        return f"{read.silent_kind}: {read.silent_message}".rstrip(": ")
    try:
        steps, whole = _steps(flow, read.name, since, clock)
    except SessionError as error:
        return role_of(read).reason if error.code == "service_stopped" else error.reason
    times = [(each, moment(str(each.get("at") or ""))) for each in journal or []]
    entries = [Entry(told + clock.shift, str(each.get("function")), str(each.get("what"))) for each, told in times if told is not None]
    runs = runs_of(steps, clock.shift, time.time())
    return History(read.name, read_at, clock.uncertainty, runs, None if journal is None else entries, _active(read), whole)


def _steps(flow: Flow, name: str, since: float, clock: _Clock) -> tuple[list[RunStep], bool]:
    """Steps back to well before ``since``, so that it is known how that time began; and whether the history has no more."""
    steps: list[RunStep] = []
    for newest in PAGES:
        answer = _asked(flow, name, "Get-EntraSyncRun", clock, Newest=newest)
        steps = [RunStep.from_answer(each) for each in answer.get("runs") or []]
        if len({step.key[:2] for step in steps}) < newest:
            return steps, True
        oldest = min((told for step in steps if (told := moment(step.started)) is not None), default=None)
        if oldest is not None and oldest + clock.shift < since - 2 * HOUR:
            break
    return steps, False


def _active(read: ServerRead) -> bool | None:
    """Whether it is active now; a cycle that still goes on may export although the flag is on."""
    role = role_of(read)
    if role.name == "active":
        return True
    return False if role.certain and role.name in ("staging", "held") and (role.name == "held" or idle(read) is True) else None


def values_of(looked: Looked) -> dict[str, Any]:
    """The documented return values."""
    verdict, exporter, clocks = looked.verdict, looked.exporter, looked.clocks
    checked = f"{exporter.server} at {at(exporter.at)}" if exporter else ""
    return {
        "ok": verdict.ok,
        "text": lines(verdict, checked),
        "since": at(verdict.since),
        "covered_from": at(verdict.covered_from),
        "until": at(verdict.until),
        "spans": [span_values(each) for each in verdict.spans],
        "gaps": [gap_values(each) for each in verdict.gaps],
        "overlaps": [overlap_values(each) for each in verdict.overlaps],
        "reaches_back": verdict.reaches_back,
        "last_exporter": checked or "not checked",
        "servers": {
            name: {
                "read": name not in looked.unread,
                "reason": looked.unread.get(name, ""),
                "journal_read": looked.journals.get(name) is not None,
                "clock_ahead": round(-clocks[name].shift, 3) if clocks[name].uncertainty < DAY else None,
                "uncertainty": round(clocks[name].uncertainty, 3) if clocks[name].uncertainty < DAY else None,
            }
            for name in looked.reads
        },
    }
