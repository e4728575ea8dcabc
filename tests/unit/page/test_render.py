# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report's page: it says what the result file says, loads nothing, runs nothing, and can be read by everybody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _page
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._page.parts import words
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._page.render import render
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.outcomes import OUTCOMES

from .reader import Page

SPAN = {"began_after": "", "ended_by": "2026-11-02T20:10:05Z", "exporting_cycles": 4}
RESULT: dict[str, Any] = {
    "outcome": "done",
    "playbook": "swing_upgrade",
    "run_id": "5f2a9c0d1e7b",
    "phase": "finished",
    "check_mode": False,
    "servers": ["srv1", "srv2"],
    "goal": {"active": "srv2", "former": "srv1", "version": "2.6.92.0", "method": "settings", "order": "staging_first"},
    "plan": {"id": "ab12", "steps": [{"action": "demote", "server": "srv1", "detail": "method settings"}], "notes": ["sign-ins go on"]},
    "gates": [
        {
            "id": "G9",
            "title": "settings are the same",
            "verdict": "warn",
            "evidence": "overridden: CHG-123; 1 rule differs",
            "text": ["A rule differs."],
        }
    ],
    "gates_after": [{"id": "G21", "title": "it exports", "verdict": "pass", "evidence": "first export of srv2: 3 adds", "text": []}],
    "overrides": {"G9": "rule renamed on purpose, CHG-123"},
    "servers_found": {"srv1": {"role": "active", "reason": "both readings", "version": "2.5.79.0", "read_at": "2026-11-02T20:00:00Z"}},
    "servers_left": {"srv1": {"role": "staging", "reason": "both readings", "version": "2.6.92.0", "read_at": "2026-11-02T21:00:00Z"}},
    "versions": {"srv1": {"before": "2.5.79.0", "after": "2.6.92.0"}},
    "fences": [{"server": "srv9", "kind": "powered_off"}],
    "pending": {
        "before": {
            "srv1": {"read": False, "reason": "the service is stopped"},
            "srv2": {
                "read": True,
                "connectors": [
                    {
                        "connector": "contoso.local",
                        "adds": 0,
                        "updates": 12,
                        "deletes": None,
                        "attributes": [{"name": "proxyAddresses", "changed": 12}, {"name": "member", "changed": 0}],
                        "samples": [{"dn": "CN=Eve", "operation": "update", "attributes": "mail"}],
                    }
                ],
            },
        }
    },
    "settings": {
        "reference": "srv1",
        "comparisons": {
            "srv2": {
                "checked": True,
                "verdict": "differs",
                "by_group": {"rules": 1},
                "differences": [
                    {"group": "rules", "verdict": "fail", "title": "In from AD", "field": "precedence", "reference": "100", "other": "107"}
                ],
            },
            "srv3": {"checked": False, "reason": "no export of it"},
        },
        "at_risk": ["Out to AAD - User Join"],
        "servers": {"srv1": {"path": "/reports/srv1/export", "sha256": "97906f9f"}},
    },
    "snapshot": {"srv1": {"id": "snap-77"}},
    "first_export": {"contoso.onmicrosoft.com - AAD": {"adds": 3, "updates": 0, "deletes": 0, "failures": 0}},
    "tenant": {"last_exporter": "SRV2"},
    "object": {"object": "CN=Zoe", "seen_at": None},
    "health": {
        "srv2": {
            "new": [
                {"provider": "ADSync", "id": 6100, "verdict": "warn", "count": 2, "last": "x", "meaning": "Errors.", "messages": ["CN=Max failed"]}
            ],
            "services": [{"name": "ADSync", "found": True, "status": "Running", "start_type": "Automatic"}],
            "imports": [{"connector": "contoso.local", "result": "success"}],
            "password_hashes": {"checked": True, "last": "y", "age_seconds": 61, "late": False},
            "not_read": ["events of PasswordResetService: no right"],
        }
    },
    "timeline": {
        "text": ["no overlap; nobody exported for 6 min 12 s"],
        "covered_from": "2026-11-02T19:00:00Z",
        "until": "2026-11-02T21:00:00Z",
        "spans": [
            {**SPAN, "server": "srv1", "start": "2026-11-02T19:00:00Z", "end": "2026-11-02T20:10:00Z"},
            {**SPAN, "server": "srv2", "start": "2026-11-02T20:16:12Z", "end": "2026-11-02T21:00:00Z", "ended_by": ""},
        ],
        "gaps": [{"after": "srv1", "before": "srv2", "shortest": 372.0, "longest": 372.0, "text": "nobody exported for 6 min 12 s"}],
        "overlaps": [],
    },
    "journal": {"srv1": [{"at": "2026-11-02T20:10:00.123456Z", "function": "Enable-EntraSyncStaging", "what": "done"}]},
}
STOPPED: dict[str, Any] = {
    "outcome": "stopped_zero_active",
    "playbook": "switch_roles",
    "message": "srv2 did not answer.",
    "refusals": [{"code": "unreachable", "server": "srv2", "text": "srv2 cannot be reached.", "next": "Check its name."}],
    "next_command": "Check its name.",
    "by_hand": ["ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=released"],
    "warnings": ["srv1 has been held for 7 days."],
    "gates_stopped": [{"id": "G10", "title": "nothing else", "verdict": "fail", "evidence": "see above", "text": ["The wizard is open on srv2."]}],
    "timeline": {"reason": "srv2: unreachable: no route", "ok": False},
}
FACTS = [
    "swing_upgrade of srv1, srv2",
    "5f2a9c0d1e7b",
    "2.5.79.0",
    "2.6.92.0",
    "rule renamed on purpose, CHG-123",
    "A rule differs.",
    "first export of srv2: 3 adds",
    "no overlap; nobody exported for 6 min 12 s",
    "372.0",
    "sign-ins go on",
    "method settings",
    "snap-77",
    "SRV2",
    "CN=Zoe",
    "CN=Max failed",
    "events of PasswordResetService: no right",
    "Enable-EntraSyncStaging",
    "contoso.onmicrosoft.com - AAD",
    "powered_off",
    "the service is stopped",
    "srv2 before anything changed contoso.local 0 12 unknown",
    "proxyAddresses",
    "CN=Eve update mail",
    "In from AD precedence 100 107",
    "no export of it",
    "Out to AAD - User Join",
    "97906f9f",
]


