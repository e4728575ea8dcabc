# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of codes fits what is said: every code is in it, every one is used, every sentence can be written."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import codes as codes_module
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import codes, explain

PLUGINS = Path(codes_module.__file__).parents[2]
PYTHON = sorted(PLUGINS.rglob("*.py"))
POWERSHELL = sorted(PLUGINS.rglob("*.ps1"))
HOLDS = ("pending", "broken", "wrong")
# class or function -> position of the code among its arguments
SAYING = {
    "Refusal": 0,
    "Stop": 1,
    "_unknown": 0,
    "SessionError": 0,
    "ConnectError": 0,
    "FunctionsMissing": 0,
    "Refused": 0,
    "CallFailed": 0,
    "ResultUnknown": 0,
    "BadValue": 0,
}


def said_in_python() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Place, code and names of the values that are given with it (None: not written out there)."""
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                position = SAYING[node.func.id]
                if len(node.args) > position:
                    for code in _written(node.args[position]):
                        yield f"{path.name}:{node.lineno}", code, _given(node)


def _written(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _written(node.body) + _written(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [code for each in node.values for code in _written(each)]
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return [f"{node.values[0].value}{state}" for state in HOLDS]
    return []


def _given(node: ast.Call) -> frozenset[str] | None:
    assert isinstance(node.func, ast.Name)
    if node.func.id == "Stop":
        return frozenset(each.arg for each in node.keywords if each.arg) - {"refusals", "values"}
    if node.func.id != "Refusal":
        return frozenset({"detail"})
    if len(node.args) < 3:
        return frozenset()
    last = node.args[2]
    return frozenset(key.value for key in last.keys if isinstance(key, ast.Constant)) if isinstance(last, ast.Dict) else None


def said_in_powershell() -> Iterator[tuple[str, str]]:
    """Place and code of what the functions say, and of what their help promises."""
    for path in POWERSHELL:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"New-Refusal '(\w+)'", text) + re.findall(r"\$why = '(\w+)'", text) + re.findall(r"\$code = '(\w+)'", text)
        if path.name == "Invoke-Sync.ps1":
            found += re.findall(r"^ +'[^']+' = '(\w+)'", text, re.MULTILINE)
        for promise in re.findall(r"Codes: ((?:[^.]|\.(?=\w))+)\.", text):
            found += re.findall(r"\b[a-z]+_[a-z_]+\b|\bbusy\b", promise)
        yield from ((path.name, code) for code in found)


@lru_cache(maxsize=1)
def used() -> set[str]:
    """Codes that stand anywhere in the plugins but in a comparison, or where a gate says what its codes mean."""
    words = {code for _place, code in said_in_powershell()} | {code for _place, code, _given in said_in_python()}
    for path in PYTHON:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = [node for node in ast.walk(tree) if isinstance(node, ast.Compare) or (isinstance(node, ast.Call) and ast.unparse(node.func) == "Gate")]
        compared = {id(each) for node in told for each in ast.walk(node)}
        words |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in compared
        }
    return words


def fields(template: str) -> set[str]:
    """Names that a sentence fills in."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name is not None}


PYTHON_SAID = sorted(set(said_in_python()), key=lambda each: each[:2])
POWERSHELL_SAID = sorted(set(said_in_powershell()))


def test_the_sources_are_found() -> None:
    """Else the tests below would look at nothing."""
    assert len(PYTHON_SAID) > 80
    assert len(POWERSHELL_SAID) > 50


@pytest.mark.parametrize(("place", "code"), sorted({each[:2] for each in PYTHON_SAID if each[1]}))
def test_what_python_says_is_in_the_table(place: str, code: str) -> None:
    """A code without a sentence would be told as it is."""
    assert code in codes(), place


@pytest.mark.parametrize(("place", "code"), POWERSHELL_SAID)
def test_what_the_servers_say_is_in_the_table(place: str, code: str) -> None:
    """Also what the help of a function promises."""
    assert code in codes(), place


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_is_used(code: str) -> None:
    """A sentence that nobody says is a promise that is not kept."""
    assert code in used()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_sentence_can_be_written(code: str) -> None:
    """With all values the text is whole, and what stays in braces is nothing but JSON."""
    entry = codes()[code]
    assert set(entry) == {"text", "next"}
    values = {name: f"value-of-{name}" for name in fields(entry["text"]) | fields(entry["next"])} | {"server": "srv1"}
    text, step = explain(code, "srv1", values)
    assert "unknown" not in text.replace("is unknown", "")
    for name in fields(entry["text"]):
        assert values[name] in text
    for name in fields(entry["next"]):
        assert values[name] in step
    assert text.endswith((".", ".)"))
    assert step.endswith(".")
    assert "{" not in text
    assert "{" not in re.sub(r"-e '\{.*\}'", "", step)
    assert "  " not in text + step
    assert "\n" not in text + step


@pytest.mark.parametrize(("place", "code", "given"), [each for each in PYTHON_SAID if each[1] in codes() and each[2] is not None])
def test_what_is_said_fills_its_sentence(place: str, code: str, given: frozenset[str]) -> None:
    """Where a code is said, every value of its sentences is given along, so that nobody reads 'unknown' for what we know."""
    needed = fields(codes()[code]["text"]) | fields(codes()[code]["next"])
    assert needed - {"server", "detail"} <= given, place


@pytest.mark.parametrize(("place", "code"), [each for each in POWERSHELL_SAID if each[1] in codes()])
def test_what_a_server_says_fills_its_sentence(place: str, code: str) -> None:
    """A server gives one sentence of its own, and no other value."""
    assert fields(codes()[code]["text"]) | fields(codes()[code]["next"]) <= {"server", "detail"}, place


def test_a_missing_value_is_no_error() -> None:
    """Telling a problem never becomes one."""
    assert explain("over_budget", "srv2", {})[0] == "srv2 would export unknown unknown on unknown, at most unknown are allowed."


def test_a_code_that_is_not_in_the_table_is_told_as_it_is() -> None:
    """With what is known."""
    text, step = explain("no_such_code", "srv1", {"detail": "boom"})
    assert text == "srv1: no_such_code: boom."
    assert step


def test_a_detail_is_never_lost() -> None:
    """Where the sentence has no place for it, it stands behind it."""
    assert explain("unreachable", "srv1", {"detail": "no route"})[0] == "srv1 cannot be reached (no route)."
    assert explain("unreachable", "srv1", {"detail": ""})[0] == explain("unreachable", "srv1", {})[0] == "srv1 cannot be reached."


def test_values_are_never_templates() -> None:
    """Braces in what a server said stay as they are."""
    assert "{server} {0}" in explain("server_error", "srv1", {"detail": "{server} {0}"})[0]


def test_what_is_about_no_server_is_about_the_topology() -> None:
    """An empty name is never printed."""
    assert explain("none_active", "", {})[0] == "No server of the topology is active."


def test_a_value_cannot_rename_the_server() -> None:
    """The server is always the one that the refusal is about."""
    assert explain("unreachable", "srv1", {"server": "srv2"})[0] == "srv1 cannot be reached."
