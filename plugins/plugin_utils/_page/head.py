# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page says first: the outcome, who is active now, and what to do next.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .parts import Values, mapping, rows, section, words


def head(result: Mapping[str, Any]) -> Values:
    """Title, outcome with its meaning, and the lines below it."""
    outcome = str(result.get("outcome") or "unknown")
    word = words()["outcomes"].get(outcome, {"mark": "look", "text": ""})
    servers = ", ".join(str(each) for each in result.get("servers") or [])
    said = [str(each) for each in (result.get("message"), result.get("reason")) if each]
    return {
        "title": f"{result.get('playbook') or 'run'}{f' of {servers}' if servers else ''}",
        "outcome": outcome,
        "mark": word["mark"],
        "meaning": word["text"],
        "lines": [*said, _active(result)],
    }


def _active(result: Mapping[str, Any]) -> str:
    """Who is active, by the last read of this run; what was not read again is said to be of its beginning."""
    left = mapping(result.get("servers_left"))
    read = left or mapping(result.get("servers_found"))
    if not read:
        return "Who is active was not read."
    by_role: dict[str, list[str]] = {}
    for name, each in read.items():
        by_role.setdefault(str(mapping(each).get("role") or "unknown"), []).append(str(name))
    active = by_role.pop("active", [])
    others = "; ".join(f"{role}: {', '.join(names)}" for role, names in sorted(by_role.items()))
    nobody = "nobody is known to be" if "unknown" in by_role else "nobody"
    when = "Active now" if left else "Active when the run looked first"
    return f"{when}: {', '.join(active) or nobody}{f' ({others})' if others else ''}."


def next_section(result: Mapping[str, Any]) -> Values:
    """What to do now, in this order."""
    steps = [str(each) for each in (result.get("next_command"), *(result.get("next_steps") or [])) if each]
    steps += [f"To remove what is left by hand: {each}" for each in result.get("by_hand") or []]
    warnings = [str(each) for each in result.get("warnings") or []]
    told = {str(each.get("id")) for key in words()["moments"] for each in rows(result.get(key)) if each.get("verdict") != "pass"}
    warnings += [f"Gates that somebody should look at, see below: {', '.join(sorted(told))}."] if told else []
    usual = words()["next"].get(str(result.get("outcome")), words()["next"]["unknown"])
    return section("next", "What to do next", warnings, steps=steps or [usual])
