# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep the result file of a run true at every phase.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import _report
from .._rules.by_hand import going_back, removal
from .._rules.codes import explain
from .._rules.fences import lines as fence_lines
from .._rules.invariant import judge, table
from .._rules.outcomes import OUTCOMES, after_failure, outcome_rc
from .._rules.roles import role_of
from .claims import end
from .flow import Flow, Stop
from .timeline import timeline

CLOSE_SECONDS = 10.0


def report(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Write the file, and where asked its last copy into the record folder of every server.

    Returns:
        ``path``, ``result`` and the fact ``entra_connect_run``, by which a task that is interrupted finds the file.

    Raises:
        Stop: an outcome that is no word of the table, or a folder that cannot be written.
    """
    if options["outcome"] not in OUTCOMES:
        raise Stop("refused", "bad_outcome", flow.server, detail=f"{options['outcome']} is not one of {', '.join(OUTCOMES)}")
    if options["failed"] is not None:
        return stopped(flow, options, check)
    run = flow.run or _new_run(flow, options)
    path = Path(run["path"])
    details = {key: value for key, value in options["details"].items() if value is not None}
    values = {
        **_report.read(path),
        "run_id": run["run_id"],
        "playbook": options["playbook"],
        "servers": flow.topology.names,
        "phase": options["phase"],
        "outcome": options["outcome"],
        "check_mode": check,
        **details,
    }
    ended = options["outcome"] != "unknown"
    if ended and options["timeline"] and not check:
        values |= timeline(flow)
    try:
        _report.write(path, values)
        page = _report.write_page(path, values) if ended else None
    except OSError as error:
        raise Stop("refused", "report_unwritable", flow.server, detail=str(error)) from None
    if options["to_servers"] and not check:
        _copy(flow, run["run_id"], values)
    if page is not None:
        flow.show([f"{options['outcome']}: result file {path}, as a page {page}", *fence_lines(values.get("fences") or [])])
    return {"outcome": options["outcome"], "path": str(path), "result": values, "ansible_facts": {"entra_connect_run": run}}


def stopped(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """After a failed task: read what is left, name the outcome, end the claim, write the file, say what to run next."""
    # a task with a loop tells its items' results; what counts is the first that failed
    failed = next((each for each in options["failed"].get("results") or [] if each.get("failed")), options["failed"])
    reads = flow.topology.read()
    verdict = judge(reads, "at_most_one", out=flow.out, out_reads=flow.topology.probe_out())
    run = flow.run or _new_run(flow, options)
    path = Path(run["path"])
    earlier = _report.read(path)
    claimed = flow.topology.token is not None or earlier.get("claimed") is True  # by a part of the run that has ended its claim
    # a server whose service is down exports nothing, whatever its hold is worth
    known = all(read.answered and (role_of(read).name != "unknown" or read.service_status == "Stopped") for read in reads.values())
    outcome = after_failure(str(failed.get("outcome") or ("incomplete" if claimed else "refused")), verdict.active, known, claimed)
    left_open = end(flow, outcome) if flow.topology.token is not None and not check else {}
    message = str(failed.get("msg") or "a task failed")
    lines = [f"{outcome}: {message}", *table(verdict)]
    next_steps = ["to go on: run the same command again", going_back(flow.topology.names, options["playbook"])] if claimed else []
    lines += next_steps
    by_hand = removal(reads, left_open) if claimed else []
    lines += [f"to remove what is left by hand: {each}" for each in by_hand]
    values = {
        **earlier,
        "run_id": run["run_id"],
        "playbook": options["playbook"],
        "phase": options["phase"],
        "outcome": outcome,
        "check_mode": check,
        "message": message,
        "refusals": failed.get("refusals") or [],
        "next_command": failed.get("next_command") or "",
        "servers_left": verdict.servers,
        "next_steps": next_steps,
        "by_hand": by_hand,
        "warnings": [explain(each.code, each.server, each.params)[0] for each in verdict.warnings],
        "fences": verdict.fences,
        **{key: value for key, value in options["details"].items() if value},
    }
    if failed.get("pending"):  # what the refused server would have exported
        values["pending"] = {**(earlier.get("pending") or {}), "refused": failed["pending"]}
    if failed.get("gates"):
        values["gates_stopped" if claimed else "gates"] = failed["gates"]
    if options["timeline"] and claimed and not check:
        values |= timeline(flow)
    try:
        _report.write(path, values)
        lines.append(f"the same as a page {_report.write_page(path, values)}")
    except OSError as error:
        lines.append(f"the result file cannot be written: {error}")
    lines.append(f"result file {path}")
    flow.show(lines)
    return {"outcome": outcome, "path": str(path), "result": values, "text": lines}


def note_interruption(flow: Flow | None, reason: str, run: dict[str, Any] | None) -> None:
    """After Ctrl-C or SIGTERM: end the claim where one is held, and say in the result file what is known.

    Nothing is sent when the controller itself is gone: then somebody else may already be at work, and the lease runs out.
    """
    ended = False
    claimed = flow is not None and flow.topology.token is not None and not flow.topology.check_mode
    if flow is not None and claimed and not flow.topology.controller_gone():
        _answers, errors = flow.topology.call_each(flow.topology.names, "Close-EntraSyncClaim", CLOSE_SECONDS, Outcome="unknown")
        ended = not errors
    if run and run.get("path"):
        path = Path(run["path"])
        claim = "its claim is ended" if ended else "its claim stays until the lease runs out"
        values = {**_report.read(path), "outcome": "unknown", "reason": f"{reason}; {claim}; run the same command again"}
        _report.write(path, values)
        _report.write_page(path, values)


def _new_run(flow: Flow, options: Mapping[str, Any]) -> dict[str, str]:
    stamp = re.sub(r"[-:]", "", _report.now())
    run_id = uuid.uuid4().hex[:12]
    name = f"{options['playbook']}-{stamp}-{flow.topology.names[0]}-{run_id[:6]}.json"
    return {"run_id": run_id, "path": str(Path(options["report_dir"]).expanduser().absolute() / name)}


def _copy(flow: Flow, run_id: str, values: Mapping[str, Any]) -> None:
    text = json.dumps({**values, "outcome_rc": outcome_rc(values["outcome"])}, sort_keys=True)
    token, flow.topology.token = flow.topology.token, None
    changed = flow.topology.changed
    _answers, errors = flow.topology.call_each(flow.topology.names, "Save-EntraSyncResult", RunId=run_id, Text=text)
    flow.topology.token, flow.topology.changed = token, changed
    for name, error in errors.items():
        flow.tell(f"{name}: the copy of the result was not written there: {error.detail}")
