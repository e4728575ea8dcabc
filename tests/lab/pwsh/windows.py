# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stubs of Windows' own cmdlets ask: other services, and the event log."""

from __future__ import annotations

from typing import Any

from ..model.event_log import APPLICATION, LEVELS
from ..model.server import ModelServer


def service(server: ModelServer, given: dict[str, Any]) -> Any:
    """ADSync, or an agent's service where it is installed."""
    if given.get("name", "ADSync") == "ADSync":
        return {"status": server.service, "start_type": server.start_type}
    status = server.agents.get(given["name"])
    return None if status is None else {"status": status, "start_type": "Automatic"}


def events(server: ModelServer, given: dict[str, Any]) -> Any:
    """Events of one provider, newest first, or the id and the text of the error that Get-WinEvent gives."""
    log = server.log
    if log.fails:
        return {"error": "LogInaccessible", "text": "The event log cannot be read."}
    if given["log"] != APPLICATION:
        return {"error": "NoMatchingLogsFound", "text": f"There is not an event log on the localhost computer that matches '{given['log']}'."}
    if given["provider"] not in log.registered:
        text = f"There is not an event provider on the localhost computer that matches '{given['provider']}'."
        return {"error": "NoMatchingProvidersFound", "text": text}
    real = server.world.clock.real
    found = [
        {"at": round(real(each.at) * 1000.0), "id": each.id, "level": LEVELS[each.level], "provider": each.provider, "message": each.message}
        for each in log.since(0.0, given["provider"])
        if real(each.at) * 1000.0 >= given["since"]
        and str(LEVELS[each.level]) in given["levels"]
        and (not given["ids"] or str(each.id) in given["ids"])
    ]
    if not found:
        return {"error": "NoMatchingEventsFound", "text": "No events were found that match the specified selection criteria."}
    return {"error": "", "events": found[: given["most"]]}
