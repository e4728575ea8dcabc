# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation says is what the actions and the roles take and give."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.playbook.play import Play
from ansible.playbook.task import Task

from . import sources

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "ansible_collections.hybrid_identity.entra_connect.plugins"
PREFIX = "hybrid_identity.entra_connect."
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "action").glob("adsync_*.py"))
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())
FAILURE = {"msg", "refusals", "next_command"}


def action(name: str) -> Any:
    """The class of an action plugin."""
    return importlib.import_module(f"{PACKAGE}.action.{name}").ActionModule


def text(name: str, part: str) -> Any:
    """A part of the documentation of a module, as data."""
    return yaml.safe_load(getattr(importlib.import_module(f"{PACKAGE}.modules.{name}"), part))


def fragment(name: str) -> dict[str, Any]:
    """A documentation fragment by its full name, which may name another part than the main one."""
    assert name.startswith(PREFIX)
    file, _dot, part = name.removeprefix(PREFIX).partition(".")
    values: dict[str, Any] = yaml.safe_load(
        getattr(importlib.import_module(f"{PACKAGE}.doc_fragments.{file}").ModuleDocFragment, (part or "documentation").upper())
    )
    return values


def merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Both, level by level; what stands in the second wins."""
    result = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def documentation(name: str) -> dict[str, Any]:
    """The documentation of a module with its fragments."""
    own = text(name, "DOCUMENTATION")
    result: dict[str, Any] = {}
    for each in own.get("extends_documentation_fragment", []):
        result = merged(result, fragment(each))
    return merged(result, own)


def comparable(option: dict[str, Any]) -> dict[str, Any]:
    """What a specification and a documentation of an option have in common; a default with its type, since 10 is not 10.0."""
    return {
        "type": option.get("type", "str"),
        "elements": option.get("elements"),
        "required": option.get("required", False),
        "default": repr(option.get("default")),
        "choices": sorted(option["choices"]) if option.get("choices") else None,
        "aliases": sorted(option.get("aliases", [])),
        "no_log": option.get("no_log"),
        "suboptions": sorted(option.get("options") or option.get("suboptions") or {}),
    }


def example_tasks(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All tasks of the examples, those in plays and blocks too."""
    for item in items:
        inside = [item[keyword] for keyword in ("tasks", "block", "rescue", "always") if keyword in item]
        for each in inside:
            yield from example_tasks(each)
        if not inside:
            yield item


