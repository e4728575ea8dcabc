# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""May this server be promoted now? Every reason against it, each with its own code (design, sections 3 and 5, steps 6 to 8).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .budget import over_budget
from .declared import Declared
from .fences import answering, missing, returned, silent, young
from .invariant import other_tenant, same_machine
from .reads import ServerRead, Token
from .refusals import Refusal
from .roles import hold_state, role_of, shut_off_by_us
from .versions import Version, facts_of

Reads = Mapping[str, ServerRead]
# From here on changing the flag by the settings asks for a credential where password writeback is on (adsync.md 3.3).
SETTINGS_WANT_CREDENTIAL = Version(2, 5, 3, 0)


def may_promote(reads: Reads, target: str, expected_active: str, max_pending: Mapping[str, Any], method: str, token: Token | None) -> list[Refusal]:
    """Everything that stands against promoting ``target``; all members were read in this task.

    Args:
        expected_active: who is active now by the caller's knowledge; empty for nobody.
        token: the claim that the caller holds; None where a claim is taken only after this.
    """
    refusals = _members(reads, token)
    actual = sorted(name for name, read in reads.items() if role_of(read).name == "active")
    if expected_active not in ("", *reads):
        refusals.append(Refusal("not_a_member", expected_active, {"members": ", ".join(sorted(reads))}))
    if actual != ([expected_active] if expected_active else []):
        refusals.append(Refusal("expected_active_differs", "", {"expected": expected_active or "nobody", "actual": ", ".join(actual) or "nobody"}))
    refusals += _others(reads, target)
    refusals += _target(reads[target])
    refusals += other_promotion(reads, target)
    refusals += over_budget(reads[target], max_pending)
    if method == "settings":
        refusals += settings_method(reads[target], facts_of(reads[target]).engine)
    return refusals


def still_alone(reads: Reads, target: str, token: Token | None, asked: bool = False) -> list[Refusal]:
    """What must be so right before the promotion, and at each poll while an operator was asked for one.

    Args:
        asked: an operator is at the wizard, so that the target's own role may change and its wizard be open.
    """
    refusals = _members(reads, token) + _others(reads, target)
    return refusals if asked else refusals + _target(reads[target]) + other_promotion(reads, target)


def other_promotion(reads: Reads, target: str) -> list[Refusal]:
    """A promotion that was sent or asked for on another server may still land: that server is held first (S4)."""
    return [
        Refusal("promotion_pending", name, {"target": target})
        for name, read in sorted(reads.items())
        if name != target and read.promotion is not None and hold_state(read) != "unbroken"
    ]


def fenced_out(reads: Reads, out: Mapping[str, Declared], out_reads: Reads) -> list[Refusal]:
    """What stands against a promotion of the servers that are declared out: one answers, or its fence is not recorded or not old enough."""
    return answering(out_reads) + missing(out, reads) + young(out, reads)


def settings_method(read: ServerRead, engine: Version | None) -> list[Refusal]:
    """The settings way wants a credential from 2.5.3.0 on where password writeback is on, or not known to be off.

    Args:
        engine: the version that the server has when its role is changed.
    """
    if engine is not None and engine < SETTINGS_WANT_CREDENTIAL:
        return []
    if read.writeback is False:  # nothing asks for a credential then, whatever the version (adsync.md 3.3)
        return []
    if read.writeback is None and shut_off_by_us(read):  # the server itself looks again before its role is changed
        return []
    said = "on" if read.writeback else "not readable"
    return [Refusal("settings_impossible", read.name, {"version": str(engine or "unknown"), "writeback": said})]


def _members(reads: Reads, token: Token | None) -> list[Refusal]:
    refusals = silent(reads) + returned(reads) + same_machine(reads) + other_tenant(reads)
    if token is not None:
        refusals += [
            Refusal("claim_changed", name, {"detail": f"its claim is {read.token or 'none'}, ours is {token}"})
            for name, read in sorted(reads.items())
            if read.answered and (read.token != token or (read.claim is not None and read.claim.ended))
        ]
    return refusals


def _others(reads: Reads, target: str) -> list[Refusal]:
    refusals = []
    for name, read in sorted(reads.items()):
        if name == target or not read.answered:
            continue
        state = hold_state(read)
        if state == "none":
            refusals.append(Refusal("not_held", name, {"role": role_of(read).name}))
        elif state != "unbroken":
            refusals.append(Refusal(f"hold_{state}", name, {"detail": role_of(read).reason}))
        elif read.child_alive:
            refusals.append(Refusal("child_running", name))
    return refusals


def _target(read: ServerRead) -> list[Refusal]:
    if not read.answered:
        return []
    state = hold_state(read)
    if state in ("unbroken", "wrong", "broken"):
        return [Refusal("target_held", read.name)]
    if state == "pending":
        return [Refusal("target_pending", read.name)]
    if read.quarantine is not None:
        return [Refusal("target_quarantined", read.name)]
    refusals = []
    role = role_of(read)
    if role.name == "unknown":
        refusals.append(Refusal(role.code, read.name, {"detail": role.reason}))
    elif role.name == "active":
        refusals.append(Refusal("role_changed", read.name, {"detail": "it is active already"}))
    elif not role.certain:
        refusals.append(Refusal("role_uncertain", read.name, {"detail": role.reason}))
    if read.wizard_running is not False:
        refusals.append(Refusal("wizard_open", read.name, {"detail": "" if read.wizard_running else "processes could not be read"}))
    if read.installer_running is not False:  # automatic upgrade, or a person's
        refusals.append(Refusal("installer_running", read.name, {"detail": "" if read.installer_running else "processes could not be read"}))
    if read.record_read is not True or read.restored is None:
        refusals.append(Refusal("record_unreadable", read.name, {"detail": read.record_error or "the record could not be read"}))
    elif read.restored:
        refusals.append(Refusal("target_restored", read.name))
    if not read.machine_id:
        refusals.append(Refusal("machine_unread", read.name))
    if read.child_alive:
        refusals.append(Refusal("child_running", read.name))
    return refusals
