# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may differ between the engines, and why. All else must be equal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

TIME = "<time>"
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\Z")
_TICKET = re.compile(r".*\|[\d.]+\|(\d+\.\w*)\Z", re.S)
# keys of answers and records that are left out, each with its reason
DROPPED = {
    "computer_name": "the real engine tells the name of the machine that it runs on, the twin that of the simulated one",
    "lease": "the twin's form of lease_until",
    "lease_until": "clock time, which the twin keeps under another name",
    "at": "the twin's form of a hold's since; of a promotion a clock time",
    "since": "clock time, which the twin keeps under another name in a hold",
    "age_seconds": "clock time; an age that cannot be told is compared by test_record.py",
    "record_error": "text of an error",
    "scheduler_error": "text of an error",
    "settings_error": "text of an error",
    "pending_error": "text of an error",
    "module_error": "text of an error",
    "sql_error": "text of an error",
    "identity_error": "text of an error",
    "domains_error": "text of an error",
    "reason": "text about a weakness of the firewall",
    "log_error": "text of an error",
    "zip_sha256": "a zip has the times of its files",
    "zip_size": "the same",
    "path": "a folder of the real engine's disk; the twin has none",
}
# an empty record says nothing, whether it is written out or not
EMPTY_RECORD: dict[str, Any] = {
    "claim": None,
    "goal": None,
    "hold": None,
    "quarantine": None,
    "promotion": None,
    "child": None,
    "found": [],
    "fences": [],
    "serial": 0,
    "restored": False,
}
# lists whose order nobody promises
UNORDERED: dict[str, Callable[[Any], str]] = {
    "exports": lambda each: str(each["connector"]),
    "runs": lambda each: json.dumps(each, sort_keys=True),
    "events": lambda each: json.dumps(each, sort_keys=True),
    "imports": lambda each: str(each["connector"]),
}


def plain(value: Any) -> Any:
    """A value without what may differ: clock times become one word, where there is a time or none still shows."""
    if isinstance(value, dict):
        return {key: _listed(key, plain(item)) for key, item in sorted(value.items()) if key not in DROPPED}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, str):
        ticket = _TICKET.match(value)
        return f"<ticket>|{ticket[1]}" if ticket else TIME if _ISO.match(value) else value
    return value


def _listed(key: str, value: Any) -> Any:
    return sorted(value, key=UNORDERED[key]) if key in UNORDERED and isinstance(value, list) else value


def record(text: str | None) -> Any:
    """A record as it is kept; a damaged one as its text."""
    if text is None:
        return EMPTY_RECORD
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return {**EMPTY_RECORD, **plain(value)} if isinstance(value, dict) else value
