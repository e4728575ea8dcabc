# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role of a server, from two independent readings, and the state of its hold (adsync.md 3.1; design, section 2).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass

from .ages import held_for
from .reads import ServerRead

_SETTING = {"true": True, "false": False}


@dataclass(frozen=True)
class Role:
    """What a server is.

    Attributes:
        name: ``active``, ``staging``, ``held`` or ``unknown``.
        reason: why, in words for people.
        certain: both readings agree, or the hold is unbroken; only this is good enough for a change.
        code: why it is unknown, a key of the table of codes; empty otherwise.
    """

    name: str
    reason: str
    certain: bool
    code: str = ""


def staging_flag(read: ServerRead) -> bool | None:
    """The reading of the global settings, which are text: ``bool('False')`` would be true."""
    return _SETTING.get((read.staging_settings or "").lower())


def role_of(read: ServerRead) -> Role:
    """The role that the read gives. A server that does not answer, or whose readings differ, is unknown."""
    if not read.answered:
        return _unknown(read.silent_kind or "unreachable", read.silent_message or "no answer")
    hold = hold_state(read)
    if hold == "unbroken":
        return Role("held", f"down by us {held_for(read)}, staging read on, not started since", True)
    if hold == "wrong" and read.service_status != "Running":
        return _unknown("hold_wrong", f"held by us {held_for(read)} with staging mode off")
    if (
        read.service_status is None
        and hold == "none"
        and read.module_present is not False
        and (read.staging_scheduler is not None or staging_flag(read) is not None)
    ):
        # its cmdlets answer only while the service runs: good enough for a status, not for a change
        told = _by_readings(read)
        return Role(told.name, f"{told.reason}; the state of its service cannot be read", False, told.code)
    if read.service_status != "Running":
        if hold != "none":
            return _unknown(f"hold_{hold}", f"a {hold} hold {held_for(read)}: service {read.service_status or 'unknown'}")
        if read.service_status is None and read.module_present is False:
            return _unknown("module_missing", read.module_error or "there is no ADSync module")
        return _unknown("service_stopped", f"service ADSync is {read.service_status or 'not readable'}, and not by a hold of ours")
    if read.module_present is False:
        return _unknown("module_missing", read.module_error or "there is no ADSync module")
    return _by_readings(read)


def _by_readings(read: ServerRead) -> Role:
    scheduler, settings = read.staging_scheduler, staging_flag(read)
    if scheduler is not None and settings is not None:
        if scheduler != settings:
            return _unknown("readings_differ", f"the scheduler says staging {scheduler}, the global settings say {settings}")
        return Role("staging" if scheduler else "active", "both readings agree", True)
    only = scheduler if scheduler is not None else settings
    if only is None:
        return _unknown("role_unread", read.scheduler_error or read.settings_error or "neither reading gave an answer")
    source = "scheduler" if scheduler is not None else "global settings"
    if read.quarantine is not None and read.quarantine.effective and source == "global settings":
        return Role("staging" if only else "active", "in quarantine, where the global settings alone decide", True)
    return Role("staging" if only else "active", f"only the {source} could be read", False)


def hold_state(read: ServerRead) -> str:
    """``none``, ``pending``, ``unbroken``, ``broken`` or ``wrong``.

    Unbroken: the record is complete with staging on, the service is stopped and disabled, and no start of it is logged since,
    in a log that reaches back that far.
    """
    hold = read.hold
    if hold is None:
        return "none"
    if _SETTING.get(hold.staging.lower()) is False:
        return "wrong"
    if hold.state != "complete":
        return "pending"
    down = read.service_status == "Stopped" and read.service_start_type == "Disabled"
    if down and hold.starts_since == 0 and hold.log_reaches and _SETTING.get(hold.staging.lower()) is True:
        return "unbroken"
    return "broken"


def to_mend(read: ServerRead) -> bool:
    """Whether only a start behind the block tells what a hold is worth: a wrong or broken one, and one that was begun on a machine that went
    down before the flag was read. ``Enter-EntraSyncHold`` itself completes one that was begun with the flag read and nothing started since.
    """
    state, hold = hold_state(read), read.hold
    if state != "pending" or hold is None:
        return state in ("wrong", "broken")
    down = read.service_status == "Stopped" and read.service_start_type == "Disabled"
    return down and not (_SETTING.get(hold.staging.lower()) is True and hold.starts_since == 0)


def down_by_us(read: ServerRead) -> bool:
    """Whether a hold of ours, unbroken or not, is why its service does not run: then nobody can ask it, and gates judge its record."""
    return hold_state(read) != "none" and read.service_status != "Running"


def shut_off_by_us(read: ServerRead) -> bool:
    """Whether it is down by us or runs behind our outbound block, where what its cmdlets ask the cloud for has no answer: gates judge its record."""
    return down_by_us(read) or read.quarantine is not None


def _unknown(code: str, reason: str) -> Role:
    return Role("unknown", reason, False, code)
