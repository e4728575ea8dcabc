# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Idle and quiet: when a server has really stopped exporting (design, section 2).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Sequence

from .reads import ServerRead
from .roles import role_of
from .runs import Export

UNFINISHED = frozenset({"InProgress", "", None})  # no status is no proof of an end


def blocked(read: ServerRead) -> bool:
    """Whether it is in quarantine, and the block is proved to hold everything back."""
    return read.quarantine is not None and read.quarantine.effective is True


def idle(read: ServerRead) -> bool | None:
    """Whether no cycle and no connector runs in this read; None where that cannot be told. Idle takes two such reads in a row.

    Behind a quarantine the scheduler cmdlet may want the cloud, so that the connectors alone are asked there.
    """
    if not read.answered or read.busy_connectors is None:
        return None
    if read.sync_cycle_in_progress is None:
        return read.busy_connectors == [] if blocked(read) else None
    return not read.sync_cycle_in_progress and read.busy_connectors == []


def quiet(read: ServerRead, exports_before: Sequence[Export] | None) -> tuple[bool | None, list[str]]:
    """Whether the server is demoted and done: staging read back on, idle, no export newer than an earlier read, no password-hash cycle.

    Args:
        exports_before: the newest exports of an earlier read that was made with staging on.

    Returns:
        The verdict (None: cannot be told), and what stands against it, in words for people.
    """
    against: list[str] = []
    role = role_of(read)
    if role.name != "staging":
        against.append(f"it reads {role.name} ({role.reason})")
    now_idle = idle(read)
    if now_idle is False:
        running = ", ".join(read.busy_connectors or []) or "a cycle"
        against.append(f"{running} is running")
    if read.exports is not None and exports_before is not None and _newest(read.exports) != _newest(exports_before):
        against.append("an export began after staging mode was turned on")
    if any(export.complete is False for export in read.exports or []) and now_idle is not True:
        against.append("an export has not ended")
    hashing = [each for each in read.password_sync or [] if each.status in UNFINISHED and not _before_boot(each.started, read.boot_id)]
    if hashing:
        against.append("a password-hash cycle is in progress")
    if against:
        return False, against
    unknown = now_idle is None or exports_before is None or not role.certain
    if not blocked(read):  # behind the block nothing leaves, whatever the histories say
        unknown = unknown or read.exports is None or read.password_sync is None
    return (None, ["not everything could be read"]) if unknown else (True, [])


def _newest(exports: Sequence[Export]) -> set[tuple[str, int | None, str]]:
    return {(each.connector, each.run_number, each.started) for each in exports}


def _before_boot(started: str, boot: str | None) -> bool:
    """A history row can stay ``InProgress`` after a reboot; both times are the server's own."""
    return bool(started and boot and len(boot) >= 19 and started[:19] < boot[:19])
