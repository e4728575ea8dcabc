# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of one server's history, put together to the cycles that they were (adsync.md 2.4 to 2.6, 3.4).

Internal to the collection: no promise of stability between releases.

The history has runs and no cycles. The scheduler imports, synchronizes and exports, each over all connectors, one step after the other; so a cycle
ends where a step of an earlier kind follows, where a step is done again, or where nothing follows for a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from .cycles import is_export
from .runs import RunStep

PAUSE = 60.0  # seconds; "moments" lie between the steps of a cycle (adsync.md 2.3)
ORDER = ("import", "sync", "export")
CUT = ("stopped-", "no-start-")  # beginnings of results of runs that did not do their work (adsync.md 2.6)


def moment(text: str) -> float | None:
    """A time of a server in seconds since the epoch; None where it is no time. Without an offset it is UTC, as ADSync gives it (adsync.md 2.6)."""
    try:
        read = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=timezone.utc)).timestamp()


@dataclass(frozen=True)
class Run:
    """One run on the common time line, in seconds.

    Attributes:
        kind: ``import``, ``sync``, ``export``, or empty where neither type nor profile tells.
        end: when it ended; for one that has not, when the next run began, or now.
        finished: whether the history says that it ended.
        sent: whether something may have left: an export that did its work, or counted objects although it was cut.
    """

    connector: str
    profile: str
    kind: str
    start: float
    end: float
    finished: bool
    result: str
    sent: bool


@dataclass(frozen=True)
class Cycle:
    """Runs that followed each other as those of one cycle do."""

    runs: tuple[Run, ...]

    @property
    def start(self) -> float:
        """When its first run began."""
        return self.runs[0].start

    @property
    def end(self) -> float:
        """When its last run ended, or now."""
        return max(run.end for run in self.runs)

    @property
    def exports(self) -> list[Run]:
        """Its export runs."""
        return [run for run in self.runs if run.kind == "export"]

    @property
    def left_exports_out(self) -> bool:
        """Whether it did all that comes before the exports and then ended: so does a cycle that began in staging mode (adsync.md 3.4)."""
        imported, synced = ({run.connector for run in self.runs if run.kind == kind} for kind in ("import", "sync"))
        whole = all(run.finished and not run.result.startswith(CUT) for run in self.runs)
        return whole and bool(synced) and imported <= synced and not self.exports


def runs_of(steps: Iterable[RunStep], shift: float, now: float) -> list[Run]:
    """One `Run` for each run of the history, by their start. Steps without a start are left out, they prove nothing.

    Args:
        shift: seconds to add to the server's times to have them on the common time line.
        now: the time of the read on that line.
    """
    by_run: dict[tuple[str, str], list[RunStep]] = {}
    for step in steps:
        by_run.setdefault(step.key[:2], []).append(step)
    found = [run for run in (_run(each, shift, now) for each in by_run.values()) if run is not None]
    found.sort(key=lambda run: (run.start, run.end))
    return [run if run.finished else _cut_short(run, found[index + 1 :]) for index, run in enumerate(found)]


def _run(steps: Sequence[RunStep], shift: float, now: float) -> Run | None:
    first, start = steps[0], moment(steps[0].started)
    if start is None:
        return None
    end = moment(first.ended) if first.complete else None
    exports = [step for step in steps if is_export(step)]
    kind = "export" if exports else _kind(first)
    sent = any(not _cut(step) or _counted(step) for step in exports)
    finish = now if end is None else max(end, start) + shift
    return Run(first.connector, first.profile, kind, start + shift, finish, end is not None, first.result, sent)


def _cut_short(run: Run, later: Sequence[Run]) -> Run:
    """A row can stay unfinished after a restart of the machine: it ended before the next one of its connector began."""
    follower = next((each.start for each in later if each.connector == run.connector), None)
    return run if follower is None else Run(**{**vars(run), "end": min(run.end, follower)})


def _kind(step: RunStep) -> str:
    told = (step.step_type or step.profile).lower()
    return next((kind for kind in ORDER if kind in told), "")


def _cut(step: RunStep) -> bool:
    return (step.step_result or step.result).startswith(CUT)


def _counted(step: RunStep) -> bool:
    return step.export_adds + step.export_updates + step.export_deletes > 0


def cycles_of(runs: Sequence[Run]) -> list[Cycle]:
    """The cycles that these runs, in the order of their start, were."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _follows(groups[-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [Cycle(tuple(group)) for group in groups]


def _follows(group: Sequence[Run], run: Run) -> bool:
    last = group[-1]
    if not run.kind or not last.kind or ORDER.index(run.kind) < ORDER.index(last.kind):
        return False
    again = any((each.connector, each.kind) == (run.connector, run.kind) for each in group)
    return not again and run.start - max(each.end for each in group) <= PAUSE
