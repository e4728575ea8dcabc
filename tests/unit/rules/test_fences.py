# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which fences stand, and what each still wants before another server may be promoted."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.claims import added, may_take, members, membership
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.declared import Declared
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.failover import refusals as not_one
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.failover import target
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.fences import (
    CLOUD_SECONDS,
    answering,
    fenced,
    line,
    lines,
    missing,
    moment,
    needed_seconds,
    returned,
    shown,
    silent,
    unrecorded,
    waiting,
    writeback,
    young,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.invariant import judge
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.promotion import fenced_out, may_promote, still_alone

from . import builders
from .builders import of, told

OFF = {"srv1": Declared("srv1", "powered_off", "burnt", "ticket 4711")}
CLOUD = {"srv1": Declared("srv1", "cloud", "cut off")}
WORD = {"srv1": Declared("srv1", "asserted", "burnt")}
GONE = {"srv1": builders.silent()}


def a_fence(kind: str = "powered_off", **changes: Any) -> dict[str, Any]:
    """An entry of a record for srv1."""
    made = {"server": "srv1", "kind": kind, "reason": "burnt", "evidence": "ticket 4711", "identity": "", "exported": ""}
    return {**made, "since": "2026-11-02T10:00:00.000000Z", "by": "ops", "age_seconds": 600, **changes}


def a_cloud_fence(**changes: Any) -> dict[str, Any]:
    """The same with its cloud identity disabled."""
    return a_fence("cloud", **{"reason": "cut off", "evidence": "", "identity": "Sync_SRV1", "exported": "never", **changes})


def test_an_identity_that_is_only_about_to_be_disabled_is_no_fence() -> None:
    """However long ago that was recorded; the next run records the fence before anybody is promoted, and rejoin knows of it."""
    reads = of(builders.staging("srv2", fences=[a_cloud_fence(identity="", exported="", age_seconds=9 * CLOUD_SECONDS)]))
    assert told(missing(CLOUD, reads)) == [("fence_missing", "srv1")]
    assert (young(CLOUD, reads), waiting(CLOUD, reads)) == ([], [])
    assert told(fenced_out(reads, CLOUD, GONE)) == [("fence_missing", "srv1")]
    assert "NO FENCE" in lines(shown(reads, CLOUD))[0]
    assert told(returned({**reads, **of(builders.active("srv1"))})) == [("fenced_answers", "srv1")]


def test_nothing_waits_for_a_fence_that_is_to_be_recorded_first() -> None:
    """Else the time of the last record would begin after that of the others, and people would wait twice."""
    young_one = builders.staging("srv2", fences=[a_cloud_fence(age_seconds=60)])
    assert told(waiting(CLOUD, of(young_one))) == [("fence_young", "srv1")]
    lacking = of(young_one, builders.staging("srv3"))
    assert (told(young(CLOUD, lacking)), waiting(CLOUD, lacking)) == ([("fence_young", "srv1")], [])


def test_a_member_that_was_never_read_is_known_by_its_name() -> None:
    """Found as a topology in which nothing could be run any more: a failover was its first run, stopped, and the dead server came back."""
    first = members(of(builders.staging("srv2")), OFF)
    assert first == [("machine-of-srv2", "srv2"), ("unread:srv1", "srv1")]
    kept = builders.a_goal(outcome="", members=[each[0] for each in first], member_names=[each[1] for each in first])
    back = of(builders.active("srv1"), builders.staging("srv2", goal=kept))
    assert (membership(back), added(back)) == ([], [])
    assert members(back, {}) == [("machine-of-srv1", "srv1"), ("machine-of-srv2", "srv2")]
    gone = of(builders.staging("srv2", goal=kept), builders.staging("srv3"))
    assert told(membership(gone)) == [("member_missing", ""), ("member_added", "srv3")]
    assert (told(membership(gone, OFF)), members(of(builders.staging("srv2", goal=kept)), OFF)) == ([("member_added", "srv3")], first)


def test_a_record_without_fences_has_none() -> None:
    """As those that an earlier version wrote."""
    assert builders.staging(fences=...).fences == []
    assert fenced(of(builders.staging(fences=...))) == {}


def test_the_youngest_record_counts() -> None:
    """An age that cannot be told is no age."""
    ages = fenced(of(builders.staging("srv2", fences=[a_fence(age_seconds=9000)]), builders.staging("srv3", fences=[a_fence(age_seconds=60)])))
    assert (ages["srv1"].fence.age_seconds, ages["srv1"].on) == (60, ("srv2", "srv3"))
    unknown = fenced(of(builders.staging("srv2", fences=[a_fence(age_seconds=None)]), builders.staging("srv3", fences=[a_fence(age_seconds=0)])))
    assert unknown["srv1"].fence.age_seconds is None


def test_a_fence_is_missing_where_a_record_lacks_it_or_has_another() -> None:
    """Also with another reason: what a person wrote last is kept."""
    reads = of(builders.staging("srv2", fences=[a_fence()]), builders.staging("srv3"))
    assert unrecorded(OFF, reads) == {"srv1": ["srv3"]}
    assert told(missing(OFF, reads)) == [("fence_missing", "srv1")]
    assert missing(OFF, of(builders.staging("srv2", fences=[a_fence()]))) == []
    assert unrecorded(OFF, of(builders.staging("srv2", fences=[a_fence(reason="sold")]))) == {"srv1": ["srv2"]}
    assert unrecorded(WORD, of(builders.staging("srv2", fences=[a_fence()]))) == {"srv1": ["srv2"]}


@pytest.mark.parametrize(("age", "wanted"), [(None, True), (-60, True), (0, True), (CLOUD_SECONDS - 1, True), (CLOUD_SECONDS, False)])
def test_a_disabled_identity_counts_after_ninety_minutes(age: int | None, wanted: bool) -> None:
    """A clock that was set back makes it young, never old."""
    found = young(CLOUD, of(builders.staging("srv2", fences=[a_cloud_fence(age_seconds=age)])))
    assert told(found) == ([("fence_young", "srv1")] if wanted else [])
    assert CLOUD_SECONDS == 5400
    if found:
        assert found[0].params["when"] == "2026-11-02 11:30 UTC"


def test_a_longer_interval_makes_the_wait_longer() -> None:
    """At least one interval without an export; what cannot be read shortens nothing."""
    assert needed_seconds(of(builders.staging("srv2", effective_interval="03:00:00"))) == 3 * 3600
    assert needed_seconds(of(builders.staging("srv2", effective_interval="soon"))) == CLOUD_SECONDS
    assert told(young(CLOUD, of(builders.staging("srv2", effective_interval="03:00:00", fences=[a_cloud_fence(age_seconds=6000)]))))


@pytest.mark.parametrize(("state", "word"), [(True, "on"), (None, "not readable")])
def test_writeback_makes_a_disabled_identity_no_fence(state: bool | None, word: str) -> None:
    """Not known to be off is on."""
    found = writeback(CLOUD, of(builders.staging("srv2"), builders.staging("srv3", password_writeback=state)))
    assert told(found) == [("fence_writeback", "srv1")]
    assert found[0].params == {"other": "srv3", "state": word}
    assert writeback(OFF, of(builders.staging("srv3", password_writeback=state))) == []


def test_of_a_held_server_its_record_tells_the_writeback() -> None:
    """It cannot be asked; a record that does not tell is not off."""
    held = builders.held("srv3", {"facts": json.dumps({"password_writeback": False})})
    assert writeback(CLOUD, of(builders.staging("srv2"), held)) == []
    for facts in ("", "{}", "[]", '{"password_writeback": true}'):
        assert told(writeback(CLOUD, of(builders.staging("srv2"), builders.held("srv3", {"facts": facts}))))


@pytest.mark.parametrize("kind", ["login_refused", "certificate_refused", "connection_lost", "no_answer", "server_error"])
def test_whatever_it_answers_it_is_not_out(kind: str) -> None:
    """Something is there and speaks."""
    assert told(answering({"srv1": builders.silent(kind=kind)})) == [("out_answers", "srv1")]
    assert told(answering(of(builders.active()))) == [("out_answers", "srv1")]


@pytest.mark.parametrize("kind", ["unreachable", "timed_out"])
def test_silence_is_silence(kind: str) -> None:
    assert answering({"srv1": builders.silent(kind=kind)}) == []


def test_what_was_fenced_and_answers_stands_in_the_way() -> None:
    """Of a promotion, also right before it; one that is silent is told with the line to write."""
    back = of(builders.held("srv1"), builders.staging("srv2", fences=[a_fence()]))
    assert told(returned(back)) == [("fenced_answers", "srv1")]
    assert ("fenced_answers", "srv1") in told(may_promote(back, "srv2", "", {}, "settings", None))
    assert ("fenced_answers", "srv1") in told(still_alone(back, "srv2", None))
    gone = of(builders.silent("srv1"), builders.staging("srv2", fences=[a_fence()]), builders.silent("srv3"))
    assert told(silent(gone)) == [("fence_undeclared", "srv1"), ("unreachable", "srv3")]
    option, value = shlex.split(line(fenced(gone)["srv1"].fence))
    assert option == "-e"
    assert json.loads(value) == {"entra_connect_declared_out": {"srv1": {"fence": "powered_off", "reason": "burnt", "evidence": "ticket 4711"}}}


def test_a_promotion_wants_every_declared_server_fenced() -> None:
    """Recorded on all, old enough, and silent in the same task."""
    good = of(builders.staging("srv2", fences=[a_fence()]))
    assert fenced_out(good, OFF, GONE) == []
    assert told(fenced_out(good, OFF, of(builders.active()))) == [("out_answers", "srv1")]
    assert told(fenced_out(of(builders.staging("srv2")), OFF, GONE)) == [("fence_missing", "srv1")]
    assert told(fenced_out(of(builders.staging("srv2", fences=[a_cloud_fence()])), CLOUD, GONE)) == [("fence_young", "srv1")]


def test_the_verdict_shows_who_is_out() -> None:
    """Fenced is a role of its own; one that answers is told with its own, and can make a split."""
    reads = of(builders.active("srv2", fences=[a_fence()]))
    verdict = judge(reads, "exactly_one", out=OFF, out_reads=GONE)
    assert (verdict.ok, verdict.active, verdict.servers["srv1"]["role"]) == (True, ["srv2"], "fenced")
    split = judge(reads, "exactly_one", out=OFF, out_reads=of(builders.active("srv1")))
    assert (split.outcome, split.servers["srv1"]["role"]) == ("split", "active")
    unknown = judge(of(builders.active("srv2")), "exactly_one", out=CLOUD, out_reads=GONE)
    assert (unknown.ok, unknown.servers["srv1"]["role"]) == (False, "unknown"), "a cloud identity that nobody has read is no fence"


def test_a_word_is_told_as_one() -> None:
    """In every line of it, recorded or not."""
    recorded = lines(shown(of(builders.staging("srv2", fences=[a_fence("asserted", evidence="")])), WORD))
    declared = lines(shown(of(builders.staging("srv2")), WORD))
    assert all("ASSERTED" in each and "burnt" in each for each in [*recorded, *declared])
    assert "not recorded yet" in declared[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-02T20:14:07Z", "2026-11-02 20:14:07 UTC"),
        ("2026-11-02T21:14:07.123456+01:00", "2026-11-02 20:14:07 UTC"),
        ("2026-11-02 20:14:07", "2026-11-02 20:14:07 UTC"),
        (" never ", "never"),
        ("", ""),
    ],
)
def test_a_moment_has_one_form(text: str, wanted: str) -> None:
    """Else the same export would begin the time anew."""
    assert moment(text) == wanted


