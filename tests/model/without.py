# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The twins of our functions with some of their checks taken out: every ``if`` that only raises one of these refusals is left away.

Nothing of the lab is changed: the changed functions are another package beside it, made from the same files.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

from tests.lab import twins
from tests.lab.twins import Twin

FOLDER = Path(twins.__file__).parent
_made: dict[frozenset[str], dict[str, Twin]] = {}


def functions(codes: frozenset[str]) -> dict[str, Twin]:
    """All twins, none of which refuses with one of these codes.

    Raises:
        ValueError: no check gives one of them.
    """
    if codes not in _made:
        name = f"tests.lab.twins_without_{len(_made)}"
        finder = _Finder(name, codes)
        sys.meta_path.insert(0, finder)
        _made[codes] = importlib.import_module(name).TWINS
        if missing := codes - finder.removed:
            raise ValueError(f"no check of the twins refuses with {', '.join(sorted(missing))}")
    return _made[codes]


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str, codes: frozenset[str]) -> None:
        self.name, self.codes, self.removed = name, codes, set[str]()

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        """Our package's modules, from the twins' files."""
        if fullname != self.name and not fullname.startswith(f"{self.name}."):
            return None
        stem = fullname.removeprefix(self.name).removeprefix(".") or "__init__"
        file = FOLDER / f"{stem}.py"
        if not file.exists():
            return None
        loader = _Loader(fullname, str(file), self)
        return importlib.util.spec_from_file_location(
            fullname, file, loader=loader, submodule_search_locations=[str(FOLDER)] if stem == "__init__" else None
        )


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, fullname: str, path: str, finder: _Finder) -> None:
        super().__init__(fullname, path)
        self.finder = finder

    def get_code(self, fullname: str) -> CodeType:
        """Never the compiled file of the unchanged one."""
        tree = ast.parse(self.get_data(self.path))
        return compile(ast.fix_missing_locations(_Remove(self.finder).visit(tree)), self.path, "exec")


class _Remove(ast.NodeTransformer):
    """Takes out each ``if`` whose last statement raises a refusal with one of the codes."""

    def __init__(self, finder: _Finder) -> None:
        self.finder = finder

    def visit_If(self, node: ast.If) -> ast.AST:  # noqa: N802
        """Replace it by its else, or by nothing."""
        self.generic_visit(node)
        found = self.finder.codes & _codes(node.body[-1])
        if not found:
            return node
        self.finder.removed |= found
        return ast.If(ast.Constant(False), [ast.Pass()], node.orelse)


def _codes(last: ast.stmt) -> set[str]:
    if not (isinstance(last, ast.Raise) and isinstance(last.exc, ast.Call) and isinstance(last.exc.func, ast.Name) and last.exc.func.id == "Refused"):
        return set()
    return {each.value for each in ast.walk(last.exc.args[0]) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
