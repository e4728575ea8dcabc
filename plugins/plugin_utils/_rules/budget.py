# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server may export at first, against what it would (gate G4; design, section 6).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .pending import ConnectorPending
from .reads import ServerRead
from .refusals import Refusal
from .runs import Pending

KINDS = ("adds", "updates", "deletes")
ATTRIBUTES = "attributes"
DEFAULT: dict[str, int] = {"deletes": 0}


def limits(max_pending: Mapping[str, Any]) -> dict[str, int]:
    """The budget of the kinds, merged over the default; a kind that is absent is unlimited. Attributes are looked at too, and left out.

    Raises:
        ValueError: a kind that there is not, or a number that is none; the message says what to write.
    """
    merged: dict[str, int] = dict(DEFAULT)
    attribute_limits(max_pending)
    for kind, value in max_pending.items():
        if kind == ATTRIBUTES:
            continue
        if kind not in KINDS:
            raise ValueError(f"max_pending has no '{kind}'; write adds, updates, deletes or attributes")
        merged[kind] = _whole(f"max_pending.{kind}", value)
    return merged


def attribute_limits(max_pending: Mapping[str, Any]) -> dict[str, int]:
    """The budget of attributes: on how many objects that exist each may be touched; one that is absent is unlimited.

    Raises:
        ValueError: no mapping, a name or number that is none, or one attribute twice; the message says what to write.
    """
    given = max_pending.get(ATTRIBUTES)
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ValueError(f"max_pending.attributes is '{given}'; write a mapping, such as {{userPrincipalName: 0}}")
    found: dict[str, int] = {}
    for name, value in given.items():
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,199}", str(name)):
            raise ValueError(f"max_pending.attributes has '{name}', which is no attribute; write its name, such as userPrincipalName")
        if twin := next((each for each in found if each.lower() == str(name).lower()), ""):
            raise ValueError(f"max_pending.attributes has '{twin}' and '{name}', which are one attribute; write it once")
        found[str(name)] = _whole(f"max_pending.attributes.{name}", value)
    return found


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\s*\d+\s*", str(value), re.ASCII):
        raise ValueError(f"{name} is '{value}'; write a whole number, 0 or more")
    return int(value)


def over_budget(read: ServerRead, max_pending: Mapping[str, Any]) -> list[Refusal]:
    """One refusal per connector and kind above the budget; numbers that could not be read refuse as well."""
    if not read.pending:
        return [Refusal("pending_unread", read.name, {"detail": read.pending_error or "no connector gave its numbers"})]
    counted = {pending.connector for pending in read.pending}
    uncounted = [each.name for each in read.connectors or [] if each.name not in counted]
    refusals = [Refusal("pending_unread", read.name, {"detail": f"{name} gave no numbers"}) for name in uncounted]
    for pending in read.pending:
        refusals += kinds_over(read.name, pending, max_pending)
    return refusals


def kinds_over(server: str, pending: Pending | ConnectorPending, max_pending: Mapping[str, Any]) -> list[Refusal]:
    """One refusal for each kind of one connector that is above the budget, or has one and is not known."""
    refusals = []
    for kind, limit in limits(max_pending).items():
        count = getattr(pending, kind)
        if count is None:
            refusals.append(Refusal("pending_unread", server, {"detail": f"{pending.connector}: {kind}"}))
        elif count > limit:
            refusals.append(Refusal("over_budget", server, {"connector": pending.connector, "kind": kind, "count": count, "limit": limit}))
    return refusals


def summary(read: ServerRead) -> str:
    """The pending exports in one line, for people."""
    parts = [f"{each.connector} +{each.adds} ~{each.updates} -{each.deletes}" for each in read.pending or []]
    return "; ".join(parts) or "not read"