KNOWN = {"members": ["machine-of-srv1", "machine-of-srv2"], "member_names": ["srv1", "srv2"]}


def test_a_member_may_be_missing_only_where_it_is_declared_out() -> None:
    """By its name; its machine id stays among the members."""
    reads = of(builders.staging("srv2", goal=builders.a_goal(outcome="done", **KNOWN)))
    assert told(membership(reads)) == [("member_missing", "")]
    assert membership(reads, OFF) == []
    assert told(membership(reads, {"srv9": Declared("srv9", "asserted", "x")})) == [("member_missing", "")]
    assert may_take(reads, builders.a_wish(), False, OFF) == []
    assert members(reads, OFF) == [("machine-of-srv1", "srv1"), ("machine-of-srv2", "srv2")]


def test_a_fenced_server_is_not_edited_away() -> None:
    """Also where no goal knew its machine id."""
    reads = of(builders.staging("srv2", fences=[a_fence()]))
    assert [(each.code, each.params["detail"]) for each in membership(reads)] == [("member_missing", "srv1, which was declared out")]


def test_a_fenced_server_that_is_back_is_no_added_one() -> None:
    """Not even built anew under its name, and with the last goal open."""
    goal = builders.a_goal(**{**KNOWN, "members": ["old-machine", "machine-of-srv2"]})
    reads = of(builders.staging("srv1"), builders.staging("srv2", goal=goal, fences=[a_fence()]))
    assert added(reads) == []
    assert membership(reads) == []


