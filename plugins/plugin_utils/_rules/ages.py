# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""For how long a server is held, by its own clock (safety.md, appendix A, the 7-day rule).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from .reads import ServerRead
from .refusals import Refusal

# a server without a delta synchronisation for 7 days needs a full one (adsync.md 2): one day is left to act
HELD_LONG = timedelta(days=6)


def moment(text: str | None) -> datetime | None:
    """A time as the servers write it, to the second; None where it is none."""
    try:
        return datetime.fromisoformat((text or "")[:19])
    except ValueError:
        return None


def words(age: timedelta) -> str:
    """An age for people: ``12 min``, ``5 h``, ``6 days``."""
    hours = int(age.total_seconds() // 3600)
    return f"{age.days} days" if age.days > 1 else f"{hours} h" if hours else f"{int(age.total_seconds() // 60)} min"


def hold_age(read: ServerRead) -> timedelta | None:
    """Since when our hold lasts, both times by the server's own clock; None where there is no hold, or its clock was set back."""
    now, since = moment(read.now), moment(read.hold.since if read.hold else None)
    return now - since if now is not None and since is not None and now >= since else None


def held_for(read: ServerRead) -> str:
    """The same in words, to stand behind "held"."""
    age = hold_age(read)
    return f"for {words(age)}" if age is not None else "for an unknown time"


def held_long(reads: Mapping[str, ServerRead]) -> list[Refusal]:
    """A warning for each server whose hold lasts over 6 days."""
    ages = {name: hold_age(read) for name, read in sorted(reads.items())}
    return [Refusal("hold_old", name, {"age": words(age)}) for name, age in ages.items() if age is not None and age > HELD_LONG]
