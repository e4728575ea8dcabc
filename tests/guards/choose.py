# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tests can see a check: those whose text, or the data that they use, names one of its refusal codes.

Cheap ones first: unit tests of the same module, other unit tests, cases on the real engine, real ansible-playbook runs. What only compares lists
with each other (the table of codes, the table of guards, the generated documentation) sees a check vanish without asking for it: left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .sites import ROOT, Site

TESTS = ROOT / "tests"
LISTS = {
    "test_codes.py",
    "test_guards.py",
    "test_reached.py",
    "test_made_docs.py",
    "test_repository.py",
    "test_docs_match_specs.py",
    "test_switch_table.py",
}
CASES = "tests/engine/test_functions.py::test_case"
MOST = 40  # tests of one group; more would only be slower
MOST_RUNS = 12  # of real ansible-playbook runs


@dataclass(frozen=True)
class Test:
    """A test function, the words of its text and of all in its file that it uses, and how often it names what is looked for."""

    node: str
    words: frozenset[str]
    own: frozenset[str]


def groups(site: Site, codes: Iterable[str]) -> list[list[str]]:
    """Arguments for pytest that select tests, the cheapest group first; each is worth a run of its own."""
    wanted = frozenset(codes)
    if site.server:
        others = _named("engine", wanted, site.at)
        found = [_cases(site, wanted), others[:1], others[1:]]  # a script of checks may never end without the one that is out: it comes last
    else:
        module = site.path.stem
        unit = _named("unit", wanted, module)
        same = [node for node in unit if f"test_{module}.py" in node]
        found = [same, [node for node in unit if node not in same], [*_stories(wanted), *_named("integration", wanted, module)][:MOST_RUNS]]
    return [group[:MOST] for group in found if group]


def named(code: str) -> list[str]:
    """All tests that name a code, so that there is one that asserts it."""
    wanted = frozenset({code})
    engine = [f"{CASES}[{case.name}]" for case in _all_cases() if case.error == f"EntraConnect.{code}"]
    return [*_named("unit", wanted, ""), *engine, *_named("engine", wanted, ""), *_stories(wanted), *_named("integration", wanted, "")]


def _named(folder: str, codes: frozenset[str], prefer: str) -> list[str]:
    """Test functions that name one of the codes: those first that do it in their own text, and that name the place too."""
    found = [each for each in _tests(folder) if each.words & codes]
    found.sort(key=lambda each: (not each.own & codes, prefer not in each.words and prefer.lower() not in each.node.lower()))
    return [each.node for each in found]


def _cases(site: Site, codes: frozenset[str]) -> list[str]:
    """Cases of the real engine that end with one of the codes; those that call the function itself first."""
    found = [case for case in _all_cases() if case.error.removeprefix("EntraConnect.") in codes]
    found.sort(key=lambda case: case.steps[-1].function != site.at)
    return [f"{CASES}[{case.name}]" for case in found]


def _all_cases() -> list[Any]:
    from tests.engine import cases

    return cases.CASES


@lru_cache(maxsize=1)
def _data() -> dict[str, str]:
    """Node of a test that is made from a row or a file of data -> the text of that."""
    found = {}
    for folder, test in (
        ("inprocess/stories", "inprocess/test_stories.py::test_story"),
        ("integration/scenarios", "integration/test_scenarios.py::test_scenario"),
    ):
        for path in sorted((TESTS / folder).glob("*.yml")):
            found[f"tests/{test}[{path.stem}]"] = path.read_text(encoding="utf-8")
    for row in yaml.safe_load((TESTS / "integration" / "bad_input.yml").read_text(encoding="utf-8")):
        found[f"tests/integration/test_bad_input.py::test_bad_input[{row['title'].replace(' ', '_')}]"] = str(row)
    return found


def _stories(codes: frozenset[str]) -> list[str]:
    return [node for node, text in _data().items() if _words(text) & codes]


@lru_cache
def _tests(folder: str) -> tuple[Test, ...]:
    paths = sorted(path for path in (TESTS / folder).rglob("test_*.py") if path.name not in LISTS)
    return tuple(test for path in paths for test in _in_file(path))


def _in_file(path: Path) -> Iterator[Test]:
    text = path.read_text(encoding="utf-8")
    parts: dict[str, frozenset[str]] = {}
    tree = ast.parse(text)
    for node in tree.body:
        words = _words(ast.get_source_segment(text, node) or "") | _decorators(text, node)
        for name in _names(node):
            parts[name] = words
    scripts = {
        name: _words((path.parent / name).read_text(encoding="utf-8"))
        for name in re.findall(r'"([a-z_]+\.ps1)"', text)
        if (path.parent / name).exists()
    }
    for name, own in parts.items():
        if name.startswith("test_"):
            used = own | frozenset().union(*(scripts.values()))
            for _round in range(3):  # what it uses, what that uses, and once more
                used |= frozenset().union(*(parts[each] for each in used & parts.keys() if not each.startswith("test_")))
            yield Test(f"{path.relative_to(ROOT).as_posix()}::{name}", used, own)


def _decorators(text: str, node: ast.stmt) -> frozenset[str]:
    if not isinstance(node, ast.FunctionDef):
        return frozenset()
    return frozenset().union(*(_words(ast.get_source_segment(text, each) or "") for each in node.decorator_list))


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))