def test_who_takes_over() -> None:
    """The wanted one; who has it already; of an unfinished goal; else the first that can, a restored one last."""
    two = of(builders.staging("srv3"), builders.staging("srv2", restored=True))
    assert target(two, "srv1", "srv2") == "srv2"
    assert target(two, "srv1", "") == "srv3"
    assert target(of(builders.staging("srv3"), builders.staging("srv2")), "srv1", "") == "srv2"
    left = of(builders.staging("srv2"), builders.staging("srv3", goal=builders.a_goal(active="srv3")))
    assert target(left, "srv1", "") == "srv3"
    done = of(builders.staging("srv2"), builders.active("srv3", fences=[a_fence()]))
    assert target(done, "srv1", "") == "srv3"
    assert not_one(done, "srv1", "srv3") == []


def test_it_is_no_failover_where_another_one_is_active() -> None:
    """Unless that one has taken over for it."""
    reads = of(builders.active("srv2"), builders.staging("srv3"))
    assert told(not_one(reads, "srv1", target(reads, "srv1", ""))) == [("not_a_failover", "srv1")]
    over = of(builders.active("srv2", fences=[a_fence()]), builders.staging("srv3"))
    assert told(not_one(over, "srv1", "srv3")) == [("not_a_failover", "srv1")], "switch_roles makes another one active"
