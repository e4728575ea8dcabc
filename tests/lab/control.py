# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control URL of a host, for tests in another process: ``/__lab__/NAME`` on the host's port, a JSON value in, a JSON value out.

log (all records), calls, mark, faults (GET: the rules; POST: a list of rules replaces them), set (down, installed, language_mode),
wait (arguments of `Recorder.wait_for`), reset (records, faults and settings), drop_shells. It works while the host is down.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .http import HttpRequest, HttpResponse
from .recorder import Mark

if TYPE_CHECKING:
    from .host import LabHost

PREFIX = "/__lab__/"
SETTINGS = {"down": False, "installed": False, "language_mode": "FullLanguage"}
Control = Callable[[Any], Any]


def standard(host: LabHost) -> dict[str, Control]:
    """The paths that every host has."""

    def faults(rules: Any) -> Any:
        if rules is not None:
            host.faults.set(*rules)
        return [asdict(rule) for rule in host.faults.rules]

    def settings(values: Any) -> Any:
        for key, value in (values or {}).items():
            if key not in SETTINGS:
                raise ValueError(f"no such setting: {key}")
            setattr(host, key, value)
        return {key: getattr(host, key) for key in SETTINGS}

    def wait(arguments: Any) -> Any:
        since = Mark(**arguments.pop("since", {}))
        return host.recorder.wait_for(since=since, **arguments)

    def reset(_value: Any) -> Any:
        host.recorder.clear()
        host.faults.set()
        return settings(SETTINGS)

    return {
        "log": lambda _value: host.recorder.as_dict(),
        "calls": lambda _value: host.recorder.as_dict()["calls"],
        "mark": lambda _value: asdict(host.recorder.mark()),
        "faults": faults,
        "set": settings,
        "wait": wait,
        "reset": reset,
        "drop_shells": lambda _value: host.drop_shells(),
    }


def answer(controls: dict[str, Control], request: HttpRequest) -> HttpResponse:
    """Run what a request to the control URL asks for: 404 for an unknown name, 400 with the error's text where it fails."""
    work = controls.get(request.path[len(PREFIX) :])
    if work is None:
        return _json(404, {"error": f"no such control, there are: {', '.join(sorted(controls))}"})
    try:
        return _json(200, work(json.loads(request.body) if request.body else None))
    except Exception as error:  # noqa: BLE001 - the caller sees what went wrong, whatever it was
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, value: Any) -> HttpResponse:
    return HttpResponse(status, json.dumps(value, default=str).encode(), ("Content-Type: application/json",))
