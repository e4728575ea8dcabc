# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The repository keeps its own rules: headers, layers, sizes, names, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HEADER = ("SPDX-FileCopyrightText: ", "SPDX-License-Identifier: GPL-3.0-or-later")
WITH_HEADER = {".py", ".ps1", ".psm1", ".psd1", ".yml", ".yaml", ".sh"}
# Joined from parts, so that this file does not find itself.
MACHINE_PATHS = re.compile("(?<![A-Za-z0-9_.~}>)])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "fa" + "rm"]) + ")/")
PREFIX = "hybrid_identity.entra_connect."
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())
TASK_KEYWORDS = {"block", "rescue", "always"}


def repository_files() -> list[str]:
    """Every file that git tracks, or would track with the next ``git add``."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


FILES = repository_files()


def text_of(name: str) -> str:
    """The text of a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def load(name: str) -> Any:
    """A YAML file of the repository."""
    return yaml.safe_load(text_of(name))


def below(*folders: str, suffix: str) -> list[str]:
    """The files with this suffix below the folders."""
    found = [name for name in FILES if name.startswith(tuple(f"{folder}/" for folder in folders)) and name.endswith(suffix)]
    assert found, f"no {suffix} file below {folders}"
    return found


def too_long(names: list[str], limit: int) -> dict[str, int]:
    """The files that have more lines than they may have."""
    lengths = {name: len(text_of(name).splitlines()) for name in names}
    return {name: length for name, length in lengths.items() if length > limit}


def imports(name: str) -> Iterator[str]:
    """The modules that a file imports, relative ones resolved to a path below the repository."""
    package = list(Path(name).parent.parts)
    for node in ast.walk(ast.parse(text_of(name))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = [*base, *(node.module.split(".") if node.module else [])]
            yield from (".".join([*stem, alias.name]) for alias in node.names)


def imported(folder: str, *layers: str) -> list[str]:
    """The imports of one of these layers by the files below the folder."""
    parts = re.compile(r"(^|\.)(" + "|".join(layers) + r")(\.|$)")
    return [f"{name}: {module}" for name in below(folder, suffix=".py") for module in imports(name) if parts.search(module)]


def tasks(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All tasks, those in blocks too."""
    for item in items or []:
        if TASK_KEYWORDS & set(item):
            for keyword in sorted(TASK_KEYWORDS):
                yield from tasks(item.get(keyword) or [])
        else:
            yield item


def with_header(name: str) -> bool:
    """Whether a file must name owner and licence; an empty one has nothing to protect, and some ``__init__.py`` must be empty."""
    return (Path(name).suffix in WITH_HEADER or Path(name).name == "Makefile") and bool(text_of(name))


@pytest.mark.parametrize("name", [name for name in FILES if with_header(name)])
def test_a_file_names_its_owner_and_licence(name: str) -> None:
    head = text_of(name).splitlines()[:5]
    assert [wanted for wanted in HEADER if not any(f"# {wanted}" in line for line in head)] == []


def test_no_sanity_check_is_ignored() -> None:
    ignores = below("tests/sanity", suffix=".txt")
    assert {name: text_of(name) for name in ignores if text_of(name).strip()} == {}


def test_actions_modules_and_their_group_are_the_same() -> None:
    actions = sorted(Path(name).stem for name in below("plugins/action", suffix=".py"))
    assert sorted(Path(name).stem for name in below("plugins/modules", suffix=".py")) == actions
    assert load("meta/runtime.yml")["action_groups"] == {"entra_connect": actions}


def test_the_collection_needs_no_other() -> None:
    assert load("galaxy.yml")["dependencies"] == {}


def test_the_oldest_core_is_the_required_one() -> None:
    oldest = re.search(r"^ansible-core==(\d+\.\d+)\.\d+$", text_of("requirements/core-oldest.txt"), re.MULTILINE)
    assert oldest
    assert load("meta/runtime.yml")["requires_ansible"] == f">={oldest[1]}.0"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_described(role: str) -> None:
    present = [part for part in ("README.md", "meta/argument_specs.yml", "tasks/main.yml") if f"roles/{role}/{part}" in FILES]
    assert present == ["README.md", "meta/argument_specs.yml", "tasks/main.yml"]
    assert list(load(f"roles/{role}/meta/argument_specs.yml")["argument_specs"]) == ["main"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_calls_only_the_core_and_this_collection(role: str) -> None:
    keywords = task_keywords()
    for name in below(f"roles/{role}/tasks", suffix=".yml"):
        for task in tasks(load(name)):
            modules = [key for key in task if key not in keywords and not key.startswith("with_")]
            assert len(modules) == 1, f"{name}: {task.get('name')}: {modules}"
            assert modules[0].startswith(("ansible.builtin.", PREFIX)), f"{name}: {task.get('name')}: {modules[0]}"
            assert not modules[0].startswith(PREFIX) or modules[0].removeprefix(PREFIX) in load("meta/runtime.yml")["action_groups"]["entra_connect"]


def task_keywords() -> set[str]:
    """The keywords that a task may have beside its module."""
    from ansible.playbook.task import Task

    return set(Task.fattributes) | {"local_action"}


def test_the_rules_know_neither_ansible_nor_a_server() -> None:
    assert imported("plugins/plugin_utils/_rules", "ansible", "_flows", "_session", "_topology", "_action", "pypsrp") == []


def test_the_flows_do_not_know_the_actions() -> None:
    assert imported("plugins/plugin_utils/_flows", "_action", r"plugins\.action") == []


def test_the_session_knows_no_layer_above_it() -> None:
    above = ("_flows", "_action", "_topology", "_rules")
    assert [line for line in imported("plugins/plugin_utils", *above) if line.startswith("plugins/plugin_utils/_session.py")] == []


def test_an_action_is_short() -> None:
    assert too_long(below("plugins/action", suffix=".py"), 80) == {}


def test_a_python_file_is_not_too_long() -> None:
    assert too_long(below("plugins/plugin_utils", "tests/lab", suffix=".py"), 250) == {}


def test_a_powershell_function_is_not_too_long() -> None:
    found: dict[str, int] = {}
    for name in below("plugins/plugin_utils/powershell", suffix=".ps1"):
        start = 0
        for number, line in enumerate(text_of(name).splitlines(), 1):
            if re.match(r"(function|filter)\s", line, re.IGNORECASE):
                start = number
            elif start and line.startswith("}"):
                found[f"{name}:{start}"] = number - start + 1
                start = 0
        assert not start, f"{name}: the function at line {start} has no end"
    assert found
    assert {name: length for name, length in found.items() if length > 120} == {}


def test_nothing_names_a_place_of_one_machine() -> None:
    found = []
    for name in FILES:
        content = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        found += [f"{name}:{number}" for number, line in enumerate(content.splitlines(), 1) if MACHINE_PATHS.search(line)]
    assert found == []


def test_there_is_a_changelog_fragment() -> None:
    assert below("changelogs/fragments", suffix=".yml")
