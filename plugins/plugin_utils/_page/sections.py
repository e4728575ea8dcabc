# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which parts the page of a result file has. A part of which the run knows nothing is left out, or says that it was not checked.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .evidence import evidence_sections
from .head import head, next_section
from .parts import Values, mapping, rows, section, table, told, words
from .timeline import timeline_section

OVERRIDDEN = "overridden: "
_WEIGHTS = {"fail": 0, "warn": 1, "pass": 2}  # what needs a look stands first
_VERSIONS = {"engine": "engine", "wizard": "wizard", "configuration": "configured", "supported": "supported", "end_of_support": "end of support"}


def page_of(result: Mapping[str, Any]) -> Values:
    """Everything that the template shows."""
    made = [
        next_section(result),
        _against(result),
        _servers(result),
        timeline_section(result),
        _gates(result),
        _overrides(result),
        _plan(result),
        *evidence_sections(result),
        _journal(result),
        _asked(result),
    ]
    written = result.get("written_at") or "now"
    return {
        **head(result),
        "sections": [each for each in made if each is not None],
        "footer": f"Run {result.get('run_id') or 'unknown'}, written {written}. The JSON file beside it has the same facts.",
    }


def _against(result: Mapping[str, Any]) -> Values | None:
    against = [(each.get("server") or "the topology", each.get("text"), each.get("next"), each.get("code")) for each in rows(result.get("refusals"))]
    columns = ("server", "what is wrong", "what to do", "code")
    return section("against", "What stands against it", tables=[table("Reasons", columns, against)]) if against else None


def _asked(result: Mapping[str, Any]) -> Values:
    goal = mapping(result.get("goal"))
    facts = [
        ("playbook", result.get("playbook")),
        ("run", result.get("run_id")),
        ("came to", result.get("phase")),
        ("check mode", result.get("check_mode")),
        ("wanted active server", goal.get("active")),
        ("active server before", goal.get("former")),
        ("wanted version", goal.get("version")),
        ("method", goal.get("method")),
        ("order", goal.get("order")),
    ]
    return section(
        "asked", "What was asked", tables=[table("Goal and run", ("fact", "value"), [each for each in facts if each[1] not in (None, "")])]
    )


def _gates(result: Mapping[str, Any]) -> Values | None:
    tables = []
    for key, moment in words()["moments"].items():
        heavy = sorted(rows(result.get(key)), key=lambda each: _WEIGHTS.get(str(each.get("verdict")), 1))
        lines = [(each.get("id"), each.get("title"), each.get("verdict"), each.get("evidence"), each.get("text") or "") for each in heavy]
        tables.append(table(f"Gates {moment}", ("gate", "what it wants", "verdict", "what it saw", "what stands against it"), lines))
    return section("gates", "Gates", tables=tables) if any(each["rows"] for each in tables) else None


def _overrides(result: Mapping[str, Any]) -> Values | None:
    """Each gate that failed and was accepted, with the reason that was given for it."""
    given = {str(gate): told(reason) for gate, reason in mapping(result.get("overrides")).items()}
    for key in words()["moments"]:
        for each in rows(result.get(key)):
            if str(each.get("evidence") or "").startswith(OVERRIDDEN):
                given.setdefault(str(each.get("id")), str(each["evidence"])[len(OVERRIDDEN) :].partition("; ")[0])
    if not given:
        return None
    return section("overrides", "Overrides", tables=[table("Gates whose failure was accepted", ("gate", "reason"), sorted(given.items()))])


def _plan(result: Mapping[str, Any]) -> Values | None:
    plan = mapping(result.get("plan"))
    if not plan:
        return None
    steps = [(number, each.get("action"), each.get("server"), each.get("detail") or "") for number, each in enumerate(rows(plan.get("steps")), 1)]
    text = [f"Plan {plan.get('id')}" if steps else "Nothing was left to do.", *(str(each) for each in plan.get("notes") or [])]
    return section("plan", "Plan", text, [table("Steps", ("number", "action", "server", "details"), steps)])


def _servers(result: Mapping[str, Any]) -> Values | None:
    columns = ("server", "role", "why", "version", "read at")
    tables = []
    for key, caption in (("servers_left", "Now, as the run left them"), ("servers_found", "When the run looked first")):
        found = mapping(result.get(key))
        keys = ("role", "reason", "version", "read_at")
        tables.append(table(caption, columns, [(name, *(mapping(each).get(one) or "" for one in keys)) for name, each in found.items()]))
    fences = [(each.get("server"), {key: value for key, value in each.items() if key != "server"}) for each in rows(result.get("fences"))]
    tables.append(table("Declared out", ("server", "fence"), fences))
    versions = [
        (name, when, *(mapping(mapping(each).get(when)).get(key, "") for key in _VERSIONS))
        for name, each in mapping(result.get("versions")).items()
        for when in ("before", "after")
        if mapping(each).get(when)
    ]
    tables.append(table("Versions", ("server", "when", *_VERSIONS.values()), versions))
    return section("servers", "Servers", tables=tables) if any(each["rows"] for each in tables) else None


def _journal(result: Mapping[str, Any]) -> Values | None:
    lines = []
    for name, entries in mapping(result.get("journal")).items():
        lines += [(str(each.get("at")), name, each.get("function"), each.get("what")) for each in rows(entries)]
    if not lines:
        return None
    text = ["What this collection asked of each server, by that server's own clock."]
    return section("journal", "Journal", text, [table("Entries", ("time", "server", "function", "what"), sorted(lines, key=lambda each: each[0]))])
