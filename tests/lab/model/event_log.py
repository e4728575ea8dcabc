# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated event log of one server: what was written, and which providers Windows knows (adsync.md 8.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

APPLICATION = "Application"
LEVELS = {"critical": 1, "error": 2, "warning": 3, "information": 4}


@dataclass(frozen=True)
class Event:
    """One record."""

    at: float
    provider: str
    id: int
    level: str
    message: str


@dataclass
class EventLog:
    """The Application log, apart from the starts of the service, which the server keeps itself.

    Attributes:
        fails: whether it cannot be read.
        registered: providers that Windows knows; asking for another one is an error.
    """

    events: list[Event] = field(default_factory=list)
    fails: bool = False
    registered: set[str] = field(default_factory=lambda: {"ADSync", "Directory Synchronization", "PasswordResetService", "Azure AD Connect Upgrade"})

    def since(self, moment: float, provider: str) -> list[Event]:
        """The events of a provider from then on, newest first."""
        return sorted((each for each in self.events if each.at >= moment and each.provider == provider), key=lambda each: -each.at)
