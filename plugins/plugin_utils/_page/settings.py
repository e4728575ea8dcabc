# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the settings of servers differ: a part of a run's page, and the page of a comparison, which says the same.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules.config.tables import counted, groups, verdict_words, wizard_unread
from .parts import Values, mapping, rows, section, table, words

UNCHECKED = "not checked"


def settings_sections(told: Mapping[str, Any]) -> list[Values]:
    """What was compared, then every difference of each server, as ``adsync_config_diff`` tells them; none where nothing was."""
    if not told:
        return []
    compared = {str(name): mapping(each) for name, each in mapping(told.get("comparisons")).items()}
    return [
        _overview(told, compared),
        *(_differences(number, told, *each) for number, each in enumerate(compared.items(), 1) if rows(each[1].get("differences"))),
    ]


def comparison_page(told: Mapping[str, Any]) -> Values:
    """The page of one comparison alone; the heaviest verdict is its outcome."""
    compared = {str(name): mapping(each) for name, each in mapping(told.get("comparisons")).items()}
    outcomes = words()["comparisons"]
    outcome = next((each for each in outcomes if each in [_verdict(one) for one in compared.values()]), UNCHECKED)
    return {
        "title": f"Comparison of settings: {', '.join(compared)} against {told.get('reference') or 'none'}",
        "outcome": outcome,
        "mark": outcomes[outcome]["mark"],
        "meaning": outcomes[outcome]["text"],
        "lines": [
            f"{name}: {counted(mapping(each.get('by_verdict'))) if each.get('checked') else _why_not(each)}" for name, each in compared.items()
        ],
        "sections": settings_sections(told),
        "footer": f"Made at {told.get('written_at') or 'an unknown time'}. The text and JSON files beside it have the same facts.",
    }


def _verdict(found: Mapping[str, Any]) -> str:
    return str(found.get("verdict")) if found.get("checked") else UNCHECKED


def _why_not(found: Mapping[str, Any]) -> str:
    return f"not checked: {found.get('reason') or 'no reason was given'}"


def _sides(told: Mapping[str, Any], name: str, found: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    one = found.get("reference") if isinstance(found.get("reference"), Mapping) else {"name": told.get("reference") or "the reference"}
    return mapping(one), mapping(found.get("other")) or {"name": name}


def _overview(told: Mapping[str, Any], compared: Mapping[str, Mapping[str, Any]]) -> Values:
    verdicts = [
        (name, told.get("reference"), _verdict(each), each.get("by_group") or "", "" if each.get("checked") else _why_not(each))
        for name, each in compared.items()
    ]
    sides = {str(side.get("name")): side for name, each in compared.items() for side in _sides(told, name, each) if side.get("computer")}
    exports = [
        (name, each.get("path") or each.get("reason") or "not read", each.get("sha256") or "", each.get("taken_at") or "")
        for name, each in ((name, mapping(value)) for name, value in mapping(told.get("servers")).items())
    ]
    upgraded = (
        [
            (name, _verdict(mapping(each)), mapping(each).get("rules") or "none", mapping(mapping(each).get("files")).get("html") or "")
            for name, each in mapping(told.get("upgraded")).items()
        ]
        if isinstance(told.get("upgraded"), Mapping)
        else []
    )
    return section(
        "settings",
        "Settings compared",
        tables=[
            table("Servers", ("server", "compared with", "verdict", "differences by group", "why not"), verdicts),
            table(
                "What was compared",
                ("server", "version", "computer", "wizard file"),
                [(name, each.get("version") or "unknown", each.get("computer"), each.get("wizard_file") or "none") for name, each in sides.items()],
            ),
            table("What the upgrade made of them", ("server", "before and after", "rules that it reset", "page"), upgraded),
            table("Rules that an upgrade would reset", ("rule",), [(each,) for each in told.get("at_risk") or []]),
            table("Exports of the settings, on the controller", ("server", "folder", "SHA-256", "taken at"), exports),
        ],
    )


def _differences(number: int, told: Mapping[str, Any], name: str, found: Mapping[str, Any]) -> Values:
    one, two = _sides(told, name, found)
    meaning, order = verdict_words(), list(words()["comparisons"])
    heavy = sorted(rows(found.get("differences")), key=lambda each: order.index(each["verdict"]) if each.get("verdict") in order else 0)
    tables = []
    for group in groups():
        lines = [
            (
                each.get("title"),
                each.get("field") or "the whole",
                each.get("reference") or "nothing",
                each.get("other") or "nothing",
                each.get("verdict"),
                f"{meaning.get(str(each.get('verdict')), '')}; {each.get('why') or ''}",
            )
            for each in heavy
            if each.get("group") == group
        ]
        columns = ("what", "property", f"only {one.get('name')}", f"only {two.get('name')}", "verdict", "what that means")
        tables.append(table(f"{group.replace('_', ' ').capitalize()}: {len(lines)}", columns, lines))
    text = [] if found.get("wizard_compared", True) else [wizard_unread().capitalize()]
    return section(f"settings-{number}", f"Differences of {two.get('name')} against {one.get('name')}", text, tables)
