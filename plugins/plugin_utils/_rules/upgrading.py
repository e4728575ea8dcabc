# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands against the upgrade of a server, how far it is, and what it has changed (adsync.md 5.2, 6.2, 6.3).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .in_place import inactive
from .quiet import idle
from .reads import ServerRead
from .refusals import Refusal
from .roles import hold_state, role_of, staging_flag
from .versions import Version, VersionFacts, facts_of, support_of

SCHEDULER = {
    "sync_cycle_enabled": "sync_cycle_enabled",
    "maintenance_enabled": "maintenance_enabled",
    "customized_sync_cycle_interval": "customized_interval",
    "purge_run_history_interval": "purge_interval",
}


def version_refusals(facts: VersionFacts, server: str, wanted: Version, accepted: str = "") -> list[Refusal]:
    """What is wrong with the wanted version for this server; ``accepted`` is a reason to take one that is known to be bad."""
    refusals = []
    bad = str(support_of(wanted)["known_bad"])
    if bad and not accepted:
        refusals.append(Refusal("known_bad", server, {"version": str(wanted), "why": bad}))
    if facts.engine is not None and facts.engine > wanted:
        refusals.append(Refusal("downgrade", server, {"found": str(facts.engine), "wanted": str(wanted)}))
    elif facts.wizard is not None and facts.wizard > wanted and facts.pending_wizard:
        refusals.append(Refusal("wizard_newer", server, {"found": str(facts.wizard), "wanted": str(wanted)}))
    return refusals


def state_refusals(read: ServerRead, claimed: bool, role: str = "staging") -> list[Refusal]:
    """What is wrong with the server itself: only a released server of this role is upgraded, and not past somebody else's claim."""
    name, state = read.name, hold_state(read)
    if state == "unbroken":
        return [Refusal("upgrade_held", name)]
    if state != "none":
        return [Refusal(f"hold_{state}", name, {"detail": role_of(read).reason})]
    if read.quarantine is not None:
        return [Refusal("upgrade_quarantined", name)]
    found = role_of(read)
    if role == "staging" and (found.name != role or not found.certain):
        return [Refusal("upgrade_needs_staging", name, {"detail": found.reason})]
    if role == "active" and (wrong := inactive(read)):
        return wrong
    claim = read.claim
    if not claimed and claim is not None and claim.live:
        return [Refusal("claim_live", name, {"detail": f"{claim.who} holds it since {claim.since} with token {claim.token}"})]
    return []


def flag_is(read: ServerRead, staging: bool) -> bool:
    """Whether at least one reading says so."""
    return read.staging_scheduler is staging or staging_flag(read) is staging


@dataclass(frozen=True)
class Part:
    """One thing of an upgrade, and whether it is so; None is unknown. What is not needed is only told."""

    so: bool | None
    text: str
    needed: bool = True


def parts(read: ServerRead, expected: Version, restart_from: str = "") -> list[Part]:
    """What is done of an upgrade and what is missing, from any read but one with all versions.

    Args:
        restart_from: boot id of the server when its restart was asked for; empty where none was.
    """
    facts = facts_of(read)
    found = [_version("the wizard on the disk", facts.wizard, expected)]
    if restart_from:
        again = read.boot_id != restart_from if read.boot_id else None
        found.append(Part(again, "restarted" if again else "it was not restarted yet", needed=False))
    found.append(_version("the engine", facts.engine, expected))
    found.append(_closed(read.wizard_running))
    found.append(Part(read.service_status == "Running", f"its service is {read.service_status or 'not read'}"))
    suspended = read.scheduler_suspended
    words: dict[bool | None, str] = {True: "SchedulerSuspended is True, as until the wizard is finished", False: "SchedulerSuspended is False"}
    found.append(Part(None if suspended is None else not suspended, words.get(suspended, "SchedulerSuspended is not read")))
    found.append(Part(True if idle(read) is not None else None, "its runs are read" if idle(read) is not None else "its runs are not read"))
    return found


def _version(what: str, found: Version | None, expected: Version) -> Part:
    if found is None:
        return Part(None, f"the version of {what} is not read")
    return Part(found >= expected, f"{what} is {found}")


def _closed(running: bool | None) -> Part:
    words: dict[bool | None, str] = {True: "the wizard is open", False: "the wizard is closed"}
    return Part(None if running is None else not running, words.get(running, "whether the wizard is open is not read"))


def finished(read: ServerRead, expected: Version, restart_from: str = "") -> bool:
    """Whether nothing of it is missing; a restart that Windows wants is told, but the wizard may finish without it."""
    return read.answered and all(each.so for each in parts(read, expected, restart_from) if each.needed)


def progress(read: ServerRead, expected: Version, restart_from: str = "") -> str:
    """What is done and what is missing, in words; of a server that does not answer, that this is unknown."""
    if not read.answered:
        return f"it does not answer ({read.silent_kind}), as while it restarts: unknown, asking again"
    found = parts(read, expected, restart_from)
    missing = [each.text for each in found if not each.so]
    done = [each.text for each in found if each.so]
    return f"missing: {', '.join(missing) or 'nothing'}; done: {', '.join(done) or 'nothing'}"


def versions_differ(facts: VersionFacts, expected: Version) -> list[str]:
    """Which of the versions are read and not the expected one; engine and wizard must be read."""
    found = {"engine": facts.engine, "wizard": facts.wizard, "configuration": facts.configuration}
    unlike = [f"{name} {version}" for name, version in found.items() if version is not None and version != expected]
    return unlike + [f"{name} not read" for name in ("engine", "wizard") if found[name] is None]


def changes(before: ServerRead, after: ServerRead) -> dict[str, Any]:
    """What an upgrade has changed of scheduler and queued full runs; what one of the reads does not tell is not compared."""
    scheduler = {}
    for name, field in SCHEDULER.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new and None not in (old, new):
            scheduler[name] = {"before": old, "after": new}
    were = {each.connector: (each.full_import, each.full_sync) for each in before.overrides or []}
    now = {each.connector: (each.full_import, each.full_sync) for each in after.overrides or []}
    queued = [name for name, value in sorted(now.items()) if True in value and value != were.get(name)]
    return {"scheduler": scheduler, "queued": queued, "overrides_read": after.overrides is not None}
