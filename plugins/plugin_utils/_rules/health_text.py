# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How servers have been, as lines for people.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def lines(servers: Mapping[str, Any]) -> list[str]:
    """One line a server, then what a person should look at, then what was not read."""
    told = []
    for name, server in servers.items():
        told.append(f"{name}: {headline(server)}")
        told += [f"{name}: {event_text(each)}" for each in server["new"] if each["verdict"] != "report"]
        told += [f"{name}: not read: {each}" for each in server["not_read"]]
    return told


def headline(server: Mapping[str, Any]) -> str:
    """In one line: new events by their verdict, imports, password hashes, a certificate that ends soon."""
    if not server["read"]:
        return f"not read ({server['reason']})"
    counts = {verdict: sum(1 for each in server["new"] if each["verdict"] == verdict) for verdict in ("fail", "warn", "report")}
    kinds = f"{counts['fail']} serious, {counts['warn']} to look at, {counts['report']} others"
    since = f"since {server['covered_from'][:19]}Z"
    compared = f"{len(server['old'])} kinds as before" if server["compared"] else "compared with nothing"
    parts = [f"new kinds of events {since}: {kinds}; {compared}"]
    bad = [f"{each['connector']} {each['result']}" for each in server["imports"] if each["ok"] is False]
    parts.append(f"last import failed: {', '.join(bad)}" if bad else f"{sum(each['ok'] is True for each in server['imports'])} last imports well")
    hashes = server["password_hashes"]
    if hashes["checked"]:
        age = hashes["age_seconds"]
        parts.append(f"password hashes {'late, ' if hashes['late'] else ''}{'never' if age is None else f'{age} s ago'}")
    certificate = server["certificate"]
    if certificate["checked"] and certificate["soon"]:
        parts.append(f"its certificate ends at {certificate['ends'][:19]}Z, {certificate['days']} days from now")
    return "; ".join(parts)


def event_text(event: Mapping[str, Any]) -> str:
    """One kind of events: how often, what it means, what its newest message says."""
    message = event["messages"][0] if event["messages"] else "no message"
    meaning = event["meaning"] or "not in the table of known events."
    kind = f"{event['count']} x {event['provider']} {event['id']} ({event['level']}), last {event['last'][:19]}Z"
    return f"{event['verdict']}: {kind}. {meaning} '{message}'"
