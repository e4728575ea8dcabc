# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a role or playbook includes a role of ours, it gives what that role wants and nothing that it does not know.

Ansible checks that anew in each run, a task a role; within a run it is switched off where this test sees the same once for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OURS = "hybrid_identity.entra_connect."
INCLUDES = ("ansible.builtin.include_role", "ansible.builtin.import_role")


def included(tasks: Any) -> Iterator[dict[str, Any]]:
    """Every task below that includes a role."""
    for task in tasks or []:
        if any(word in task for word in INCLUDES):
            yield task
        for part in ("block", "rescue", "always", "tasks"):
            yield from included(task.get(part))


def calls() -> list[tuple[str, str, dict[str, Any]]]:
    """File, role and variables of every inclusion."""
    found = []
    for path in sorted([*ROOT.glob("roles/*/tasks/*.yml"), *ROOT.glob("playbooks/*.yml")]):
        for task in included(yaml.safe_load(path.read_text(encoding="utf-8"))):
            name = next(task[word]["name"] for word in INCLUDES if word in task)
            found.append((str(path.relative_to(ROOT)), str(name).removeprefix(OURS), task.get("vars") or {}))
    return found


def options(role: str) -> dict[str, dict[str, Any]]:
    """What the role's specification says."""
    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)["argument_specs"]["main"]["options"] or {}
    return found


@pytest.mark.parametrize(("file", "role", "given"), calls())
def test_a_role_gets_what_it_wants(file: str, role: str, given: dict[str, Any]) -> None:
    """By name; what the values are is a matter of the modules, which look at each."""
    wanted = options(role)
    unknown = {name for name in given if name.startswith(f"{role}_")} - set(wanted)
    missing = {name for name, option in wanted.items() if option.get("required")} - set(given)
    assert not unknown, f"{file} gives {role} what it does not know: {sorted(unknown)}"
    assert not missing, f"{file} does not give {role}: {sorted(missing)}"


def test_every_role_is_looked_at() -> None:
    """No inclusion is of a role by another name, which the test above would not understand."""
    assert {role for _file, role, _given in calls()} <= {path.name for path in (ROOT / "roles").iterdir()}
