# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gates of the user's own: judged over all facts, overridden by their id, and told in one sentence where they cannot be meant."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates import GATES, GateResult, bad_overrides, run_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.gates._custom import KEYS, wrong_custom_gates
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.plan import Phase, Plan
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.situation import Situation

from . import builders

KNOWN = [gate.id for gate in GATES]


def own(query: str = "plan.switching", expect: Any = True, **changes: Any) -> dict[str, Any]:
    """A gate of the user's own."""
    return {"id": "mine", "query": query, "expect": expect, "message": "all is well", **changes}


def judged(gate: dict[str, Any], moment: str = "before", verb: str = "", **options: Any) -> GateResult | None:
    """Its verdict before a switch to srv2."""
    plan = Plan("id", (Phase("switch", ("srv1",), "srv2", "srv1"),), (), ("srv2",), ())
    evidence = {"prerequisites": {"srv1": builders.prerequisites("srv1"), "srv2": builders.prerequisites("srv2", sql_used_mb=700)}}
    reads = builders.of(builders.active("srv1"), builders.staging("srv2"))
    given = Situation(reads, builders.a_wish(verb=verb), plan, {"custom_gates": [gate], **options}, evidence, moment)
    return next((each for each in run_gates(given) if each.gate == "mine"), None)


@pytest.mark.parametrize(
    ("query", "expect", "verdict"),
    [
        ("plan.switching", True, "pass"),
        ("plan.upgrading", ["srv2"], "pass"),
        ("plan.promoted[0]", "srv2", "pass"),
        ("goal.active", "srv2", "pass"),
        ("servers.srv1.role", "active", "pass"),
        ("sum(values(servers)[].prerequisites.sql_used_mb)", 1200, "pass"),
        ("evidence.prerequisites.srv2.sql_used_mb", 700, "pass"),
        ("servers.srv9", None, "pass"),
        ("servers.srv1.role", "staging", "fail"),
        ("`1`", True, "fail"),
        ("length(servers.srv9)", 0, "fail"),
    ],
)
def test_a_gate_of_the_users_own(query: str, expect: Any, verdict: str) -> None:
    """Equal as JSON; an expression that cannot be worked out on these facts says nothing good."""
    result = judged(own(query, expect))
    assert result is not None
    assert result.verdict == verdict, result
    assert [(each.code, each.params["gate"]) for each in result.refusals] == ([("custom_gate", "mine")] if verdict == "fail" else [])


def test_it_is_overridden_by_its_id_with_a_reason() -> None:
    """As any other; what stands against it is still told."""
    result = judged(own(expect=False), overrides={"mine": "CHG-1"})
    assert result is not None
    assert (result.verdict, [each.code for each in result.refusals]) == ("warn", ["custom_gate"])
    assert "CHG-1" in result.evidence
    assert bad_overrides({"mine": "CHG-1"}, [own()]) == []
    assert [each.code for each in bad_overrides({"mine": "CHG-1"})] == ["bad_override"]


def test_it_runs_before_the_first_change_only_and_lets_a_run_go_back() -> None:
    """Nobody may be active while it would stand still."""
    assert judged(own(), moment="between") is None
    result = judged(own(expect=False), verb="rollback")
    assert result is not None
    assert result.verdict == "warn"


@pytest.mark.parametrize(
    ("gates", "words"),
    [
        (None, []),
        ("", []),
        ([], []),
        ([own()], []),
        ([own(expect=None)], []),
        ("mine", ["entra_connect_custom_gates is 'mine'; write a list of mappings with id, query, expect, message"]),
        (["mine"], ["gate 1 is 'mine'; write a mapping with id, query, expect, message"]),
        ([own(id="G4")], ["gate 1 has the id G4 of a built-in gate; choose another one"]),
        ([own(), own()], ["gate 2 has the id mine, as another one before it; choose another one"]),
        ([own(id="a b")], ["gate 1 has the id 'a b'; write a letter and at most 39"]),
        ([own(id=["x"])], ["gate 1 has the id '['x']'; write a letter and at most 39"]),
        ([own(query="servers[")], ["gate 1 has the query 'servers[', which is no JMESPath expression"]),
        ([own(query="no_such(@)")], []),
        ([own(query=7)], ["gate 1 has the query '7', which is no JMESPath expression"]),
        ([own(query="")], ["gate 1 has the query '', which is no JMESPath expression"]),
        ([own(message=" ")], ["gate 1 has no message; write in words"]),
        ([own(severity="low")], ["gate 1 has 'severity', which means nothing; write only id, query, expect, message"]),
        ([{}], [f"gate 1 has no '{key}'; write it" for key in KEYS]),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_sentence(gates: Any, words: list[str]) -> None:
    """Each, and nothing else."""
    sentences = wrong_custom_gates(gates, KNOWN)
    assert len(sentences) == len(words), sentences
    assert all(word in sentence for word, sentence in zip(words, sentences, strict=True)), sentences


def test_without_jmespath_only_gates_of_ones_own_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else needs the package."""
    monkeypatch.setitem(sys.modules, "jmespath", None)
    assert wrong_custom_gates([], KNOWN) == []
    (sentence,) = wrong_custom_gates([own()], KNOWN)
    assert "needs the Python package jmespath, which the controller lacks; install it" in sentence
