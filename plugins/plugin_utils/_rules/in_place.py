# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade of the only server of a topology, which is active meanwhile since nobody can take over its role.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .goal import goal_in_force, left_open
from .reads import ServerRead
from .refusals import Refusal
from .roles import role_of

IN_PLACE = "in_place_upgrade"  # name of the playbook, and the verb of its goal
NOTES = (
    "there is no other server, so exports, password hashes and password writeback pause while the wizard works (5 to 15 minutes, longer for a large "
    "database), and only a snapshot or a backup leads back",
    "the wizard itself starts the first cycle, so what it exports is judged afterwards",
)


def unproved(reads: Mapping[str, ServerRead]) -> bool:
    """Whether an earlier run had begun it and did not come to the judgement of the first export."""
    kept = goal_in_force(reads)
    return left_open(reads) and kept is not None and kept.verb == IN_PLACE


def inactive(read: ServerRead) -> list[Refusal]:
    """Why the only server is not the active one; one in staging mode has nobody to switch with, so a command of its own makes it active."""
    found = role_of(read)
    if found.name == "staging" and found.certain:
        return [Refusal("only_server_staging", read.name)]
    if found.name != "active" or not found.certain:
        return [Refusal("upgrade_needs_active", read.name, {"detail": found.reason})]
    return []


def alone(members: Sequence[str]) -> list[Refusal]:
    """It is for one declared server; one that is declared out counts, since it may come back active."""
    return [Refusal("in_place_only_alone", members[0], {"members": ", ".join(members)})] if len(members) > 1 else []
