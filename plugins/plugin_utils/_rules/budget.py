# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server may export at first, against what it would (gate G4; design, section 6).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .reads import ServerRead
from .refusals import Refusal

KINDS = ("adds", "updates", "deletes")
DEFAULT: dict[str, int] = {"deletes": 0}


def limits(max_pending: Mapping[str, Any]) -> dict[str, int]:
    """The budget, merged over the default; a kind that is absent is unlimited.

    Raises:
        ValueError: a kind that there is not, or a number that is none; the message says what to write.
    """
    merged: dict[str, int] = dict(DEFAULT)
    for kind, value in max_pending.items():
        if kind not in KINDS:
            raise ValueError(f"max_pending has no '{kind}'; write adds, updates or deletes")
        if isinstance(value, bool) or not re.fullmatch(r"\s*\d+\s*", str(value), re.ASCII):
            raise ValueError(f"max_pending.{kind} is '{value}'; write a whole number, 0 or more")
        merged[kind] = int(value)
    return merged


def over_budget(read: ServerRead, max_pending: Mapping[str, Any]) -> list[Refusal]:
    """One refusal per connector and kind above the budget; numbers that could not be read refuse as well."""
    if not read.pending:
        return [Refusal("pending_unread", read.name, {"detail": read.pending_error or "no connector gave its numbers"})]
    counted = {pending.connector for pending in read.pending}
    uncounted = [each.name for each in read.connectors or [] if each.name not in counted]
    refusals = [Refusal("pending_unread", read.name, {"detail": f"{name} gave no numbers"}) for name in uncounted]
    for pending in read.pending:
        for kind, limit in limits(max_pending).items():
            count = getattr(pending, kind)
            if count is None:
                refusals.append(Refusal("pending_unread", read.name, {"detail": f"{pending.connector}: {kind}"}))
            elif count > limit:
                refusals.append(Refusal("over_budget", read.name, {"connector": pending.connector, "kind": kind, "count": count, "limit": limit}))
    return refusals


def summary(read: ServerRead) -> str:
    """The pending exports in one line, for people."""
    parts = [f"{each.connector} +{each.adds} ~{each.updates} -{each.deletes}" for each in read.pending or []]
    return "; ".join(parts) or "not read"
