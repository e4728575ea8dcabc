# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tasks as Ansible's engine would, for what our roles use of it. Fails loudly on every keyword that it does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2.utils import missing

from .expressions import OMIT, condition, render

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "hybrid_identity.entra_connect."
BUILTIN = "ansible.builtin."
KEYWORDS = {"name", "when", "register", "loop", "loop_control", "failed_when", "changed_when", "vars", "block", "rescue", "run_once"}
KEYWORDS.add("delegate_to")  # of what asks the tenant, which is on no host here
ACTIONS = {"include_role", "include_tasks", "set_fact", "set_stats", "fail", "assert", "debug", "uri"}
# of an action plugin: its short name, its options, the variables that it sees -> its result
Act = Callable[[str, dict[str, Any], dict[str, Any]], dict[str, Any]]


class TaskFailed(Exception):
    """A task has failed, and no rescue has caught it yet."""

    def __init__(self, name: str, result: dict[str, Any]) -> None:
        self.name, self.result = name, result
        super().__init__(f"{name}: {result.get('msg', '')}")


@dataclass
class Scope:
    """Variables of one host as a task sees them: layers, the first that has a name decides; those of ``lazy`` are templates."""

    layers: list[dict[str, Any]]
    lazy: list[dict[str, Any]] = field(default_factory=list)
    computed: dict[str, Any] = field(default_factory=dict)

    def lookup(self, name: str) -> Any:
        """The value of a name, `missing` where there is none."""
        for layer in self.layers:
            if name in layer:
                return layer[name]
        if name in self.computed:
            return self.computed[name]
        for layer in self.lazy:
            if name in layer:
                self.computed[name] = render(layer[name], self)
                return self.computed[name]
        return missing

    def inside(self, *, over: dict[str, Any], defaults: dict[str, Any] | None = None) -> Scope:
        """The scope of what is included here."""
        # extra variables win over everything, so what is new comes right behind them
        return Scope([self.layers[0], over, *self.layers[1:]], [defaults, *self.lazy] if defaults else self.lazy, {} if defaults else self.computed)


