# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a scenario file: what runs, what the world does meanwhile, what must be so then. The words of a file are the methods here.

A file has ``title``, ``steps``, and where they differ from two servers of 2.5.79.0 and a switch by settings: ``servers``, ``variables``,
``operator`` (of `Manner`), ``msi`` (version of an MSI on every server),
``tasks`` (files of the user's own, by variable), ``overlap_by_the_world`` (the world itself makes two exporters).
"""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

from tests.lab.model.operator import Manner

from . import claims
from .conftest import Maker
from .runner import Control, Done, Process, interrupt, put_msi, wait_until
from .world_acts import act, roles

WAIT = 600.0


class Story:
    """One scenario on a fleet of its own."""

    def __init__(self, values: dict[str, Any], make: Maker) -> None:
        manner = Manner(**values.get("operator", {}))
        self.variables: dict[str, Any] = values.get("variables", {"entra_connect_method": "settings"})
        self.here = make(values.get("servers"), operator=manner)
        self.variables |= {f"entra_connect_{name}": str(Path(__file__).with_name(file)) for name, file in values.get("tasks", {}).items()}
        if values.get("msi"):
            self.variables |= put_msi(self.here.fleet, values["msi"])
        self.controls = {"": self.here}
        self.running: dict[str, Process] = {}
        self.last: Done | None = None
        self.ends: dict[str, Done] = {}
        self.before = self.here.fleet.world.snapshot()

    def play(self, steps: list[dict[str, Any]]) -> None:
        """Do every step in order."""
        for number, step in enumerate(steps, 1):
            ((word, given),) = step.items()
            try:
                getattr(self, f"step_{word}")(given)
            except AssertionError as error:
                output = self.last.output[-5000:] if self.last else ""
                raise AssertionError(f"step {number}, {word} {given}: {error}\n{output}") from None

    # -- what people run ---------------------------------------------------------------------------------------------
    def step_start(self, given: dict[str, Any]) -> None:
        """Start a playbook: ``playbook``, ``by`` (another controller), any ``entra_connect_`` variable without its prefix."""
        given = dict(given)
        by = given.pop("by", "")
        variables = {f"entra_connect_{name}": value for name, value in given.items() if name not in ("playbook", "arguments")}
        control = self._control(by)
        self.running[by] = control.start_playbook(given["playbook"], *given.get("arguments", []), **{**self.variables, **variables})

    def step_finish(self, given: dict[str, Any]) -> None:
        """Wait for what was started, and look at its end: ``outcome`` (one or a list), ``changed``, ``says``, ``never_says``."""
        by = given.get("by", "")
        self.last = self.ends[by] = self._control(by).finish(self.running.pop(by))
        self._judge(given)

    def step_run(self, given: dict[str, Any]) -> None:
        """``start`` and ``finish`` in one."""
        judged = ("outcome", "changed", "says", "never_says")
        self.step_start({name: value for name, value in given.items() if name not in judged})
        self.step_finish({name: value for name, value in given.items() if name in (*judged, "by")})

    def step_module(self, given: dict[str, Any]) -> None:
        """A module ad hoc: ``server``, ``name``, ``options``, and what its answer must hold (``outcome``, ``says``)."""
        quick = {"poll_interval": 0.2} if given["name"] in ("adsync_hold", "adsync_staging") else {}
        self.last = self.here.module(given["server"], given["name"], **{**quick, **given.get("options", {})})
        self.last.result = self.here.answer(self.last)
        self._judge(given)

    def step_signal(self, name: str) -> None:
        """Kill, interrupt or terminate what was started; its end is awaited."""
        process = self.running.pop("")
        interrupt(process, getattr(signal, f"SIG{name}"))
        self.last = self.here.finish(process)

    def step_settle(self, seconds: float | None) -> None:
        """Until nothing of a killed run is at work any more and its leases have run out; or so many seconds."""
        if seconds is not None:
            time.sleep(seconds)
        else:
            claims.settle(self.here.fleet, [each.folder for each in self.controls.values()])

    def step_inventory(self, names: list[str]) -> None:
        """From now on the inventory has only these servers; the others of the fleet are left out of it."""
        self.here.keep_only(names)

    # -- the world ---------------------------------------------------------------------------------------------------
    def step_when(self, given: dict[str, Any]) -> None:
        """Wait until a function has ended well (``started: true``: has started) on a server: ``{srv1: Enter-EntraSyncHold}``."""
        given = dict(given)
        when = "started" if given.pop("started", False) else "ended"
        ((server, function),) = given.items()
        assert self.here.fleet.hosts[server].recorder.wait_for(function, timeout=WAIT, when=when), f"{function} was not called on {server}"

    def step_world(self, given: dict[str, dict[str, Any]]) -> None:
        """What happens to servers: ``{srv1: {service: start}}``, see world_acts.py."""
        for name, acts in given.items():
            for word, value in acts.items():
                act(self.here.fleet, name, word, value)

    def step_operator(self, given: dict[str, Any]) -> None:
        """How the person behaves from now on, in the words of `Manner`."""
        for name, value in given.items():
            setattr(self.here.fleet.operator.manner, name, value)

    def step_faults(self, given: dict[str, list[dict[str, Any]]]) -> None:
        """Requests that go wrong on a server, as rules of tests/lab/faults.py."""
        for name, rules in given.items():
            self.here.fleet.hosts[name].faults.set(*rules)

    # -- what must be so ---------------------------------------------------------------------------------------------
    def step_roles(self, given: dict[str, str]) -> None:
        """Soon each server is ``active``, ``staging`` or ``down`` in the model."""
        wait_until(f"the roles are {given}", lambda: {name: roles(self.here.fleet)[name] for name in given} == given)

    def step_one_done(self, names: list[str]) -> None:
        """Exactly one of these controllers ended ``done``."""
        outcomes = {name: self.ends[name].outcome for name in names}
        assert list(outcomes.values()).count("done") == 1, outcomes

    def step_calls(self, given: dict[str, dict[str, int]]) -> None:
        """How often functions were called on a server, whatever came of it."""
        for name, counts in given.items():
            called = self.here.fleet.hosts[name].recorder.functions()
            assert {function: called.count(function) for function in counts} == counts, name

    def step_model(self, given: dict[str, dict[str, Any]]) -> None:
        """Attributes of servers in the model."""
        for name, values in given.items():
            server = self.here.fleet.world.servers[name]
            assert {key: getattr(server, key) for key in values} == values, name

    def step_journal(self, given: dict[str, str]) -> None:
        """A line of the server's journal holds these words."""
        for name, words in given.items():
            lines = [each["detail"] for each in self.here.fleet.world.servers[name].journal]
            assert any(words in line for line in lines), f"{name} notes {sorted(set(lines))}"

    def step_as_before(self, _given: None) -> None:
        """Scheduler, start type, automatic upgrade and firewall of every server are as they were at the start."""
        kept = ("enabled", "start_type", "auto_upgrade", "blocked")
        now = self.here.fleet.world.snapshot()
        for name, values in self.before.items():
            assert {key: now[name][key] for key in kept} == {key: values[key] for key in kept}, name

    def step_unchanged(self, _given: None) -> None:
        """Nothing of any server has changed since the start, records and all."""
        assert self.here.fleet.world.snapshot() == self.before

    # -- within ------------------------------------------------------------------------------------------------------
    def _control(self, by: str) -> Control:
        if by not in self.controls:
            self.controls[by] = Control(self.here.fleet, Path(f"{self.here.folder}-{by}"))
        return self.controls[by]

    def _judge(self, given: dict[str, Any]) -> None:
        assert self.last is not None
        wanted = given.get("outcome")
        if wanted is not None:
            assert self.last.outcome in ([wanted] if isinstance(wanted, str) else wanted), f"the outcome is {self.last.outcome}"
        if "changed" in given:
            assert self.last.changed == given["changed"], f"changed={self.last.changed}"
        said = " ".join(self.last.output.split())
        for text in _texts(given.get("says")):
            assert text in said, f"it does not say: {text}"
        for text in _texts(given.get("never_says")):
            assert text not in said, f"it says: {text}"


def _texts(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else given or []
