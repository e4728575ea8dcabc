# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one of our playbooks in this process: its plays, lanes, roles and actions as written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .actions import Actions
from .expressions import condition, render
from .interpreter import BUILTIN, PREFIX, ROOT, Host, TaskFailed, load

if TYPE_CHECKING:
    from .stage import Stage

GROUP = "entra_connect"
PLAY_KEYS = {"name", "hosts", "gather_facts", "strategy", "tasks", "vars", "serial"}


class Crash(BaseException):
    """The controller is gone; nothing of the run goes on, not even what ends it."""


@dataclass
class Done:
    """What a run left on the controller.

    Attributes:
        crashed: the controller was killed.
        result: the result file; empty where the playbook writes none.
        message: of the task that ended it.
        told: what it showed to the user.
        defects: exceptions that no code of ours caught: each is a defect of ours.
    """

    crashed: bool = False
    failed: bool = False
    changed: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    told: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """Of the result file; ``crashed`` where the controller was killed."""
        return "crashed" if self.crashed else str(self.result.get("outcome", "failed" if self.failed else "done"))


def run(stage: Stage, name: str, variables: Mapping[str, Any], check: bool = False) -> Done:
    """Run a playbook to its end, from a controller that knows nothing of earlier runs."""
    stage.time.reports.clear()
    extra = {**stage.variables, **variables, "entra_connect_report_dir": "reports"}
    actions = Actions(stage, check)
    done = Done(told=actions.told, defects=actions.defects)
    hosts: dict[str, Host] = {}
    groups: dict[str, list[str]] = {GROUP: stage.names, "all": list(stage.names)}
    try:
        for play in load(ROOT / "playbooks" / f"{name}.yml"):
            _play(play, extra, actions, groups, hosts, check)
    except TaskFailed as failed:
        done.failed, done.message = True, str(failed.result.get("msg", ""))
    except Crash:
        done.crashed = True
    done.changed = sum(host.changed for host in hosts.values())
    if stage.time.reports:
        done.result = json.loads(next(reversed(stage.time.reports.values())))
    return done


def ad_hoc(stage: Stage, server: str, module: str, options: dict[str, Any]) -> dict[str, Any]:
    """Run one module on one server, as ``ansible SERVER -m MODULE`` does."""
    actions = Actions(stage, False)
    hostvars = actions.hostvars(stage.variables)
    return actions.act(module, options, {**hostvars[server], "groups": {GROUP: stage.names}, "hostvars": hostvars})


def _play(play: dict[str, Any], extra: dict[str, Any], actions: Actions, groups: dict[str, list[str]], hosts: dict[str, Host], check: bool) -> None:
    imported = play.get(f"{BUILTIN}import_playbook")
    if imported is not None:
        for inner in load(ROOT / "playbooks" / imported):
            _play({**inner, "vars": {**inner.get("vars", {}), **play.get("vars", {})}}, extra, actions, groups, hosts, check)
        return
    if unknown := set(play) - PLAY_KEYS:
        raise NotImplementedError(f"a play with {sorted(unknown)}: the interpreter does not know that")
    if play["hosts"] == "localhost:all":
        _lanes(play, extra, actions, groups)
        return
    for name in groups.get(play["hosts"], []):
        hostvars = actions.hostvars(extra)
        host = hosts.setdefault(
            name, Host(name, {**hostvars[name], "groups": groups, "hostvars": hostvars}, extra, actions.act, check, actions.stage.trail)
        )
        host.run(play["tasks"], ROOT / "playbooks", host.scope.inside(over=play.get("vars", {})))


def _lanes(play: dict[str, Any], extra: dict[str, Any], actions: Actions, groups: dict[str, list[str]]) -> None:
    """The first play: it chooses lanes and adds them to a group, by the product's own function; no server is asked."""
    names = [key for task in play["tasks"] for key in task if "." in key]
    if names != [f"{PREFIX}adsync_lanes", f"{BUILTIN}add_host"]:
        raise NotImplementedError(f"the play of the lanes has the tasks {names}: the interpreter does not know that")
    choose, add = (next(task[key] for key in task if "." in key) for task in play["tasks"])
    scope = Host("localhost", {}, extra, actions.act, False).scope.inside(over=play.get("vars", {}))
    changing, verb = bool(render(choose["changing"], scope)), render(choose["verb"], scope)
    found = actions.lanes(changing, verb, {"groups": groups, "hostvars": actions.hostvars(extra)})
    for lane in found:
        each = scope.inside(over={"item": lane})
        groups.setdefault(render(add["groups"], each), []).append(render(add["name"], each))
    assert condition(True, scope)
