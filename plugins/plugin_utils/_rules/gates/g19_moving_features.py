# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""G19: what pauses while nobody is active, and what goes on. It only tells, and names what was not read (adsync.md 4, 5.3, 10).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..roles import shut_off_by_us
from ..situation import Situation
from ._gate import BEFORE, Checked, Gate

AGENT = "AzureADConnectAuthenticationAgent"
PAUSING = {"device_writeback": "device writeback", "group_writeback": "group writeback"}
STAYING = {"seamless_sign_on": "seamless single sign-on"}
GATE = Gate(
    id="G19",
    title="features that move with the role",
    moments=(BEFORE,),
    reads="Password hash synchronisation and password writeback, on every server; device and group writeback and seamless single sign-on by its "
    "exported settings; the service of the pass-through authentication agent.",
    verdict="Never fails: it tells what pauses from the demotion to the promotion, what goes on, and what was not checked. An agent answers in both "
    "roles, and not while its server restarts.",
    todo="Nothing; tell those who depend on it. Before an upgrade have another pass-through agent elsewhere.",
)


def check(situation: Situation) -> Checked:
    """Features that move with the role."""
    reads = situation.reads.values()
    on, known = _settings(situation)
    pausing = ["exports", *(["password hashes"] if any(read.password_sync for read in reads) else [])]
    pausing += ["password writeback"] if any(read.writeback for read in reads) else []
    pausing += [label for name, label in PAUSING.items() if name in on]
    agents, unread = _agents(situation)
    staying = [*(label for name, label in STAYING.items() if name in on), *agents]
    unread = [*(label for name, label in (PAUSING | STAYING).items() if name not in known), *unread]
    said = [f"pause while nobody is active: {', '.join(pausing)}" if situation.plan.switching else "nothing pauses"]
    said += [f"go on in both roles: {', '.join(staying)}"] if staying else []
    said += [f"not checked: {', '.join(unread)}"] if unread else []
    return [], [], "; ".join(said)


def _settings(situation: Situation) -> tuple[set[str], set[str]]:
    """The features that any server's export tells as on, and those of which any export tells."""
    settings = situation.evidence.get("settings")
    servers = settings.get("features") if isinstance(settings, Mapping) else None
    told = [each for each in servers.values() if isinstance(each, Mapping)] if isinstance(servers, Mapping) else []
    return {name for each in told for name, value in each.items() if value is True}, {name for each in told for name in each}


def _agents(situation: Situation) -> tuple[list[str], list[str]]:
    """Pass-through agents that stand on the servers, and servers of which that was not read; one that is held has its services as before."""
    health = situation.evidence.get("health")
    found, unread = [], []
    for name, read in sorted(situation.reads.items()):
        one: Any = health.get(name) if isinstance(health, Mapping) else None
        services = one.get("services") or [] if isinstance(one, Mapping) else []
        agent: Mapping[str, Any] = next((each for each in services if each.get("name") == AGENT), {})
        if agent.get("found") is True:
            found.append(f"pass-through agent of {name} ({agent.get('status') or 'status unknown'})")
        elif agent.get("found") is not False and not shut_off_by_us(read):
            unread.append(f"pass-through agent of {name}")
    return found, unread
