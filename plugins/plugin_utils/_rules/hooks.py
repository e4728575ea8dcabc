# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own task files: which there are, whether a text is one, and what the one for snapshots has to give.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from .ages import moment

HOOKS = ("before_demote", "snapshot", "after_promote", "on_stop", "revert_snapshot")
ASKED = ("tenant_tasks", "object_tasks")  # they ask the tenant, see the role tenant
VARIABLES = tuple(f"entra_connect_{name}" for name in (*HOOKS, *ASKED))
VAULT = "$ANSIBLE_VAULT;"


def tasks_problem(text: str) -> str:
    """Why a text is no list of tasks; empty where it is one. Tags such as ``!vault`` and encrypted files are not looked into."""
    if text.startswith(VAULT):
        return ""
    try:
        root = yaml.compose(text)
    except yaml.YAMLError as error:
        return f"it is no YAML: {' '.join(str(error).split())}"
    return "" if isinstance(root, yaml.SequenceNode) and root.value else "it is no list of tasks, each of which begins with '- name: ...'"


def unmet(values: Mapping[str, Any], truth: bool) -> list[str]:
    """What is missing where snapshots are required (``truth``)."""
    if truth and not values.get("entra_connect_snapshot"):
        return ["entra_connect_require_snapshot is true and entra_connect_snapshot is not given; write the path of your task file that takes one"]
    return []


def snapshot_of(result: Any) -> tuple[dict[str, str], str]:
    """What the user's tasks say of the snapshot that they took, and why that is no evidence of one; empty where it is."""
    if not isinstance(result, Mapping) or not result:
        return {}, "the fact entra_connect_snapshot_result was not set"
    found = {name: str(result.get(name) or "").strip() for name in ("id", "time")}
    if not found["id"]:
        return found, "its id is empty"
    if moment(found["time"]) is None:
        return found, f"its time '{found['time']}' is none; write UTC as ISO 8601, such as 2026-11-02T12:00:00Z"
    return found, ""