@pytest.mark.parametrize(
    "result", [{}, RESULT, STOPPED, {"outcome": "refused"}, {"outcome": "no word of ours"}], ids=["nothing", "done", "stopped", "refused", "odd"]
)
def test_a_page_is_whole_loads_nothing_and_can_be_read(result: dict[str, Any]) -> None:
    """Whatever of a result is there."""
    page = Page(render(result))
    assert (page.unclosed, page.loads, page.unusable) == ([], [], [])


@pytest.mark.parametrize("fact", FACTS)
def test_the_page_says_what_the_file_says(fact: str) -> None:
    assert fact in Page(render(RESULT)).text


@pytest.mark.parametrize(
    "fact", ["stopped_zero_active", "srv2 did not answer.", "srv2 cannot be reached.", "state=released", "7 days", "The wizard is open", "no route"]
)
def test_a_run_that_stopped_says_what_is_left_and_what_to_do(fact: str) -> None:
    assert fact in Page(render(STOPPED)).text


@pytest.mark.parametrize(
    ("roles", "found", "line"),
    [
        ({"srv1": "staging", "srv2": "active"}, {}, "Active now: srv2 (staging: srv1)."),
        ({"srv1": "held", "srv2": "unknown"}, {}, "Active now: nobody is known to be (held: srv1; unknown: srv2)."),
        ({"srv1": "held", "srv2": "staging"}, {}, "Active now: nobody (held: srv1; staging: srv2)."),
        ({"srv1": "active", "srv2": "active"}, {}, "Active now: srv1, srv2."),
        ({}, {"srv1": "active"}, "Active when the run looked first: srv1."),
        ({}, {}, "Who is active was not read."),
    ],
)
def test_who_is_active_stands_beside_the_outcome(roles: dict[str, str], found: dict[str, str], line: str) -> None:
    """What was read last counts, and what was only read before is not called now."""
    given = {key: {name: {"role": role} for name, role in each.items()} for key, each in (("servers_left", roles), ("servers_found", found))}
    text = Page(render({**STOPPED, **given})).text
    assert text.index("stopped_zero_active") < text.index("srv2 did not answer.") < text.index(line) < text.index("What to do next")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_says_what_to_do_next(outcome: str) -> None:
    """Also where the run itself names no command."""
    assert f"What to do next {words()['next'][outcome]}" in Page(render({"outcome": outcome})).text


