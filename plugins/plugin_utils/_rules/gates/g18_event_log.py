# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G18: what a server logs is the first sign that it does not work, and most logs are full of errors that were there before.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..cycles import GOOD
from ..health import serious
from ..reads import ServerRead
from ..refusals import Refusal
from ..situation import Situation
from ._gate import AFTER, BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="G18",
    title="the event logs tell of no new errors",
    moments=(BEFORE, AFTER),
    reads="The Application log of every server since a week ago, and after the switch since before it (evidence of the kind health).",
    verdict="Before, it warns of errors since the last good run. Afterwards it fails where one of the hard set is new against the baseline.",
    todo="Read the event and what the table of events says about it; a switch back is a decision of yours.",
    protects="S5",
    why="A new active server that logs errors exports nothing, or the wrong things.",
    shows=("event_new", "event_since_good", "health_unread"),
    codes={
        "event_new": Said("{server} logged {count} x {provider} {id} that was not there before; {meaning}.", "{do} Then run the same command again."),
        "event_since_good": Said(
            "{server} logged {count} x {provider} {id} since its last good run; {meaning}.", "{do} Then decide whether to go on."
        ),
        "health_unread": Said(
            "How {server} has been was not read: {detail}.", "Run adsync_health_info with show=true, and put right what it says of {server}."
        ),
    },
    checks=(
        Check(("event_new",), "An event of the hard set that is new after the change says that the server does not work.", function="_after"),
        Check(("event_since_good",), "A server that logs errors since its last good run may fail when it is needed.", function="_before"),
        Check(("health_unread",), "A log that was not read is not a quiet one.", function="_unread"),
    ),
)


def check(situation: Situation) -> Checked:
    """The event logs tell of no new errors."""
    servers = situation.seen("health")
    if not isinstance(servers, Mapping):
        return [], _unread("", "the event logs were not checked"), "not checked"
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    for name, read in sorted(situation.reads.items()):
        server = servers.get(name)
        if not isinstance(server, Mapping) or not server.get("read"):
            warns += _unread(name, str((server or {}).get("reason") or "no answer"))
        elif situation.moment == AFTER:
            # compared with nothing, old errors look new
            (fails if server["compared"] else warns).extend(_after(name, server, "fail"))
            warns += _after(name, server, "warn")
        else:
            warns += _before(read, server)
        unread = [each for each in (server or {}).get("not_read") or [] if each.startswith(("events of", "how far", "events:"))]
        warns += [refusal for each in unread for refusal in _unread(name, each)]
    counts = [len(each.get("new") or []) + len(each.get("old") or []) for each in servers.values() if isinstance(each, Mapping)]
    return fails, warns, f"{sum(counts)} kinds of events on {len(counts)} servers, {len(fails) + len(warns)} told"


def _after(name: str, server: Mapping[str, Any], verdict: str) -> list[Refusal]:
    return [Refusal("event_new", name, _values(each)) for each in serious(server, verdict)]


def _before(read: ServerRead, server: Mapping[str, Any]) -> list[Refusal]:
    good = max((step.ended for step in read.runs or [] if (step.step_result or step.result) in GOOD), default="")
    bad = [each for each in [*server["new"], *server["old"]] if each["verdict"] == "fail" and str(each["last"]) > good]
    return [Refusal("event_since_good", read.name, _values(each)) for each in bad]


def _unread(name: str, why: str) -> list[Refusal]:
    return [Refusal("health_unread", name, {"detail": why})]


def _values(event: Mapping[str, Any]) -> dict[str, Any]:
    return {**{key: event[key] for key in ("count", "provider", "id", "do")}, "meaning": event["meaning"].rstrip(".")}
