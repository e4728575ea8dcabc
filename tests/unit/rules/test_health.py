# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a server has been: known events explained, new ones apart from old, and what was not read is never taken for quiet."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import health
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.health_text import lines

from tests.lab.twins._events import PROVIDERS

SINCE, NOW = "2026-11-02T10:00:00.000000Z", "2026-11-02T12:00:00.000000Z"


def event(provider: str, number: int, level: str = "error", count: int = 1, messages: str = "It failed.") -> dict[str, Any]:
    """A group of events as a server tells it."""
    times = {"first": "2026-11-02T11:00:00.000000Z", "last": "2026-11-02T11:30:00.000000Z"}
    return {"log": "Application", "provider": provider, "id": number, "level": level, "count": count, "messages": messages, **times}


def answer(*events: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What a server answers on which all is well."""
    source = {"log": "Application", "read": True, "registered": True, "cut": False, "error": ""}
    values: dict[str, Any] = {
        "now": NOW,
        "since": SINCE,
        "log_from": "2026-10-01T00:00:00.000000Z",
        "log_error": "",
        "sources": [{**source, "provider": name} for name in PROVIDERS],
        "events": list(events),
        "services": [{"name": "ADSync", "found": True, "status": "Running", "start_type": "Automatic"}],
        "staging": False,
        "imports": [{"connector": "contoso.local", "complete": True, "result": "success"}],
        "password_sync": [{"dn": "DC=contoso,DC=local", "status": "Successful", "succeeded": "2026-11-02T11:58:00.000000Z"}],
        "certificate": "0123456789ABCDEF0123456789ABCDEF01234567",
        "certificate_ends": "2027-11-02T12:00:00.000000Z",
    }
    return {**values, **changes}


@pytest.mark.parametrize(
    ("provider", "number", "level", "messages", "active", "verdict"),
    [
        ("ADSync", 6801, "error", "", True, "fail"),
        ("ADSync", 6801, "error", "", None, "fail"),
        ("ADSync", 6801, "warning", "", True, "report"),
        ("ADSync", 6209, "error", "", True, "fail"),
        ("ADSync", 6232, "error", "", True, "report"),
        ("ADSync", 6311, "error", "", True, "report"),
        ("ADSync", 6401, "error", "", True, "report"),
        ("ADSync", 6941, "information", "", True, "warn"),
        ("ADSync", 6100, "warning", "", True, "warn"),
        ("Directory Synchronization", 6801, "error", "", True, "report"),
        ("Directory Synchronization", 106, "critical", "", True, "fail"),
        ("Directory Synchronization", 115, "error", "", True, "fail"),
        ("Directory Synchronization", 115, "warning", "", True, "warn"),
        ("Directory Synchronization", 116, "warning", "The threshold of 500 was EXCEEDED.", True, "fail"),
        ("Directory Synchronization", 116, "information", "The threshold is 500.", True, "report"),
        ("Directory Synchronization", 611, "error", "", True, "fail"),
        ("Directory Synchronization", 611, "error", "", False, "report"),
        ("Directory Synchronization", 611, "error", "", None, "report"),
        ("PasswordResetService", 31034, "error", "", True, "fail"),
        ("PasswordResetService", 32014, "warning", "", True, "report"),
        ("PasswordResetService", 33004, "error", "", True, "report"),
        ("Microsoft Entra Connect Upgrade", 304, "error", "", True, "fail"),
        ("Nobody", 1, "error", "", True, "report"),
    ],
)
def test_an_event_is_judged_by_the_table(provider: str, number: int, level: str, messages: str, active: bool | None, verdict: str) -> None:
    """By provider, id, level, text, and whether the server is active."""
    assert health.explained(event(provider, number, level, messages=messages), active)["verdict"] == verdict


def test_every_row_of_the_table_can_be_met() -> None:
    """No row stands behind another one that takes all its events, and each says what it means and what to do."""
    for row in health.table()["events"]:
        assert row["verdict"] in ("fail", "warn", "report") and row["meaning"].endswith(".") and row["do"].endswith("."), row
        number = row["ids"][0] if isinstance(row["ids"][0], int) else int(row["ids"][0].partition("-")[0])
        text = str(row.get("text") or "").partition("|")[0] or "It tells something."
        found = health.explained(event(row["provider"], number, row.get("level") or "warning", messages=text), True)
        assert (found["meaning"], found["verdict"]) == (row["meaning"], row["verdict"]), row
        assert row["provider"] in (*PROVIDERS,), row


def test_what_was_there_before_is_old() -> None:
    """By provider, id and level, at a similar rate; one more is nothing new."""
    before = health.judge(answer(event("ADSync", 6801, count=2), event("ADSync", 6100, "warning", 4)), None, True)
    assert (len(before["new"]), before["old"], before["compared"]) == (2, [], False)
    seen = [
        event("ADSync", 6801, count=6),
        event("ADSync", 6100, "warning", 13),
        event("ADSync", 6001),
        event("ADSync", 6100, "error"),
    ]
    after = health.judge(answer(*seen), before, True)
    assert [(each["id"], each["level"]) for each in after["old"]] == [(6801, "error")]
    assert [(each["id"], each["level"], each["verdict"]) for each in after["new"]] == [
        (6001, "error", "fail"),
        (6100, "warning", "warn"),
        (6100, "error", "warn"),
    ]
    assert [each["id"] for each in health.serious(after)] == [6001]


def test_once_again_is_nothing_new_after_a_minute() -> None:
    before = health.judge(answer(event("ADSync", 6801)), None, True)
    after = health.judge(answer(event("ADSync", 6801), since="2026-11-02T11:59:00.000000Z"), before, True)
    assert (after["new"], len(after["old"])) == ([], 1)


def test_a_server_that_was_not_read_before_is_compared_with_nothing() -> None:
    found = health.judge(answer(event("ADSync", 6801)), health.unread("gone"), True)
    assert (found["compared"], len(found["new"])) == (False, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"log_from": "", "log_error": "access denied"}, "access denied"),
        ({"log_from": "2026-11-02T11:00:00.000000Z"}, "the event log begins then"),
        ({"sources": []}, "no source"),
        ({"sources": [{"log": "Application", "provider": "ADSync", "read": False, "error": "no right"}]}, "no right"),
        ({"sources": [{"log": "Application", "provider": "ADSync", "read": True, "registered": False}]}, "does not know"),
        ({"sources": [{"log": "Application", "provider": "ADSync", "read": True, "registered": True, "cut": True}]}, "more than were read"),
        ({"services": [{"name": "ADSync", "found": None}]}, "service ADSync"),
        ({"imports": None}, "run history"),
        ({"password_sync": None}, "password hashes"),
    ],
)
def test_what_was_not_read_is_told(changes: dict[str, Any], words: str) -> None:
    (said,) = health.judge(answer(**changes), None, True)["not_read"]
    assert words in said


def test_a_provider_that_nobody_needs_may_be_missing() -> None:
    sources = [{"log": "Application", "provider": "AzureADConnect", "read": True, "registered": False, "cut": False, "error": ""}]
    assert health.judge(answer(sources=sources), None, True)["not_read"] == []


@pytest.mark.parametrize(
    ("changes", "on", "told"),
    [
        ({}, True, (True, False)),
        ({"password_sync": []}, True, (True, True)),
        ({"password_sync": [{"succeeded": "2026-11-02T10:59:00.000000Z"}]}, True, (True, True)),
        ({"password_sync": [{"succeeded": ""}, {"succeeded": "2026-11-02T11:30:00.000000Z"}]}, True, (True, False)),
        ({}, False, (False, None)),
        ({}, None, (False, None)),
        ({"staging": True}, True, (False, None)),
        ({"staging": None}, True, (False, None)),
        ({"password_sync": None}, True, (False, None)),
    ],
)
def test_password_hashes_are_judged_where_they_are_synchronised(changes: dict[str, Any], on: bool | None, told: tuple[bool, bool | None]) -> None:
    """Only on the active server, and only where they are on at all."""
    found = health.judge(answer(**changes), None, on)["password_hashes"]
    assert (found["checked"], found.get("late")) == told


def test_whether_hashes_are_synchronised_at_all() -> None:
    rows = answer()["password_sync"]
    assert health.hashed({"srv1": {"password_sync": rows}, "srv2": {"password_sync": None}}) is True
    assert health.hashed({"srv1": {"password_sync": [{"succeeded": ""}]}}) is False
    assert health.hashed({"srv1": {"password_sync": None}}) is health.hashed({}) is None


def test_an_import_that_goes_on_is_neither_good_nor_bad() -> None:
    rows = [{"complete": True, "result": "success"}, {"complete": True, "result": "stopped-connectivity"}, {"complete": False, "result": ""}]
    assert [each["ok"] for each in health.judge(answer(imports=rows), None, True)["imports"]] == [True, False, None]


def test_it_is_told_in_lines() -> None:
    """What a person should look at, and what nobody knows."""
    bad = answer(
        event("ADSync", 6801), imports=[{"connector": "contoso.local", "complete": True, "result": "stopped-connectivity"}], password_sync=None
    )
    said = "\n".join(lines({"srv1": health.judge(bad, None, True), "srv2": health.unread("unreachable: no route")}))
    for words in (
        "srv1: new kinds",
        "1 serious",
        "last import failed: contoso.local",
        "fail: 1 x ADSync 6801",
        "'It failed.'",
        "compared with nothing",
    ):
        assert words in said
    assert "srv2: not read (unreachable: no route)" in said


@pytest.mark.parametrize(
    ("told", "certificate", "not_read"),
    [
        ({}, {"checked": True, "ends": "2027-11-02T12:00:00.000000Z", "days": 365, "soon": False}, []),
        (
            {"certificate_ends": "2026-11-22T13:00:00.000000Z"},
            {"checked": True, "ends": "2026-11-22T13:00:00.000000Z", "days": 20, "soon": True},
            [],
        ),
        ({"certificate": "", "certificate_ends": ""}, {"checked": False}, []),  # it signs in by an account
        ({"certificate_ends": ""}, {"checked": False}, ["certificate: its end cannot be read"]),
        ({"certificate": None, "certificate_ends": ""}, {"checked": False}, ["certificate: the cloud identity cannot be read"]),
    ],
)
def test_the_certificate_of_the_sign_in(told: dict[str, Any], certificate: dict[str, Any], not_read: list[str]) -> None:
    """Its end is told where it is known; one that cannot be read is told as not read, and none at all is neither."""
    server = health.judge(answer(**told), None, True)
    assert server["certificate"] == certificate
    assert server["not_read"] == not_read
    assert any("its certificate ends at" in line for line in lines({"srv1": server})) is certificate.get("soon", False)
