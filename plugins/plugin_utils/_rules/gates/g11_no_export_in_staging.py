# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G11: staging mode is no lock: a person can run Export in the Synchronization Service Manager of a staging server.

Internal to the collection: no promise of stability between releases.

The last time at which this collection itself saw or made the server staging is in its journal; an export that began later is not ours. A change of
staging mode that the event log tells since then means that the server may have been active in between: then nothing is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..ages import moment
from ..history_data import DEMOTION, HOLD
from ..reads import ServerRead
from ..refusals import Refusal
from ..roles import role_of, shut_off_by_us
from ..situation import Situation
from ._gate import AFTER, BEFORE, Check, Checked, Gate, Said

ONE_CYCLE = timedelta(hours=4)  # as long as a cycle is waited for: one that had begun goes on exporting after the demotion
SLACK = timedelta(minutes=1)  # between the event and our journal's line about the same change
GATE = Gate(
    id="G11",
    title="no staging server has exported",
    moments=(BEFORE, AFTER),
    reads="The newest exports of every staging server, our journal there, and changes of staging mode in its event log (kind health).",
    verdict="Fails where an export began after we last saw the server staging and nobody changed its role since. Right after a demotion it "
    "warns: a cycle that had begun goes on.",
    todo="Find out who ran Export there; where the server was active in between, by hand, accept it with that reason.",
    protects="S1",
    why="A staging server that exports is a second active one.",
    shows=("staging_exported",),
    codes={
        "staging_exported": Said(
            "{server} has exported at {at}, in staging mode since {since}.",
            "Find out who ran Export on {server}. If it was active in between, override G11 and say so; then run the same command again.",
        ),
    },
    checks=(Check(("staging_exported",), "An export that a person runs on a staging server is one that nobody planned.", function="_judged"),),
)


def check(situation: Situation) -> Checked:
    """No staging server has exported."""
    servers = situation.seen("health")
    fails: list[Refusal] = []
    warns: list[Refusal] = []
    said = []
    for name, read in sorted(situation.reads.items()):
        if role_of(read).name != "staging" or shut_off_by_us(read):
            continue
        since = _staging_since(servers.get(name) if isinstance(servers, Mapping) else None)
        said.append(f"{name} {'not known since when' if since is None else f'staging since {since}'}")
        if since is not None:
            hard, soft = _judged(read, since)
            fails += hard
            warns += soft
    return fails, warns, ", ".join(said) or "no server is staging and runs"


def _staging_since(server: Any) -> datetime | None:
    """When we last saw or made it staging, unless its role may have been changed since."""
    entries = server.get("role_entries") if isinstance(server, Mapping) else None
    since = None
    for each in entries or []:
        if each.get("what") == "done":
            since = moment(str(each.get("at") or "")) if each.get("function") in (DEMOTION, HOLD) else None
    changed = moment(str(server.get("role_changed") or "")) if isinstance(server, Mapping) else None
    return None if since is None or (changed is not None and changed > since + SLACK) else since


def _judged(read: ServerRead, since: datetime) -> tuple[list[Refusal], list[Refusal]]:
    newest = max((at for each in read.exports or [] if (at := moment(each.started)) is not None), default=None)
    if newest is None or newest <= since:
        return [], []
    found = [Refusal("staging_exported", read.name, {"at": str(newest), "since": str(since)})]
    return ([], found) if newest <= since + ONE_CYCLE else (found, [])
