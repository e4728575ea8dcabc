# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what servers would export, side by side, and say what stands out. Changes nothing.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._rules.budget import attribute_limits, limits
from .._rules.codes import explain, told
from .._rules.pending import PendingRead, watched
from .._rules.pending_budget import judge_pending
from .flow import Flow, Stop

FUNCTION = "Get-EntraSyncPendingExport"
EVERY = "all"
MARGIN = 10  # seconds that are left for the answer when the server gives up on its details
MOST_SAMPLES = 100
STOPPED = "its service ADSync is stopped, by a hold or otherwise, and tells nothing"


def pending_exports(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """What each wanted server would export, by connector, with what fails and what only has to be seen.

    Args:
        options: those of ``adsync_pending_export_info``: ``servers``, ``detail``, ``samples``, ``max_pending``, ``enforce``, ``timeout``.

    Raises:
        Stop: ``refused``, an option that cannot be meant; with ``enforce`` what stands against a promotion, with the same values.
    """
    names = _names(flow, options["servers"])
    budget = options["max_pending"]
    try:
        limits(budget)
        watch = list({name.lower(): name for name in [*watched(), *attribute_limits(budget)]}.values())
    except ValueError as error:
        raise Stop("refused", "bad_budget", flow.server, detail=str(error)) from None
    if not 0 <= options["samples"] <= MOST_SAMPLES:
        raise Stop("refused", "bad_samples", flow.server, samples=options["samples"], most=MOST_SAMPLES)
    reads = _read(flow, names, bool(options["detail"]), int(options["samples"]), watch, int(options["timeout"]))
    judged = {name: judge_pending(read, budget) for name, read in reads.items()}
    failed = [each for fails, _warns in judged.values() for each in fails]
    values = {
        "pending": {name: read.as_value() for name, read in reads.items()},
        "text": [f"{name}: {read.text()}" for name, read in reads.items()],
        "fails": [told(each) for each in failed],
        "warns": [told(each) for _fails, warns in judged.values() for each in warns],
    }
    if options["enforce"] and failed:
        raise Stop("refused", refusals=failed, values=values)
    return {"outcome": "done", **values}


def _names(flow: Flow, servers: list[str] | None) -> list[str]:
    if not servers:
        return [flow.server]
    if servers == [EVERY]:
        return flow.topology.names
    for name in servers:
        if name not in flow.topology.names:
            raise Stop("refused", "not_a_member", name, members=", ".join(flow.topology.names))
    return servers


def _read(flow: Flow, names: Iterable[str], detail: bool, samples: int, watch: list[str], seconds: int) -> dict[str, PendingRead]:
    """One call for each server at the same time; those that do not answer are told as not read."""
    given: dict[str, Any] = {"Detail": detail, "Samples": samples, "Watch": watch, "MostSeconds": max(1, seconds - MARGIN)}
    answers, errors = flow.long_call(names, FUNCTION, seconds, **given)
    reads = {name: PendingRead.from_answer(name, answer, detail) for name, answer in answers.items()}
    for name, error in errors.items():
        reason = STOPPED if error.code == "service_stopped" else explain(error.code, name, {"detail": error.detail})[0]
        reads[name] = PendingRead(name, False, reason, error.code, detail)
    return dict(sorted(reads.items()))
