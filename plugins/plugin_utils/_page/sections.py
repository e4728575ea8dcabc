# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which parts the page of a result file has. A part of which the run knows nothing is left out, or says that it was not checked.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .evidence import evidence_sections
from .parts import Values, mapping, rows, section, table, told, words
from .timeline import timeline_section

OVERRIDDEN = "overridden: "


def page_of(result: Mapping[str, Any]) -> Values:
    """Everything that the template shows."""
    outcome = str(result.get("outcome") or "unknown")
    word = words()["outcomes"].get(outcome, {"mark": "look", "text": ""})
    servers = ", ".join(str(each) for each in result.get("servers") or [])
    made = [
        _outcome(result),
        _next(result),
        timeline_section(result),
        _gates(result),
        _overrides(result),
        _plan(result),
        _servers(result),
        *evidence_sections(result),
        _journal(result),
    ]
    written = result.get("written_at") or "now"
    return {
        "title": f"{result.get('playbook') or 'run'}{f' of {servers}' if servers else ''}",
        "outcome": outcome,
        "mark": word["mark"],
        "meaning": word["text"],
        "sections": [each for each in made if each is not None],
        "footer": f"Run {result.get('run_id') or 'unknown'}, written {written}. The JSON file beside it has the same facts.",
    }


def _outcome(result: Mapping[str, Any]) -> Values:
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
        ("reason", result.get("reason")),
    ]
    text = [str(result["message"])] if result.get("message") else []
    against = [(each.get("code"), each.get("server") or "the topology", each.get("text"), each.get("next")) for each in rows(result.get("refusals"))]
    return section(
        "outcome",
        "Outcome",
        text,
        [
            table("What was asked", ("fact", "value"), [each for each in facts if each[1] not in (None, "")]),
            table("What stands against it", ("reason", "server", "what is wrong", "what to do"), against),
        ],
    )


def _next(result: Mapping[str, Any]) -> Values | None:
    steps = [str(result["next_command"])] if result.get("next_command") else []
    steps += [f"Remove what is left by hand: {each}" for each in result.get("by_hand") or []]
    steps += [str(each) for each in result.get("next_steps") or []]
    warnings = [str(each) for each in result.get("warnings") or []]
    return section("next", "Next steps", warnings, steps=steps) if steps or warnings else None


def _gates(result: Mapping[str, Any]) -> Values | None:
    tables = []
    for key, moment in words()["moments"].items():
        lines = [
            (each.get("id"), each.get("title"), each.get("verdict"), each.get("evidence"), each.get("text") or "") for each in rows(result.get(key))
        ]
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
    for key, caption in (("servers_found", "Before"), ("servers_left", "Afterwards")):
        found = mapping(result.get(key))
        keys = ("role", "reason", "version", "read_at")
        tables.append(table(caption, columns, [(name, *(mapping(each).get(one) or "" for one in keys)) for name, each in found.items()]))
    fences = [(each.get("server"), {key: value for key, value in each.items() if key != "server"}) for each in rows(result.get("fences"))]
    tables.append(table("Declared out", ("server", "fence"), fences))
    versions = list(mapping(result.get("versions")).items())
    tables.append(table("Versions", ("server", "versions"), versions))
    return section("servers", "Servers", tables=tables) if any(each["rows"] for each in tables) else None


def _journal(result: Mapping[str, Any]) -> Values | None:
    lines = []
    for name, entries in mapping(result.get("journal")).items():
        lines += [(str(each.get("at"))[:19] + "Z", name, each.get("function"), each.get("what")) for each in rows(entries)]
    if not lines:
        return None
    text = ["What this collection asked of each server, by that server's own clock."]
    return section("journal", "Journal", text, [table("Entries", ("time", "server", "function", "what"), sorted(lines))])
