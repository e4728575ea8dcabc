# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""See and set which connectors do a full import or a full synchronisation in the next cycle (adsync.md 2.12, 6.2).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules.reads import ServerRead
from .flow import Flow, Stop

PARAMETERS = {"full_import": "FullImport", "full_sync": "FullSync"}
Queue = dict[str, dict[str, Any]]


def configure(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Set what is given and differs, for the named connector or for all of them.

    Returns:
        ``outcome``, ``before``, ``after`` and ``overrides``, what is queued now by connector.

    Raises:
        Stop: ``overrides_unread``; ``connector_missing``; ``not_read_back``.
        SessionError: the server refused, as for a live claim of somebody else.
    """
    queue = _queue(flow, flow.read_one(full=True))
    name = options["connector"] or ""
    if name and name not in queue:
        raise Stop("refused", "connector_missing", flow.server, detail=f"there is no connector '{name}', but {', '.join(sorted(queue))}")
    wanted = {option: options[option] for option in PARAMETERS if options[option] is not None}
    changes = {each: wanted for each, now in queue.items() if each == (name or each) and {**now, **wanted} != now}
    after = {each: {**now, **changes.get(each, {})} for each, now in queue.items()}
    told = {"before": queue, "after": after}
    if not changes:
        return {"outcome": "already", **told, "overrides": queue}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", **told, "overrides": queue}
    for each, values in changes.items():
        parameters = {PARAMETERS[option]: value for option, value in values.items()}
        flow.topology.call(flow.server, "Set-EntraSyncConnectorOverride", Connector=each, **parameters)
    back = _queue(flow, flow.read_one(full=True))
    unlike = [each for each in changes if back.get(each) != after[each]]
    if unlike:
        raise Stop("unknown", "not_read_back", flow.server, settings=f"the full runs of {', '.join(unlike)}")
    return {"outcome": "done", **told, "overrides": back}


def _queue(flow: Flow, read: ServerRead) -> Queue:
    if read.overrides is None or any(None in (each.full_import, each.full_sync) for each in read.overrides):
        raise Stop("unknown", "overrides_unread", flow.server)
    return {each.connector: {"full_import": each.full_import, "full_sync": each.full_sync} for each in read.overrides}
