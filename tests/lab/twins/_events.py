# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of Get-EntraSyncHealth that reads the event log."""

from __future__ import annotations

from typing import Any

from ..model.clock import iso
from ..model.event_log import APPLICATION, Event
from ..model.server import ModelServer

PROVIDERS = (
    "ADSync",
    "Directory Synchronization",
    "PasswordResetService",
    "Azure AD Connect Upgrade",
    "Microsoft Entra Connect Upgrade",
    "AzureADConnect",
)
TOLD = {116, 212, 654, 656, 6941, 6942, 31015, 31016, 31019}  # informational ones that tell something
UNREADABLE = "The event log cannot be read."


def parts(server: ModelServer, since: float, most: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sources, and groups of events."""
    sources, events = [], []
    for provider in PROVIDERS:
        known, fails = provider in server.log.registered, server.log.fails
        found = server.log.since(since, provider) if known and not fails else []
        by_level = [
            [each for each in found if each.level != "information"][:most],
            [each for each in found if each.level == "information" and each.id in TOLD][:most],
        ]
        error = UNREADABLE if fails else ""
        cut = any(len(each) >= most for each in by_level)
        sources.append({"log": APPLICATION, "provider": provider, "read": not fails, "registered": known or fails, "cut": cut, "error": error})
        events += _groups([each for some in by_level for each in some], server.clock_ahead)
    channel = "Microsoft-AzureADConnect-AuthenticationAgent/Admin"  # no server of the lab has the agent
    error = UNREADABLE if server.log.fails else ""
    sources.append({"log": channel, "provider": "", "read": not error, "registered": bool(error), "cut": False, "error": error})
    return sources, events


def _groups(events: list[Event], ahead: float) -> list[dict[str, Any]]:
    groups: dict[tuple[int, str], list[Event]] = {}
    for each in events:
        groups.setdefault((each.id, each.level), []).append(each)
    return [
        {
            "log": APPLICATION,
            "provider": some[0].provider,
            "id": number,
            "level": level,
            "count": len(some),
            "first": iso(min(each.at for each in some) + ahead),
            "last": iso(max(each.at for each in some) + ahead),
            "messages": "\n".join(list(dict.fromkeys(_line(each.message) for each in some if each.message.strip()))[:3]),
        }
        for (number, level), some in groups.items()
    ]


def _line(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= 300 else text[:300] + "..."
