# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place in the sources where a check says no: found by reading them, not by a list of names.

In Python (`_rules`, `_flows`): each ``Refusal(...)``, each ``Stop(...)``, and each gate. In PowerShell: each ``New-Refusal``,
and each ``$why = 'code'`` that a ``New-Refusal $why`` gives later. A code that is not written out there is ``*``: what was judged elsewhere takes
effect at this place. What only passes on a refusal that a server gave (``refused.code``) is no check.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UTILS = Path("plugins") / "plugin_utils"
LAYERS = ("_rules", "_flows")
POSITION = {"Refusal": 0, "Stop": 1}
HOLDS = ("pending", "broken", "wrong")
GIVEN = re.compile(r"New-Refusal (?:'(?P<code>\w+)'|\$(?P<name>\w+))|\$why = '(?P<why>\w+)'")
# these two only build what others ask them for
BUILDERS = {"_flows.flow.Stop.__init__", "New-Refusal"}
DYNAMIC = "*"


@dataclass(frozen=True)
class Site:
    """One check.

    Attributes:
        at: ``_rules.module.function``, ``_flows.module.function``, or the name of a PowerShell function.
        codes: what it gives; ``*`` where that is decided elsewhere.
        path: its file, below the repository.
        start: offset of the call in the text of the file.
        end: offset behind the call.
        line: for people, from 1.
    """

    at: str
    codes: tuple[str, ...]
    path: Path
    start: int
    end: int
    line: int

    @property
    def server(self) -> bool:
        """Whether the check runs on the server."""
        return self.path.suffix == ".ps1"


def sites() -> list[Site]:
    """All of them, by file and place in it."""
    return [*_in_python(), *_gates(), *_in_powershell()]


def _gates() -> Iterator[Site]:
    """The gates that can say no, each as a whole: the body of its ``check``. One that never does (it only tells) is no guard."""
    for path in sorted((ROOT / UTILS / "_rules" / "gates").glob("[a-z]*.py")):
        text = path.read_text(encoding="utf-8")
        (check,) = [each for each in ast.parse(text).body if isinstance(each, ast.FunctionDef) and each.name == "check"]
        if _refuses(check):
            body = check.body[1:]  # behind its docstring
            start, end = offsets(text, body[0])[0], offsets(text, body[-1])[1]
            yield Site(f"_rules.gates.{path.stem}.GATE", (DYNAMIC,), path.relative_to(ROOT), start, end, check.lineno)


def _refuses(check: ast.FunctionDef) -> bool:
    results = [each.value for each in ast.walk(check) if isinstance(each, ast.Return)]
    fails = [each.elts[0] if isinstance(each, ast.Tuple) else each for each in results]
    return any(not isinstance(each, ast.List) or each.elts for each in fails)


def _in_python() -> Iterator[Site]:
    for layer in LAYERS:
        for path in sorted((ROOT / UTILS / layer).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            place = ".".join(path.relative_to(ROOT / UTILS).with_suffix("").parts).removesuffix(".__init__")
            for at, call in _calls(ast.parse(text), place):
                codes = _codes(call)
                if codes and at not in BUILDERS:
                    start, end = offsets(text, call)
                    yield Site(at, codes, path.relative_to(ROOT), start, end, call.lineno)


def _calls(node: ast.AST, at: str, inside: bool = False) -> Iterator[tuple[str, ast.Call]]:
    """Calls of the two, with the outermost function (and its class) around each: a function within a function is a part of it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in POSITION:
            yield at, child
        named = isinstance(child, ast.ClassDef | ast.FunctionDef) and not inside
        below = f"{at}.{child.name}" if named and isinstance(child, ast.ClassDef | ast.FunctionDef) else at
        yield from _calls(child, below, inside or isinstance(child, ast.FunctionDef))


def _codes(call: ast.Call) -> tuple[str, ...]:
    assert isinstance(call.func, ast.Name)
    position = POSITION[call.func.id]
    if len(call.args) > position:
        return _written(call.args[position])
    return (DYNAMIC,) if any(each.arg == "refusals" for each in call.keywords) else ()


def _written(node: ast.expr) -> tuple[str, ...]:
    """The codes of an expression; empty where it passes on what a server said."""
    if isinstance(node, ast.Constant):
        return (str(node.value),)
    if isinstance(node, ast.IfExp):
        return _written(node.body) + _written(node.orelse)
    if isinstance(node, ast.BoolOp):
        return tuple(code for each in node.values for code in _written(each) if code != DYNAMIC)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return tuple(f"{node.values[0].value}{state}" for state in HOLDS)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("refused", "error"):
        return ()
    return (DYNAMIC,)


def offsets(text: str, node: ast.expr | ast.stmt) -> tuple[int, int]:
    """Where a node stands in the text; the parser counts bytes."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.splitlines()

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)


def _in_powershell() -> Iterator[Site]:
    for path in sorted((ROOT / UTILS / "powershell").glob("P*/*.ps1")):
        text = path.read_text(encoding="utf-8")
        for found in GIVEN.finditer(text):
            if path.stem in BUILDERS or found["name"] == "why":
                continue
            end = found.end() if found["why"] else statement_end(text, found.start())
            code = found["code"] or found["why"] or DYNAMIC
            yield Site(path.stem, (code,), path.relative_to(ROOT), found.start(), end, text.count("\n", 0, found.start()) + 1)


def statement_end(text: str, start: int) -> int:
    """Offset behind a PowerShell command that begins at ``start``: a line's end, ``;`` or ``}``, outside of quotes and brackets."""
    depth, quote, position = 0, "", start
    while position < len(text):
        letter = text[position]
        if quote == '"' and letter == "`":
            position += 1
        elif quote == '"' and letter == "$" and text[position + 1] == "(":
            position = _closed(text, position + 1)
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "([{":
            depth += 1
        elif depth == 0 and letter in "\n;}":
            break
        elif letter in ")]}":
            depth -= 1
        position += 1
    return position


def _closed(text: str, start: int) -> int:
    """Offset of the bracket that closes the one at ``start``."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise ValueError("a bracket is not closed")
