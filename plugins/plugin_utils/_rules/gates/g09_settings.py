# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G9: a server that is set up otherwise exports other things as its first act.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..refusals import Refusal
from ..roles import shut_off_by_us
from ..situation import Situation
from ._facts import judged
from ._gate import BEFORE, Check, Checked, Gate, Said
from ._words import otherwise

TOLD = 3  # differences that a sentence names; all of them are in the comparison

GATE = Gate(
    id="G9",
    title="the servers are set up alike",
    moments=(BEFORE,),
    reads="An export of every server's settings, compared with that of the active one: rules, scope, attributes, run profiles, features, settings.",
    verdict="Fails where rules, scope or anchor of a server that is promoted differ from the active one's; other differences, those of other "
    "servers, and what was not compared, only warn. So does all of it where a run goes on or goes back.",
    todo="Look at the comparison (HTML below settings in the report folder); bring the servers to the same settings, or override it with the reason.",
    protects="S5",
    why="Objects that only one server has in its scope are deleted by the other, and rules of one server overwrite what those of the other wrote.",
    shows=("settings_differ", "settings_not_checked"),
    codes={
        "settings_differ": Said(
            "{server} is set up otherwise than {reference} ({detail}).",
            "Look at the comparison below settings in the report folder; bring both to the same settings, or write the reason as G9 of "
            "entra_connect_overrides.",
        ),
        "settings_differ_elsewhere": Said(
            "{server} differs from {reference} in what only is told ({detail}).",
            "Look at the comparison below settings in the report folder.",
        ),
        "settings_not_checked": Said(
            "The settings of {server} were not compared ({detail}).",
            "Run hybrid_identity.entra_connect.compare_settings once all servers can be read.",
        ),
        "rules_reset": Said(
            "An upgrade resets changed standard rules; one server has changed {detail}.",
            "Copy a changed rule into one of your own and disable the standard one before the upgrade; what became of each rule is told after it.",
        ),
    },
    checks=(
        Check(("settings_differ",), "What another set of rules or units makes of the directory is exported at once.", function="_judge"),
        Check(("settings_differ_elsewhere",), "A feature or attribute that only one server has is missed later.", function="_judge"),
        Check(("settings_not_checked",), "Settings that nobody compared are not alike."),
        Check(("rules_reset",), "A rule that is reset changes what is exported after the upgrade.", function="_upgrade"),
    ),
)


def check(situation: Situation) -> Checked:
    """The servers are set up alike."""
    found = situation.evidence.get("settings")
    found = found if isinstance(found, Mapping) else {}
    compared: Mapping[str, Any] = found.get("comparisons") or {}
    reference = str(found.get("reference") or "")
    fails: list[Refusal] = []
    warns: list[Refusal] = _upgrade(situation, found)
    said: list[str] = []
    for name in sorted(situation.reads):
        if name == reference and compared:
            continue
        one = compared.get(name) or {"checked": False, "reason": "no comparison was made"}
        if one.get("checked"):
            some_fail, some_warn = _judge(situation, name, reference, one)
            fails, warns = [*fails, *some_fail], [*warns, *some_warn]
            said.append(f"{name} {one.get('verdict')}")
        elif _waits(situation, name, reference):
            said.append(f"{name} judged when it runs again")
        else:
            warns.append(Refusal("settings_not_checked", name, {"detail": str(one.get("reason") or "unknown")}))
            said.append(f"{name} not checked")
    told = f"compared with {reference}: {', '.join(said)}" if reference and compared else f"not compared: {', '.join(said)}"
    return judged(situation, fails, warns, told if situation.plan.switching else f"{told}; {otherwise(situation, '')}")


def _waits(situation: Situation, name: str, reference: str) -> bool:
    """Whether it could not be compared because a hold of ours shut it, or the one that it is compared with, off."""
    return any(each in situation.reads and shut_off_by_us(situation.reads[each]) for each in (name, reference))


def _judge(situation: Situation, name: str, reference: str, one: Mapping[str, Any]) -> tuple[list[Refusal], list[Refusal]]:
    """What one comparison says for this plan."""
    differences = [each for each in one.get("differences") or [] if isinstance(each, Mapping)]
    heavy = [each for each in differences if each.get("verdict") == "refuse"]
    light = [each for each in differences if each.get("verdict") == "warn"]
    warns = [Refusal("settings_differ_elsewhere", name, {"reference": reference, "detail": _some(light)})] if light else []
    if not heavy:
        return [], warns
    promoted = {read.name for read, _move in situation.promoted}
    refusals = [Refusal("settings_differ", name, {"reference": reference, "detail": _some(heavy)})]
    return (refusals, warns) if {name, reference} & promoted else ([], [*refusals, *warns])


def _upgrade(situation: Situation, found: Mapping[str, Any]) -> list[Refusal]:
    """Standard rules that an upgrade of this plan would reset, as far as exports tell."""
    rules = [str(each) for each in found.get("at_risk") or []]
    if not rules or not situation.plan.upgrading:
        return []
    more = f" and {len(rules) - TOLD} more" if len(rules) > TOLD else ""
    return [Refusal("rules_reset", "", {"detail": ", ".join(rules[:TOLD]) + more})]


def _some(differences: list[Mapping[str, Any]]) -> str:
    """How many there are, and the first of them."""
    named = [": ".join(part for part in (str(each.get("title")), str(each.get("field") or "")) if part) for each in differences[:TOLD]]
    more = f" and {len(differences) - TOLD} more" if len(differences) > TOLD else ""
    return f"{'; '.join(named)}{more}"
