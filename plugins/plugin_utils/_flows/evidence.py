# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what the gates judge besides the read of each server, kind after kind over the same sessions. Changes nothing of any server.

Internal to the collection: no promise of stability between releases.

Each kind is read of all servers side by side, by the flow of the module that reads it alone, and within time limits of its own. A server that gives
nothing of a kind is told there, and is asked for the next kind all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .config_diff import compare
from .config_export import export
from .flow import Flow
from .health import read_health
from .pending import EVERY, pending_exports
from .prerequisites import read_all

COMPARED = ("reference", "comparisons", "at_risk", "features", "files")  # of a comparison, what is evidence


def gather(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """The evidence of every kind that is asked for, as the gates take it.

    Args:
        options: those of ``adsync_evidence_info``.

    Raises:
        Stop: ``refused``, where an option cannot be meant or the report folder cannot be written.
    """
    found: dict[str, Any] = {}
    for kind, read in KINDS.items():
        if kind in options["kinds"]:
            flow.topology.seconds = float(options[f"{kind}_timeout"])
            found[kind] = read(flow, options)
    return {"outcome": "done", "evidence": found}


def _health(flow: Flow, _options: Mapping[str, Any]) -> dict[str, Any]:
    servers: dict[str, Any] = read_health(flow, None, None, False)["servers"]
    return servers


def _prerequisites(flow: Flow, _options: Mapping[str, Any]) -> dict[str, Any]:
    servers: dict[str, Any] = read_all(flow)["prerequisites"]
    return servers


def _pending(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """With the details, and judged by the gates alone."""
    wanted = {"servers": [EVERY], "detail": True, "samples": options["pending_samples"], "timeout": options["pending_timeout"], "enforce": False}
    servers: dict[str, Any] = pending_exports(flow, {**wanted, "max_pending": options["max_pending"]})["pending"]
    return servers


def _settings(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """Exported, and where there are several servers compared with those of the active one."""
    report_dir = options["report_dir"]
    exported = export(flow, flow.topology.names, report_dir, flow.topology.seconds, allow_unread=True)
    compared: dict[str, Any] = {}
    if len(exported["servers"]) > 1:
        wanted = {"reference": None, "others": [], "exports": exported["servers"], "report_dir": report_dir}
        compared = compare(flow, {**wanted, "same_server": False, "allow_unread": True, "show": False})
    return {"folder": exported["folder"], "servers": exported["servers"], **{key: compared[key] for key in COMPARED if compared}}


KINDS: dict[str, Callable[[Flow, Mapping[str, Any]], dict[str, Any]]] = {
    "health": _health,
    "prerequisites": _prerequisites,
    "pending": _pending,
    "settings": _settings,
}