def test_what_needs_a_look_stands_first() -> None:
    """Among the gates of a moment, and by name above all of them."""
    gates = [{"id": each, "title": "t", "verdict": verdict} for each, verdict in (("G1", "pass"), ("G2", "warn"), ("G3", "fail"))]
    page = Page(render({"outcome": "refused", "gates": gates}))
    assert [row[0][2] for table in page.tables for row in table[1:] if row[0][2].startswith("G")] == ["G3", "G2", "G1"]
    assert "Gates that somebody should look at, see below: G2, G3." in page.text


def test_the_journal_is_in_the_order_in_which_it_was_written() -> None:
    """An intent and its result within one second too."""
    entries = [{"at": f"2026-11-02T20:10:00.{part}Z", "function": "Enter-EntraSyncHold", "what": what} for part, what in ((1, "intent"), (2, "done"))]
    page = Page(render({"outcome": "done", "journal": {"srv1": entries}}))
    assert [row[3][2] for table in page.tables for row in table[1:] if row[0][2] == "2026-11-02 20:10:00Z"] == ["intent", "done"]


def test_attributes_that_nothing_touches_are_left_out() -> None:
    assert "member" not in Page(render(RESULT)).text


def test_no_value_becomes_part_of_the_page() -> None:
    """Names and messages come from servers: whatever they hold is text, in every place of the file."""
    evil = "\"'><script>alert(1)</script><img src=http://x onerror=alert(1)>{{ 7 * 7 }}{% raw %}</style></title>\x00\ud800"

    def poisoned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key if key in _KEYS else f"{key}{evil}": poisoned(each) for key, each in value.items()}
        return [poisoned(each) for each in value] if isinstance(value, list) else f"{value}{evil}" if isinstance(value, str) else value

    text = render(poisoned(RESULT) | {"outcome": "done"})
    page = Page(text)
    assert page.loads == [] and page.unclosed == []
    assert {tag for tag, _given in page.tags} <= TAGS
    assert "7 * 7" in page.text and "49" not in page.text
    assert text.count("<style>") == text.count("</style>") == 1


_KEYS = {
    *RESULT,
    *(key for each in RESULT.values() if isinstance(each, dict) for key in each),
    *("new", "services", "imports", "password_hashes", "not_read", "spans", "gaps", "overlaps", "text", "steps", "notes", "server", "start", "end"),
    *("before", "connectors", "attributes", "samples", "comparisons", "differences", "at_risk", "checked", "read", "reference", "by_group"),
    *("provider", "id", "verdict", "count", "last", "meaning", "messages", "title", "evidence", "action", "detail", "function", "what", "at", "role"),
}
TAGS = {tag for tag, _given in Page(render(RESULT)).tags} | {"ol", "li"}


def test_the_picture_is_as_long_as_the_times_are() -> None:
    """70 minutes of 120, a gap, and the rest; who cannot see it reads the table."""
    page = Page(render(RESULT))
    spans = [given for tag, given in page.tags if tag == "rect" and given["class"] == "span"]
    assert [(given["x"], given["width"]) for given in spans] == [("200.0", "466.7"), ("708.0", "292.0")]
    assert [given.get("role") for tag, given in page.tags if tag == "svg"] == ["img"]


def test_every_outcome_has_its_words() -> None:
    assert set(words()["outcomes"]) == set(OUTCOMES)
    assert all(each["text"] and each["mark"] in ("good", "look", "bad") for each in words()["outcomes"].values())


def test_text_and_background_differ_enough() -> None:
    """A contrast of 7 to 1 for text (WCAG 2, level AAA), for each rule of the style that names both."""
    style = (Path(_page.__path__[0]) / "report.css").read_text(encoding="utf-8")
    pairs = re.findall(r"background: (#\w+); color: (#\w+)", style) + [
        (back, front) for front, back in re.findall(r"color: (#\w+); background: (#\w+)", style)
    ]
    assert len(pairs) == 4
    assert all(_contrast(one, two) >= 7 for one, two in pairs)
    assert "@media print" in style


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
