# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own task files: whether they can be run, before anything is; a claim that lasts as long as they may take; and what came of them.

Nobody renews the claim while they run. No change of ours rests on that: each presents its token, which the server compares.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._errors import one_line
from .._rules.hooks import VARIABLES, snapshot_of, tasks_problem
from .flow import Flow, Stop


def file_sentences(values: Mapping[str, Any]) -> list[str]:
    """One sentence for each task file that cannot be run. A relative path begins at the folder where Ansible was started."""
    sentences = []
    for name in VARIABLES:
        given = values.get(name)
        if given in (None, ""):
            continue
        try:
            path = Path(str(given)).expanduser()
            problem = tasks_problem(path.read_text(encoding="utf-8")) if path.is_file() else "there is no such file"
        except (OSError, ValueError, RuntimeError) as error:
            problem = f"it cannot be read: {one_line(error)}"
        if problem:
            sentences.append(f"{name} is '{given}', and {problem}; write the path of a YAML file with a list of tasks")
    return sentences


def begin(flow: Flow, seconds: int) -> dict[str, Any]:
    """Renew the claim on every server for as long as the user's tasks may take, so that nobody takes over meanwhile.

    Raises:
        Stop: the claim was lost (``claim_lost``).
    """
    flow.topology.lease_seconds = max(seconds, flow.topology.lease_seconds)
    flow.keep_claim()
    return {"outcome": "done", "snapshot": {}}


def judge(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """What came of the user's tasks.

    Raises:
        Stop: ``hook_failed``, one of them has failed; ``snapshot_missing``, no evidence of a snapshot where one is required;
            ``claim_lost``, somebody has taken over meanwhile.
    """
    name = options["name"]
    if options["failed"] is not None:
        detail = one_line(options["failed"].get("msg") or "no message")
        raise Stop("incomplete", "hook_failed", flow.server, hook=f"entra_connect_{name}", detail=detail)
    if name != "revert_snapshot":
        flow.keep_claim()
    else:
        flow.topology.token = None  # its record came back with it: the role claims anew, and only where the claim still stands on all others
        flow.wait(
            f"{flow.server}: waiting until it is up again",
            [flow.server],
            lambda reads: reads[flow.server].answered,
            flow.waits.idle_timeout,
            "idle_timeout",
            lambda reads: f"it does not answer ({reads[flow.server].silent_kind})",
        )
    if name != "snapshot":
        return {"outcome": "done", "snapshot": {}}
    found, problem = snapshot_of(options["result"])
    used: dict[str, Any] = {"entra_connect_snapshot_result": {}}  # so that it is not taken for the evidence of another server
    if problem and options["required"]:
        raise Stop("incomplete", "snapshot_missing", flow.server, detail=problem)
    if problem:
        flow.tell(f"{flow.server}: no evidence of a snapshot: {problem}; not checked")
        return {"outcome": "done", "snapshot": {}, "ansible_facts": used}
    flow.tell(f"{flow.server}: snapshot {found['id']}, taken {found['time']}, while the server is held")
    return {"outcome": "done", "snapshot": found, "ansible_facts": used}