def called(task: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The module of a task, and its options."""
    keywords = set(Task.fattributes) | {each for each in Play.fattributes if each in ("hosts", "vars")}
    modules = [key for key in task if key not in keywords]
    assert len(modules) == 1, f"{task.get('name')}: {modules}"
    return modules[0], task[modules[0]] or {}


def refused_by_spec(name: str, options: dict[str, Any]) -> list[str]:
    """What the action would say against these options. A template may give anything, so only as text it counts."""
    spec = action(name).ARGUMENT_SPEC
    known = {key: value for key, value in options.items() if not ("{{" in str(value) and spec.get(key, {}).get("type") not in ("str", "path", None))}
    validator = ArgumentSpecValidator(spec, **getattr(action(name), "SPEC_RULES", {}))
    messages: list[str] = validator.validate(known).error_messages
    return messages


@pytest.mark.parametrize("name", MODULES)
def test_the_options_are_documented_as_they_are(name: str) -> None:
    documented = {key: comparable(value) for key, value in (documentation(name).get("options") or {}).items()}
    assert documented == {key: comparable(value) for key, value in action(name).ARGUMENT_SPEC.items()}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_its_name_and_every_option_a_description(name: str) -> None:
    found = documentation(name)
    assert found["module"] == name
    assert [key for key, value in found["options"].items() if not value.get("description")] == []


@pytest.mark.parametrize("name", MODULES)
def test_the_attributes_are_those_of_the_fragment(name: str) -> None:
    assert PREFIX + "attributes" in text(name, "DOCUMENTATION")["extends_documentation_fragment"]
    found = documentation(name)["attributes"]
    assert sorted(found) == sorted(fragment(PREFIX + "attributes")["attributes"])
    assert [key for key, value in found.items() if not value.get("description") or not value.get("support")] == []


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_tasks_that_the_actions_accept(name: str) -> None:
    seen = []
    for task in example_tasks(text(name, "EXAMPLES")):
        module, options = called(task)
        assert module.count(".") >= 2, f"{task.get('name')}: {module} is no full name"
        seen.append(module)
        if module.startswith(PREFIX):
            assert module.removeprefix(PREFIX) in MODULES
            assert refused_by_spec(module.removeprefix(PREFIX), options) == [], task["name"]
    assert PREFIX + name in seen


@pytest.mark.parametrize("name", MODULES)
def test_the_ad_hoc_commands_are_ones_that_the_actions_accept(name: str) -> None:
    source = importlib.import_module(f"{PACKAGE}.modules.{name}").EXAMPLES
    for line in re.findall(r"^# Ad hoc: (.*)$", source, re.MULTILINE):
        words = shlex.split(line)
        assert words[0] == "ansible"
        assert words[words.index("-m") + 1] == PREFIX + name
        given = shlex.split(words[words.index("-a") + 1]) if "-a" in words else []
        assert refused_by_spec(name, dict(each.split("=", 1) for each in given)) == [], line


@pytest.mark.parametrize("name", [each for each in MODULES if sources.act(each)])
def test_the_returned_values_are_documented(name: str) -> None:
    start = sources.act(name)
    assert start is not None
    values = sources.returned(start) | sources.stop_values(start)
    assert "outcome" in values
    if {"before", "after"} <= values:
        values.add("diff")
    assert set(text(name, "RETURN")) == values | FAILURE


@pytest.mark.parametrize("name", [each for each in MODULES if sources.act(each)])
def test_the_outcomes_are_documented(name: str) -> None:
    start = sources.act(name)
    assert start is not None
    told = text(name, "RETURN")["outcome"]["description"] + documentation(name)["options"].get("outcome", {}).get("description", [])
    documented = set(re.findall(r"\bV\((\w+)\)", " ".join(told)))
    from_the_base = {"refused", "unknown", *(["incomplete"] if "claim" in action(name).ARGUMENT_SPEC else [])}
    assert sorted((sources.outcomes(start) | from_the_base) - documented) == []
    # a report names any outcome of a run; that of a verdict stands in the rules
    assert name == "adsync_report" or sorted(documented - sources.outcomes(start) - from_the_base - {"split"}) == []


def test_the_lanes_return_what_is_documented() -> None:
    assert sorted(text("adsync_lanes", "RETURN")) == ["lanes", "msg"]
    assert re.findall(r"result\.update\(changed=False, (\w+)=", (ROOT / "plugins/action/adsync_lanes.py").read_text()) == ["lanes"]


@pytest.mark.parametrize("name", MODULES)
def test_a_returned_value_is_described(name: str) -> None:
    found = text(name, "RETURN")
    assert [key for key, value in found.items() if not {"description", "returned", "type"} <= set(value)] == []
    assert [key for key, value in found.items() if value["type"] == "list" and "elements" not in value] == []


def specification(role: str) -> dict[str, Any]:
    """The variables of a role."""
    values = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    options: dict[str, Any] = values["argument_specs"]["main"]["options"]
    return options


def defaults(role: str) -> dict[str, Any]:
    """The defaults that a role really sets; those of its specification are only text."""
    path = ROOT / "roles" / role / "defaults" / "main.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def task_text(role: str) -> str:
    """The tasks of a role without names and comments, and without the variables that they hand to other roles."""
    lines = [line for path in sorted((ROOT / "roles" / role / "tasks").glob("*.yml")) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [line for line in lines if not line.lstrip().startswith(("#", "- name:"))]
    others = "|".join(each for each in ROLES if each != role)
    return "\n".join(re.sub(rf"^\s+({others})_\w+:", "", line) for line in kept)


def used_variables(role: str) -> set[str]:
    """The role's own variables that its tasks use; those that they make themselves (a result, a loop, a fact) are not among them."""
    found = task_text(role)
    made = set(re.findall(r"(?:register|loop_var): (\w+)", found))
    made |= {name for block in re.findall(r"set_fact:\n((?:    +\w+: .*\n)+)", found) for name in re.findall(r"^ +(\w+): ", block, re.MULTILINE)}
    inside = " ".join(re.findall(r"\{\{[\s\S]*?\}\}|(?:when|that|loop|failed_when):.*|^\s+- [^\n]*$", found, re.MULTILINE))
    return set(re.findall(rf"(?<![\w.'/]){role}_\w+", inside)) - made


@pytest.mark.parametrize("role", ROLES)
def test_every_variable_of_a_role_is_used_and_every_used_one_is_specified(role: str) -> None:
    assert sorted(used_variables(role)) == sorted(specification(role))


@pytest.mark.parametrize("role", ROLES)
def test_a_variable_of_a_role_has_its_name_and_a_description(role: str) -> None:
    assert [key for key, value in specification(role).items() if not key.startswith(f"{role}_") or not value.get("description")] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_default_that_a_role_specifies_is_one_that_it_sets(role: str) -> None:
    specified = {key: value["default"] for key, value in specification(role).items() if "default" in value}
    assert {key: value for key, value in defaults(role).items() if key in specified} == specified


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_handed_only_variables_that_it_specifies(role: str) -> None:
    for path in sorted((ROOT / "roles").glob("*/tasks/*.yml")) + sorted((ROOT / "playbooks").glob("*.yml")):
        content = path.read_text(encoding="utf-8")
        if role in path.relative_to(ROOT).parts[1:2] or f"{PREFIX}{role}\n" not in content:
            continue
        handed = set(re.findall(rf"^\s+({role}_\w+):", content, re.MULTILINE))
        assert sorted(handed - set(specification(role))) == [], path


def readme(role: str) -> str:
    """The page of a role."""
    return (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")


def shown_type(option: dict[str, Any]) -> str:
    """The type of a variable as a page shows it."""
    return str(option.get("type", "str")) + (f" of {option['elements']}" if "elements" in option else "")


def shown_default(option: dict[str, Any]) -> str:
    """The default of a variable as a page shows it."""
    if option.get("required"):
        return "required"
    value = option.get("default")
    return "none" if value is None else '`""`' if value == "" else f"`{str(value).lower() if isinstance(value, bool) else value}`"


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_a_role_shows_its_variables(role: str) -> None:
    rows = re.findall(rf"^\| `({role}_\w+)` \| (.*?) \| (.*?) \| .+ \|$", readme(role), re.MULTILINE)
    assert rows == [(key, shown_type(value), shown_default(value)) for key, value in specification(role).items()]


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_a_role_has_its_sections(role: str) -> None:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", readme(role), flags=re.DOTALL), re.MULTILINE)
    assert headings == [f"Role `{PREFIX}{role}`", "What it does", "Variables", "What it gives you", "When it stops", "Example"]


@pytest.mark.parametrize("role", ROLES)
def test_the_example_of_a_role_is_a_short_play_that_the_role_accepts(role: str) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)```$", readme(role), re.MULTILINE | re.DOTALL)
    assert len(example.splitlines()) < 15
    (play,) = yaml.safe_load(example)
    calls = [each for each in play.get("roles", []) if each["role"] == PREFIX + role]
    for task in example_tasks(play.get("tasks", [])):
        module, options = called(task)
        assert module.startswith((PREFIX, "ansible.builtin.")), module
        calls += [task.get("vars", {})] if options.get("name") == PREFIX + role else []
    (given,) = ({key: value for key, value in each.items() if key != "role" and not key.startswith("entra_connect_")} for each in calls)
    assert sorted(set(given) - set(specification(role))) == []
    assert [key for key, value in specification(role).items() if value.get("required") and key not in given] == []
