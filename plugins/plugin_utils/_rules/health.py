# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a server has been: its events explained by the table events.yml, new ones apart from old, its last imports, its password hashes.

Internal to the collection: no promise of stability between releases.

What was not read is told as not read. It is never taken for quiet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .ages import moment
from .cycles import GOOD
from .tables import read_table

Values = dict[str, Any]
ROLE_CHANGE = ("Directory Synchronization", 212)  # adsync.md 8.2
WORSE = {"critical": 0, "error": 1, "warning": 2, "information": 3}


def table() -> Values:
    """The table events.yml."""
    return read_table(__file__, "events.yml")


def explained(event: Mapping[str, Any], active: bool | None) -> Values:
    """The event with its ``verdict`` (fail, warn, report), its ``meaning`` and what to ``do``; one that nobody knows is reported."""
    row = next((each for each in table()["events"] if _fits(each, event)), None)
    known = {"verdict": "report", "meaning": "", "do": ""} if row is None else {key: row[key] for key in ("verdict", "meaning", "do")}
    if row is not None and row.get("active") and active is not True:
        known["verdict"] = "report"
    messages = [each for each in str(event.get("messages") or "").split("\n") if each]
    return {**{key: event.get(key) for key in ("log", "provider", "id", "level", "count", "first", "last")}, "messages": messages, **known}