@cache
def load(path: Path) -> Any:
    """A YAML file of ours, parsed once."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Host:
    """One host of a play: what it has registered, which facts it has, how many of its tasks changed something.

    Args:
        name: inventory name.
        variables: what Ansible would give it: those of the inventory and the magic ones.
        extra: what was given on the command line.
        act: runs an action plugin.
        trail: the names of the tasks that are at work now, the innermost last.
    """

    def __init__(self, name: str, variables: dict[str, Any], extra: dict[str, Any], act: Act, check: bool, trail: list[str] | None = None) -> None:
        self.name, self.act, self.check = name, act, check
        self.trail = [] if trail is None else trail
        self.changed = 0
        self.stats: dict[str, Any] = {}
        self.facts: dict[str, Any] = {}
        self.variables = {**variables, "inventory_hostname": name, "ansible_check_mode": check, "omit": OMIT}
        self.scope = Scope([extra, self.facts, self.variables])

    def run(self, tasks: list[dict[str, Any]], folder: Path, scope: Scope) -> None:
        """Run tasks in order; ``folder`` is where files that they include are.

        Raises:
            TaskFailed: one has failed.
        """
        for task in tasks:
            self._task(task, folder, scope)

    def _task(self, task: dict[str, Any], folder: Path, scope: Scope) -> None:
        module = _module_of(task)
        if "vars" in task and module not in ("include_role", "include_tasks"):
            scope = scope.inside(over=render(task["vars"], scope))
        if module == "block":
            if "when" not in task or condition(task["when"], scope):
                self._block(task, folder, scope)
            return
        if "loop" not in task:
            self._finish(task, self._named(task, module, folder, scope))
            return
        variable = task.get("loop_control", {}).get("loop_var", "item")
        results = [self._named(task, module, folder, scope.inside(over={variable: item})) for item in render(task["loop"], scope)]
        told: dict[str, Any] = {"results": results, "changed": any(each.get("changed") for each in results)}
        if any(each.get("failed") for each in results):
            told |= {"failed": True, "msg": "One or more items failed"}
        elif all(each.get("skipped") for each in results):
            told["skipped"] = True
        self._finish(task, told)

    def _block(self, task: dict[str, Any], folder: Path, scope: Scope) -> None:
        try:
            self.run(task["block"], folder, scope)
        except TaskFailed as failed:
            if "rescue" not in task:
                raise
            self.facts["ansible_failed_result"] = failed.result
            self.run(task["rescue"], folder, scope)

    def _named(self, task: dict[str, Any], module: str, folder: Path, scope: Scope) -> dict[str, Any]:
        self.trail.append(str(task.get("name", "")))
        try:
            return self._once(task, module, folder, scope)
        finally:
            self.trail.pop()

    def _once(self, task: dict[str, Any], module: str, folder: Path, scope: Scope) -> dict[str, Any]:
        if "when" in task and not condition(task["when"], scope):
            return {"skipped": True, "changed": False}
        if module == "include_role":
            self.role(render(task[f"{BUILTIN}include_role"]["name"], scope), render(task.get("vars", {}), scope), scope)
            return {"changed": False}
        if module == "include_tasks":
            inner = scope.inside(over=render(task["vars"], scope)) if "vars" in task else scope
            self.run(load(folder / render(task[f"{BUILTIN}include_tasks"], scope)), folder, inner)
            return {"changed": False}
        result = getattr(self, f"_{module}")(task, scope) if module in ACTIONS else self._plugin(task, module, scope)
        if "failed_when" in task:
            named = {task["register"]: result} if "register" in task else {}
            result["failed"] = condition(task["failed_when"], scope.inside(over=named))
        if "changed_when" in task:
            result["changed"] = condition(task["changed_when"], scope)
        return dict(result)

    def _finish(self, task: dict[str, Any], result: dict[str, Any]) -> None:
        if "register" in task:
            self.facts[task["register"]] = result
        self.changed += 1 if result.get("changed") else 0
        if result.get("failed"):
            raise TaskFailed(str(task.get("name", "")), result)

    def role(self, name: str, variables: dict[str, Any], scope: Scope) -> None:
        """Run a role of ours. Its argument specification is not checked here: that is about what a user writes.

        Raises:
            TaskFailed: one of its tasks has failed.
        """
        folder = ROOT / "roles" / name.removeprefix(PREFIX)
        path = folder / "defaults" / "main.yml"
        defaults = load(path) if path.exists() else {}
        self.run(load(folder / "tasks" / "main.yml"), folder / "tasks", scope.inside(over=variables, defaults=defaults))

    # -- actions -----------------------------------------------------------------------------------------------------
    def _plugin(self, task: dict[str, Any], module: str, scope: Scope) -> dict[str, Any]:
        options = render(task.get(f"{PREFIX}{module}") or {}, scope)
        given = {key: value for key, value in options.items() if value != OMIT}
        mine = {self.name: {**self.variables["hostvars"][self.name], **self.facts}}  # a fact is a variable of its host, for others too
        result = self.act(module, given, {**self.variables, "hostvars": {**self.variables["hostvars"], **mine}, **self.facts, **scope.layers[0]})
        self.facts.update(result.get("ansible_facts") or {})
        return result

    def _uri(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        """What a user's own tasks ask the tenant."""
        return self.act("uri", render(task[f"{BUILTIN}uri"], scope), {})

    def _set_fact(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        self.facts.update({key: value for key, value in render(task[f"{BUILTIN}set_fact"], scope).items() if key != "cacheable"})
        return {"changed": False}

    def _set_stats(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        self.stats.update(render(task[f"{BUILTIN}set_stats"]["data"], scope))
        return {"changed": False}

    def _fail(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        return {"failed": True, "msg": render(task[f"{BUILTIN}fail"]["msg"], scope)}

    def _assert(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        given = task[f"{BUILTIN}assert"]
        holds = condition(given["that"], scope)
        return {"failed": not holds, "msg": "All assertions passed" if holds else render(given.get("fail_msg", "Assertion failed"), scope)}

    def _debug(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        return {"changed": False, "msg": render(task[f"{BUILTIN}debug"].get("msg", ""), scope)}


@cache
def _known(keys: frozenset[str]) -> str:
    rest = keys - KEYWORDS
    if "block" in keys and not rest:
        return "block"
    if len(rest) == 1:
        (key,) = rest
        if key.startswith(PREFIX) or key.removeprefix(BUILTIN) in ACTIONS:
            return key.removeprefix(PREFIX).removeprefix(BUILTIN)
    raise NotImplementedError(f"a task with {sorted(rest)}: the interpreter does not know that")


def _module_of(task: dict[str, Any]) -> str:
    return _known(frozenset(task))
