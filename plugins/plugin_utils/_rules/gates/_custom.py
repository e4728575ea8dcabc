# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gates of the user's own: a JMESPath expression over one document of all facts, and what it has to give.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from ..describe import describe
from ..refusals import Refusal
from ..situation import Situation
from ._gate import Checked

VARIABLE = "entra_connect_custom_gates"
KEYS = ("id", "query", "expect", "message")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
MOST_SHOWN = 300  # characters of what a query gave


def document(situation: Situation) -> dict[str, Any]:
    """What the expressions are about: ``servers`` by name, ``goal``, ``plan`` and ``evidence`` by kind.

    A server is what ``adsync_info`` returns as ``info``, with ``prerequisites`` as ``adsync_prerequisite_info`` returns them.
    """
    prerequisites = situation.evidence.get("prerequisites") or {}
    plan = situation.plan
    return {
        "servers": {name: {**describe(read), "prerequisites": prerequisites.get(name)} for name, read in sorted(situation.reads.items())},
        "goal": dict(vars(situation.goal)),
        "plan": {
            "switching": plan.switching,
            "upgrading": list(plan.upgrading),
            "promoted": [move.server for move in plan.promotions],
            "demoted": [move.server for move in plan.demotions],
            "steps": [step.action for step in plan.steps],
        },
        "evidence": dict(situation.evidence),
    }


def judge_custom(gate: Mapping[str, Any], facts: Mapping[str, Any]) -> Checked:
    """Whether the expression gives what is expected; one that cannot be worked out on these facts fails, since it tells nothing."""
    import jmespath

    try:
        found = jmespath.search(str(gate["query"]), facts)
    except (jmespath.exceptions.JMESPathError, TypeError, ValueError) as error:
        found = f"no value: {' '.join(str(error).split())}"
        return _failed(gate, found), [], found
    shown = json.dumps(found, sort_keys=True, default=str)[:MOST_SHOWN]
    same = _same(found, gate["expect"])
    return ([] if same else _failed(gate, shown)), [], f"{gate['query']} gives {shown}"


def _failed(gate: Mapping[str, Any], found: str) -> list[Refusal]:
    expected = json.dumps(gate["expect"], sort_keys=True, default=str)
    return [Refusal("custom_gate", "", {"gate": gate["id"], "message": str(gate["message"]).rstrip("."), "found": found, "expected": expected})]


def _same(found: Any, expected: Any) -> bool:
    """Equal as JSON is: 1 is not true, and the order of keys is nothing."""
    return json.dumps(found, sort_keys=True, default=str) == json.dumps(expected, sort_keys=True, default=str)


def wrong_custom_gates(gates: Any, known: Collection[str]) -> list[str]:
    """One sentence for each gate that cannot be meant, with what to write instead.

    Args:
        known: ids of the built-in gates.
    """
    if gates is None or gates == "" or gates == []:
        return []
    if not isinstance(gates, list):
        return [f"{VARIABLE} is '{gates}'; write a list of mappings with {', '.join(KEYS)}"]
    try:
        import jmespath
    except ImportError:
        return [f"{VARIABLE} needs the Python package jmespath, which the controller lacks; install it (pip install jmespath) or leave them out"]
    sentences: list[str] = []
    seen: set[str] = set()
    for number, gate in enumerate(gates, 1):
        here = f"{VARIABLE}, gate {number}"
        if not isinstance(gate, Mapping):
            sentences.append(f"{here} is '{gate}'; write a mapping with {', '.join(KEYS)}")
            continue
        sentences += [f"{here} has no '{key}'; write it" for key in KEYS if key not in gate]
        sentences += [f"{here} has '{key}', which means nothing; write only {', '.join(KEYS)}" for key in gate if key not in KEYS]
        name = gate.get("id")
        if isinstance(name, str) and name in known:
            sentences.append(f"{here} has the id {name} of a built-in gate; choose another one")
        elif "id" in gate and not (isinstance(name, str) and _NAME.fullmatch(name)):
            sentences.append(f"{here} has the id '{name}'; write a letter and at most 39 letters, digits, '_', '.' or '-'")
        elif name in seen:
            sentences.append(f"{here} has the id {name}, as another one before it; choose another one")
        seen.add(str(name))
        sentences += _wrong_query(jmespath, here, gate["query"]) if "query" in gate else []
        if "message" in gate and not (isinstance(gate["message"], str) and gate["message"].strip()):
            sentences.append(f"{here} has no message; write in words what is wrong where it fails")
    return sentences


def _wrong_query(jmespath: Any, here: str, query: Any) -> list[str]:
    try:
        jmespath.compile(query)
    except (jmespath.exceptions.JMESPathError, TypeError, ValueError, AttributeError) as error:
        why = str(error).splitlines()[0].rstrip(":. ") if str(error) else type(error).__name__
        return [f"{here} has the query '{query}', which is no JMESPath expression ({why}); correct it (jmespath.org)"]
    return []
