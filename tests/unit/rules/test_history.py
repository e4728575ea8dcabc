# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who exported when, by runs and journals that a test writes: what is proved, what is likely, what cannot be told."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history import Exporter, Verdict, judge
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history_cycles import cycles_of, moment, runs_of
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history_data import Entry, History
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history_spans import spans_of, switch_begun
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history_text import headline, lines
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.runs import RunStep

NOW = 20000.0
EXPORTS, STAGING = ("delta-import", "delta-sync", "export"), ("delta-import", "delta-sync")


def text(seconds: float) -> str:
    """A time as a server gives it."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


def step(kind: str, start: float, end: float | None, connector: str = "contoso - AAD", result: str = "success", number: int = 0) -> RunStep:
    """One step that is a run of its own."""
    values = {"connector": connector, "profile": kind, "run_id": f"{start}/{number}", "complete": end is not None, "result": result}
    times = {"started": text(start), "ended": "" if end is None else text(end)}
    return RunStep.from_answer({**values, **times, "step": 1, "step_type": kind, "step_result": result})


def cycle(start: float, kinds: tuple[str, ...] = EXPORTS, result: str = "success") -> list[RunStep]:
    """A cycle of ten seconds a step; the result is that of its last one."""
    last = len(kinds) - 1
    return [step(kind, start + 10 * at, start + 10 * at + 10, result=result if at == last else "success") for at, kind in enumerate(kinds)]


def history(
    name: str,
    *cycles: list[RunStep],
    journal: list[tuple[float, str, str]] | None = None,
    uncertainty: float = 0.0,
    shift: float = 0.0,
    active: bool | None = None,
) -> History:
    """A server's history; without a journal it cannot be read."""
    runs = runs_of([each for one in cycles for each in one], shift, NOW)
    entries = None if journal is None else [Entry(*each) for each in journal]
    return History(name, NOW, uncertainty, runs, entries, active)


def verdict(*histories: History, unread: dict[str, str] | None = None, exporter: Exporter | None = None, since: float = 1000.0) -> Verdict:
    """The verdict from a thousand seconds on."""
    return judge(histories, since, NOW, unread or {}, exporter)


def codes(found: Verdict) -> list[str]:
    """What stands against it."""
    return [each.code for each in found.refusals]


DEMOTED = [(3000.0, "Enable-EntraSyncStaging", "intent"), (3001.0, "Enable-EntraSyncStaging", "done")]
PROMOTED = [(3373.0, "Disable-EntraSyncStaging", "intent"), (3374.0, "Disable-EntraSyncStaging", "done")]


def test_a_switch_of_ours_is_exact() -> None:
    """By the journals the gap is known to the second."""
    old = history("srv1", cycle(900), cycle(2700), cycle(4500, STAGING), journal=DEMOTED, active=False)
    new = history("srv2", cycle(900, STAGING), cycle(3400), journal=PROMOTED, active=True)
    found = verdict(old, new)
    assert (found.outcome, codes(found)) == ("done", [])
    assert headline(found) == "no overlap; nobody exported for 6 min 14 s"
    (gap,) = found.gaps
    assert (gap.shortest, gap.longest) == (372.0, 374.0)


def test_without_journals_the_gap_has_bounds() -> None:
    """And what no run tells is said."""
    old = history("srv1", cycle(900), cycle(2700), cycle(4500, STAGING), active=False)
    new = history("srv2", cycle(900, STAGING), cycle(3400), active=True)
    found = verdict(old, new)
    assert found.outcome == "done"
    assert headline(found) == "no overlap; nobody exported for at most 11 min 10 s"
    assert "whether srv1 and srv2 both had staging mode off without exporting, no run tells" in lines(found, "")


def test_two_at_once_are_an_overlap_with_both_spans() -> None:
    """Told with its length."""
    found = verdict(history("srv1", cycle(900), cycle(2700), journal=[]), history("srv2", cycle(900, STAGING), cycle(2715), journal=[]))
    assert (found.outcome, codes(found)) == ("split", ["history_overlap"])
    (overlap,) = found.overlaps
    assert (overlap.proved, overlap.start, overlap.end) == (True, 2715.0, 2730.0)
    assert headline(found).startswith("overlap: srv1 and srv2 were both active from 1970-01-01T00:45:15Z for 15 s")


