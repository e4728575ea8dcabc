# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which values an action returns, read from its source and from the flows that it calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"


FLOW = PLUGINS / "plugin_utils" / "_flows" / "flow.py"
_REFUSES = re.compile(r"New-Refusal '(\w+)'|\$(?:code|why) = '(\w+)'|^ +'[^']+' = '(\w+)'$", re.M)


def refusals_in(text: str) -> set[str]:
    """The codes that the text of a PowerShell function refuses with: named at once, by a variable, or in a table."""
    return {code for found in _REFUSES.findall(text) for code in found if code}


class Code(NamedTuple):
    """A function, or a class, and the file that it stands in."""

    path: Path
    node: Any


@cache
def parse(path: Path) -> ast.Module:
    """The tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def definitions(path: Path) -> dict[str, Code]:
    """The functions and classes at the top of a file."""
    return {node.name: Code(path, node) for node in parse(path).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


@cache
def names(path: Path) -> dict[str, Code | Path]:
    """What each name in a file stands for, as far as it is our own: a function, a class, or a module."""
    found: dict[str, Code | Path] = dict(definitions(path))
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for alias in node.names:
                if base.with_suffix(".py").is_file():
                    code = definitions(base.with_suffix(".py")).get(alias.name)
                    if code is not None:
                        found[alias.asname or alias.name] = code
                elif (base / f"{alias.name}.py").is_file():
                    found[alias.asname or alias.name] = base / f"{alias.name}.py"
    return found


def target(path: Path, node: ast.AST) -> Code | None:
    """The function or class of ours that an expression names, if it names one."""
    if isinstance(node, ast.Name):
        code = names(path).get(node.id)
        return code if isinstance(code, Code) else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module = names(path).get(node.value.id)
        if isinstance(module, Path):
            return definitions(module).get(node.attr)
        if node.value.id == "flow":
            return next((Code(FLOW, each) for each in definitions(FLOW)["Flow"].node.body if getattr(each, "name", "") == node.attr), None)
    return None


def reachable(start: Code) -> list[Code]:
    """The function and everything of ours in the flows that it names, directly or not; of the class of a flow only what is called."""
    found, todo = [start], [start]
    while todo:
        code = todo.pop()
        for node in ast.walk(code.node):
            other = target(code.path, node)
            if other is not None and other not in found and "_flows" in other.path.parts and other.node.name != "Flow":
                found.append(other)
                todo.append(other)
    return found


def keys(code: Code, value: ast.AST | None) -> set[str]:
    """The keys of the dict that an expression in a function gives."""
    if isinstance(value, ast.Dict):
        found = {str(key.value) for key in value.keys if isinstance(key, ast.Constant)}
        return found.union(*(keys(code, each) for key, each in zip(value.keys, value.values, strict=True) if key is None))
    if isinstance(value, ast.IfExp):
        return keys(code, value.body) | keys(code, value.orelse)
    if isinstance(value, ast.Call):
        called = [target(code.path, value.func)] if target(code.path, value.func) else _chosen(code, value.func)
        return set().union(*(returned(each) for each in called if each is not None))
    if isinstance(value, ast.Name):
        found = set().union(*(keys(code, each) for each in _assigned(code, value.id)))
        return found | {
            str(node.slice.value)
            for node in ast.walk(code.node)
            if isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == value.id
            and isinstance(node.slice, ast.Constant)
        }
    return set()


def _assigned(code: Code, name: str) -> Iterator[ast.AST]:
    for node in ast.walk(code.node):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) and node.value else []
        if any(isinstance(each, ast.Name) and each.id == name for each in targets):
            yield node.value  # type: ignore[attr-defined]


def _chosen(code: Code, function: ast.AST) -> list[Code | None]:
    """The functions that a local name may stand for, as in a table of functions."""
    if not isinstance(function, ast.Name):
        return []
    return [target(code.path, node) for value in _assigned(code, function.id) for node in ast.walk(value)]


def returned(code: Code) -> set[str]:
    """The keys of the dicts that a function returns; what is defined inside of it does not count."""
    inner = {id(node) for each in ast.walk(code.node) if isinstance(each, ast.FunctionDef) and each is not code.node for node in ast.walk(each)}
    return set().union(*(keys(code, node.value) for node in ast.walk(code.node) if isinstance(node, ast.Return) and id(node) not in inner))


def stops(start: Code) -> Iterator[tuple[Code, ast.Call]]:
    """Every place that ends the work early, with the function that it stands in."""
    for code in reachable(start):
        for node in ast.walk(code.node):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Stop":
                yield code, node


def stop_values(start: Code) -> set[str]:
    """The keys that a task returns beside the usual ones where it ends early."""
    return set().union(*(keys(code, each.value) for code, call in stops(start) for each in call.keywords if each.arg == "values"))


def outcomes(start: Code) -> set[str]:
    """The outcomes that stand as words in the source, of a success or of an early end."""
    found: set[str] = set()
    for code, call in stops(start):
        found |= _words(code, call.args[0]) if call.args else set()
    for code in reachable(start):
        for node in ast.walk(code.node):
            if isinstance(node, ast.Dict):
                found |= set().union(*(_words(code, value) for key, value in zip(node.keys, node.values, strict=True) if _is_outcome(key)))
    return found


def _is_outcome(key: ast.AST | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "outcome"


def _words(code: Code, value: ast.AST | None) -> set[str]:
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if isinstance(value, ast.Name):
        return set().union(*(_words(code, each) for each in _assigned(code, value.id)))
    return _words(code, value.body) | _words(code, value.orelse) if isinstance(value, ast.IfExp) else set()


def act(name: str) -> Code | None:
    """The method of an action that does its work, where it inherits our base class."""
    path = PLUGINS / "action" / f"{name}.py"
    body = definitions(path)["ActionModule"].node.body
    return next((Code(path, node) for node in body if isinstance(node, ast.FunctionDef) and node.name == "act"), None)
