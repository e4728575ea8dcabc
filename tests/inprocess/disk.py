# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller's disk for exports of settings, while a run in process lasts: what servers pack and send is real, nothing of it is kept or compared.

Thousands of runs would else write, and read again, the same few files; what becomes of them is tested in tests/unit/flows/test_config.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.things import Export


def fetched(flow: Flow, name: str, answer: dict[str, Any], folder: Path) -> dict[str, Any]:
    """As `config_export._fetched`, with the same calls where none of them goes wrong."""
    try:
        flow.topology.call(flow.server, "Get-EntraSyncFile", Name=name)
        end = False
        while not end:
            end = flow.topology.call(flow.server, "Read-EntraSyncFile", Name=name, Offset=0, Length=262144)["end"] is True
    except SessionError as error:
        return {"read": False, "reason": f"{error.code}: {error.detail}"}
    return {"read": True, "reason": "", "path": str(folder / flow.server), "version": str(answer.get("engine_version"))}


def export(name: str, _options: dict[str, Any]) -> Export:
    """As `config_diff._export`: all servers are alike."""
    return Export(name, "", "")


def kept(*_given: Any) -> dict[str, str]:
    """As `config_diff._kept`."""
    return {}


# module and name in it -> what stands there meanwhile
STAND_INS = {
    ("_private", "make"): lambda folder: folder,
    ("_flows.config_export", "_fetched"): fetched,
    ("_flows.config_diff", "_export"): export,
    ("_flows.config_diff", "_kept"): kept,
}