def _fits(row: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    level = WORSE.get(str(event.get("level")), 3)
    return (
        row["provider"] == event.get("provider")
        and any(_within(each, event.get("id")) for each in row["ids"])
        and ("level" not in row or level <= WORSE[row["level"]])
        and ("text" not in row or re.search(row["text"], str(event.get("messages") or ""), re.I) is not None)
    )


def _within(ids: int | str, number: Any) -> bool:
    if isinstance(ids, int):
        return bool(ids == number)
    first, _dash, last = ids.partition("-")
    return isinstance(number, int) and int(first) <= number <= int(last)


def apart(events: Sequence[Values], seconds: float, before: Sequence[Values], seconds_before: float) -> tuple[list[Values], list[Values]]:
    """New events and old ones: old is what was there before at a similar rate, told by provider, id and level."""
    rule = table()["similar"]
    counts: dict[tuple[Any, ...], int] = {}
    for each in before:
        counts[_key(each)] = counts.get(_key(each), 0) + int(each["count"] or 0)
    new: list[Values] = []
    old: list[Values] = []
    for each in events:
        expected = counts.get(_key(each), 0) * (seconds / seconds_before if seconds_before > 0 else 0.0)
        similar = _key(each) in counts and int(each["count"] or 0) <= max(rule["at_least"], rule["factor"] * expected)
        (old if similar else new).append(each)
    return new, old


def _key(event: Mapping[str, Any]) -> tuple[Any, ...]:
    return (event["provider"], event["id"], event["level"])


def judge(answer: Mapping[str, Any], before: Mapping[str, Any] | None, hashes_on: bool | None) -> Values:
    """One server, by its answer and by what it was before the change.

    Args:
        answer: of ``Get-EntraSyncHealth``.
        before: what this function gave before the change, or None where it was not read then: every event counts as new.
        hashes_on: whether password hashes are synchronised in this topology, as far as known.
    """
    active = None if not isinstance(answer.get("staging"), bool) else not answer["staging"]
    events = [explained(each, active) for each in answer.get("events") or []]
    compared = before is not None and before.get("read") is True
    earlier = [*before["new"], *before["old"]] if compared and before is not None else []
    span_before = _seconds(before["covered_from"], before["now"]) if compared and before is not None else 0.0
    covered = max(str(answer.get("since") or ""), str(answer.get("log_from") or ""))
    new, old = apart(events, _seconds(covered, str(answer.get("now") or "")), earlier, span_before)
    return {
        "read": True,
        "reason": "",
        "now": answer.get("now") or "",
        "since": answer.get("since") or "",
        "covered_from": covered,
        "compared": compared,
        "active": active,
        "new": sorted(new, key=_order),
        "old": sorted(old, key=_order),
        "not_read": _not_read(answer),
        "services": list(answer.get("services") or []),
        "imports": _imports(answer.get("imports")),
        "password_hashes": _hashes(answer, active, hashes_on),
        "certificate": _certificate(answer),
        "deletion_prevention": answer.get("deletion_prevention") or "",
        "deletion_threshold": answer.get("deletion_threshold") or "",
        "role_entries": answer.get("role_entries"),
        "role_changed": max((str(each["last"]) for each in events if (each["provider"], each["id"]) == ROLE_CHANGE), default=""),
    }


def unread(reason: str) -> Values:
    """A server that gave no answer."""
    nothing: Values = {"new": [], "old": [], "services": [], "imports": [], "not_read": [reason], "password_hashes": {"checked": False}}
    nothing["certificate"] = {"checked": False}
    nothing |= {"deletion_prevention": "", "deletion_threshold": "", "role_entries": None, "role_changed": ""}
    return {"read": False, "reason": reason, "now": "", "since": "", "covered_from": "", "compared": False, "active": None, **nothing}


def serious(server: Mapping[str, Any], verdict: str = "fail") -> list[Values]:
    """Its new events of one verdict."""
    return [each for each in server.get("new") or [] if each.get("verdict") == verdict]


def hashed(answers: Mapping[str, Mapping[str, Any]]) -> bool | None:
    """Whether any server has ever synchronised password hashes; None where none could be asked."""
    rows = [each.get("password_sync") for each in answers.values()]
    known = [each for each in rows if each is not None]
    return any(row.get("succeeded") for each in known for row in each) if known else None


def _order(event: Mapping[str, Any]) -> tuple[int, str, str]:
    return (["fail", "warn", "report"].index(event["verdict"]), str(event["provider"]), str(event["id"]))


def _seconds(first: str, last: str) -> float:
    begin, end = moment(first), moment(last)
    return max(0.0, (end - begin).total_seconds()) if begin is not None and end is not None else 0.0


def _not_read(answer: Mapping[str, Any]) -> list[str]:
    """What this reading does not tell, one sentence each."""
    said = []
    if not answer.get("log_from"):
        said.append(f"how far the event log reaches back: {answer.get('log_error') or 'unknown'}")
    elif str(answer["log_from"]) > str(answer.get("since") or ""):
        said.append(f"events before {answer['log_from']}: the event log begins then")
    for each in answer.get("sources") or []:
        name = each.get("provider") or each.get("log")
        if each.get("read") is not True:
            said.append(f"events of {name}: {each.get('error') or 'unknown'}")
        elif each.get("registered") is not True and name in table()["needed"]:
            said.append(f"events of {name}: Windows does not know this provider")
        elif each.get("cut") is True:
            said.append(f"older events of {name}: there are more than were read")
    if not answer.get("sources"):
        said.append("events: the server told of no source")
    said += [f"service {each.get('name')}" for each in answer.get("services") or [] if each.get("found") is None]
    if answer.get("imports") is None:
        said.append("imports: the run history cannot be read")
    if answer.get("password_sync") is None:
        said.append("password hashes: their state cannot be read")
    if answer.get("certificate") is None:
        said.append("certificate: the cloud identity cannot be read")
    elif answer["certificate"] and not answer.get("certificate_ends"):
        said.append("certificate: its end cannot be read")
    return said


def _imports(rows: Any) -> list[Values]:
    """The newest import of each connector; ``ok`` is unknown while it goes on."""
    told = []
    for each in rows or []:
        result = str(each.get("result") or "")
        told.append({**each, "ok": None if each.get("complete") is not True else result in GOOD})
    return told


def _hashes(answer: Mapping[str, Any], active: bool | None, on: bool | None) -> Values:
    """How long ago hashes were synchronised: checked on the active server, where they are at all."""
    rows = answer.get("password_sync")
    if active is not True or not on or rows is None:
        return {"checked": False}
    last = max((str(each.get("succeeded") or "") for each in rows), default="")
    age = round(_seconds(last, str(answer.get("now") or ""))) if last else None
    return {"checked": True, "last": last, "age_seconds": age, "late": age is None or age > table()["hashes_late_after_minutes"] * 60}


def _certificate(answer: Mapping[str, Any]) -> Values:
    """When the certificate ends by which the server signs in to the tenant: checked where it has one whose end is known."""
    ends, now = moment(str(answer.get("certificate_ends") or "")), moment(str(answer.get("now") or ""))
    if not answer.get("certificate") or ends is None or now is None:
        return {"checked": False}
    return {
        "checked": True,
        "ends": answer["certificate_ends"],
        "days": (ends - now).days,
        "soon": (ends - now).days < table()["certificate_soon_days"],
    }