def test_exports_by_turns_are_an_overlap_that_is_likely() -> None:
    """Unless a switch of ours lies between; where no journal can be read, that is not known."""
    first, second = [cycle(900), cycle(4500)], [cycle(900, STAGING), cycle(2700), cycle(6300, STAGING)]
    found = verdict(history("srv1", *first, journal=[]), history("srv2", *second, journal=[]))
    assert (found.outcome, codes(found), found.overlaps[0].proved) == ("split", ["history_alternates"], False)
    found = verdict(history("srv1", *first), history("srv2", *second, journal=[]))
    assert (found.outcome, codes(found)) == ("unknown", ["history_untold"])
    between = [(1000.0, "Enable-EntraSyncStaging", "done"), (4400.0, "Disable-EntraSyncStaging", "done")]
    assert verdict(history("srv1", *first, journal=between), history("srv2", *second, journal=[])).outcome == "done"


@pytest.mark.parametrize(("uncertainty", "outcome"), [(0.0, "split"), (6.0, "split"), (8.0, "unknown"), (100.0, "unknown")])
def test_what_is_closer_than_the_clocks_cannot_be_told(uncertainty: float, outcome: str) -> None:
    """Two servers, each off by so much; they share fifteen seconds. It is never clean."""
    first = history("srv1", cycle(900), cycle(2700), journal=[], uncertainty=uncertainty)
    second = history("srv2", cycle(900, STAGING), cycle(2715), journal=[], uncertainty=uncertainty)
    assert verdict(first, second).outcome == outcome


def test_a_clock_that_is_minutes_off_is_shifted() -> None:
    """Its runs only look as if they met the other's."""
    old = history("srv1", cycle(900), cycle(2700), cycle(4500, STAGING), journal=DEMOTED, active=False)
    new = history("srv2", cycle(900 - 690, STAGING), cycle(3400 - 690), journal=PROMOTED, active=True, shift=690.0)
    assert headline(verdict(old, new)) == "no overlap; nobody exported for 6 min 14 s"
    assert verdict(old, history("srv2", cycle(3400 - 690), journal=[], active=True)).outcome == "split"


def test_what_cannot_be_read_is_never_clean() -> None:
    """A silent server."""
    good = history("srv1", cycle(900), cycle(2700), journal=[])
    assert codes(verdict(good, unread={"srv2": "unreachable"})) == ["history_unread"]


def test_an_empty_history_is_never_clean() -> None:
    good = history("srv1", cycle(900), cycle(2700), journal=[])
    found = verdict(good, history("srv2", journal=[]))
    assert (found.outcome, codes(found)) == ("unknown", ["history_empty"])
    assert "not known whether there was an overlap" in headline(found)


def test_a_history_that_begins_too_late_is_said() -> None:
    """The verdict is about the time from there on."""
    found = verdict(history("srv1", cycle(900), cycle(2700)), history("srv2", cycle(2000, STAGING)))
    assert (found.outcome, found.covered_from, found.reaches_back) == ("done", 2000.0, {"srv1": True, "srv2": False})
    assert "not back to 1970-01-01T00:16:40Z: the history of srv2 begins later" in lines(found, "")


def test_the_last_exporter_of_the_tenant() -> None:
    """A stranger is an overlap in the making; one whose history does not show it is a riddle; not asked is said."""
    good = [history("srv1", cycle(900), cycle(2700), journal=[]), history("srv2", cycle(900, STAGING), journal=[])]
    assert codes(verdict(*good, exporter=Exporter("srv1", 2725.0))) == []
    found = verdict(*good, exporter=Exporter("old", 2725.0))
    assert (found.outcome, codes(found)) == ("split", ["history_foreign"])
    found = verdict(*good, exporter=Exporter("srv2", 2725.0))
    assert (found.outcome, codes(found)) == ("unknown", ["history_disagrees"])
    assert "last exporter by the tenant: not checked" in lines(verdict(*good), "")


def test_a_cycle_that_was_demoted_in_the_middle_exports_to_its_end() -> None:
    """The flag of its start counts (adsync.md 3.4)."""
    journal = [(2705.0, "Enable-EntraSyncStaging", "intent"), (2706.0, "Enable-EntraSyncStaging", "done")]
    (span,) = spans_of(history("srv1", cycle(900), cycle(2700), journal=journal, active=False))
    assert (span.start, span.end, span.until, span.ended_by) == (900.0, 2730.0, 2730.0, 2730.0)


