# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our record on a simulated server: one JSON text, so that a test can damage, delete or roll it back."""

from __future__ import annotations

import json
import math
import time
from datetime import datetime
from typing import Any

from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import RECORD_FILE, ModelServer

EMPTY: dict[str, Any] = {
    "claim": None,
    "goal": None,
    "hold": None,
    "quarantine": None,
    "promotion": None,
    "found": [],
    "fences": [],
    "serial": 0,
    "restored": False,
}
PARTS = ("claim", "goal", "hold", "quarantine", "promotion")


def load(server: ModelServer) -> dict[str, Any]:
    """The record, or an empty one where there is none. Raises `Refused` where it is no JSON."""
    text = server.files.get(RECORD_FILE)
    if text is None:
        return json.loads(json.dumps(EMPTY))  # type: ignore[no-any-return]
    try:
        record = {**EMPTY, **json.loads(text)}
    except (ValueError, TypeError):
        raise Refused("record_unreadable", f"the record on {server.name} is no JSON") from None
    if not all(record[name] is None or isinstance(record[name], dict) for name in PARTS):
        raise Refused("record_unreadable", f"a part of the record on {server.name} is no object")
    record["fences"] = listed(record["fences"])
    if not all(isinstance(each, dict) and each.get("server") for each in record["fences"]):
        raise Refused("record_unreadable", f"an entry of the fences in the record on {server.name} is none")
    return record


def listed(value: Any) -> list[Any]:
    """A part that is a list; one entry alone is a list of one, as PowerShell takes it."""
    return [] if value is None else [each for each in value if each is not None] if isinstance(value, list) else [value]


def save(server: ModelServer, record: dict[str, Any]) -> None:
    """Write it whole."""
    server.files[RECORD_FILE] = json.dumps(record, sort_keys=True)


def is_live(claim: dict[str, Any]) -> bool:
    """Whether a claim is not ended and its lease runs, by real time."""
    return not claim["ended"] and float(claim["lease"]) > time.time()


def shown_fence(fence: dict[str, Any]) -> dict[str, Any]:
    """A fence as the functions give it; an age that cannot be told is null."""
    try:
        age: int | None = math.floor(time.time() - datetime.fromisoformat(fence["since"]).timestamp())
    except (KeyError, TypeError, ValueError):
        age = None
    return {**fence, "age_seconds": age}


def shown_claim(claim: dict[str, Any] | None) -> dict[str, Any] | None:
    """A claim as the functions give it."""
    if claim is None:
        return None
    values = {key: value for key, value in claim.items() if key != "lease"}
    return {**values, "lease_until": iso(claim["lease"]), "live": is_live(claim)}