def test_a_demotion_whose_answer_was_lost_counts_from_its_first_request() -> None:
    """The second one found it done; a refused one does not count."""
    refused = [(2800.0, "Enable-EntraSyncStaging", "intent"), (2801.0, "Enable-EntraSyncStaging", "refused")]
    lost = [(2900.0, "Enable-EntraSyncStaging", "intent")]
    (span,) = spans_of(history("srv1", cycle(900), cycle(2700), journal=[*refused, *lost, *DEMOTED], active=False))
    assert (span.until, span.ended_by) == (2900.0, 3001.0)


def test_an_operator_who_was_asked_bounds_the_start() -> None:
    """From the request on the click may come."""
    asked = [(3000.0, "Register-EntraSyncPromotion", "done"), (3100.0, "Register-EntraSyncPromotion", "done")]
    (span,) = spans_of(history("srv2", cycle(900, STAGING), cycle(3400), journal=asked, active=True))
    assert (span.began_after, span.start, span.ended_by) == (3000.0, 3400.0, None)


def test_what_was_tried_behind_a_quarantine_left_nothing() -> None:
    """An export that failed there is no export; one that succeeded shows that the block was none."""
    journal = [(2000.0, "Start-EntraSyncRelease", "done"), (4000.0, "Complete-EntraSyncRelease", "done")]
    assert spans_of(history("srv2", cycle(900, STAGING), cycle(2700, result="stopped-server-down"), journal=journal, active=False)) == []
    (span,) = spans_of(history("srv2", cycle(900, STAGING), cycle(2700), journal=journal, active=False))
    assert (span.start, span.end) == (2700.0, 2730.0)
    assert len(spans_of(history("srv2", cycle(2700, result="stopped-server-down")))) == 1


@pytest.mark.parametrize(
    "runs",
    [
        cycle(2700, STAGING, result="stopped-service-shutdown"),
        cycle(2700, ("delta-import",)),
        [step("delta-import", 2700, 2710), step("delta-sync", 2710, None)],
        [step("delta-import", 2700, 2710, "contoso.local"), step("delta-import", 2710, 2720), step("delta-sync", 2720, 2730)],
    ],
)
def test_a_cycle_that_was_cut_proves_nothing(runs: list[RunStep]) -> None:
    """It may have been cut before its exports."""
    assert len(spans_of(history("srv1", cycle(900), runs, cycle(4500)))) == 1
    assert len(spans_of(history("srv1", cycle(900), cycle(2700, STAGING), cycle(4500)))) == 2


def test_runs_become_cycles() -> None:
    """By the order of kinds, a step done again, and pauses; a row that stayed unfinished ends with the next one of its connector."""
    steps = [*cycle(0), *cycle(30), *cycle(200, ("export",)), step("delta-import", 300, None), step("delta-import", 400, 410)]
    found = cycles_of(runs_of(steps, 0.0, NOW))
    assert [(each.start, each.end, len(each.exports)) for each in found] == [(0, 30, 1), (30, 60, 1), (200, 210, 1), (300, 400, 0), (400, 410, 0)]
    (going,) = cycles_of(runs_of([step("export", 300, None)], 0.0, NOW))
    assert going.end == NOW
    assert runs_of([RunStep.from_answer({"connector": "x"})], 0.0, NOW) == []


def test_times_of_a_server() -> None:
    """UTC where no offset is given; anything else is unknown."""
    assert moment("1970-01-01T00:01:40Z") == moment("1970-01-01T00:01:40.000") == moment("1970-01-01T01:01:40+01:00") == 100.0
    assert moment("yesterday") is moment("") is None


def test_nobody_since() -> None:
    """The old one was demoted, and nobody was promoted."""
    old = history("srv1", cycle(900), cycle(2700), journal=DEMOTED, active=False)
    found = verdict(old, history("srv2", cycle(900, STAGING), journal=[], active=False))
    assert headline(found) == "no overlap; nobody has been exporting for 4 h 43 min"


def test_the_time_that_is_looked_at_by_itself() -> None:
    """From an hour before the demotion, or the hold where a person demoted, of the last proved switch; later holds are of the next one."""
    moments = [(9000.0, "Enter-EntraSyncHold"), (20000.0, "Set-EntraSyncSerial"), (30000.0, "Enter-EntraSyncHold")]
    held = [Entry(at, function, "done") for at, function in moments]
    assert switch_begun([Entry(8000.0, "Enable-EntraSyncStaging", "done"), *held], 1.0) == 4400.0
    assert switch_begun(held, 1.0) == 5400.0
    assert switch_begun([held[2]], 1.0) == 1.0
