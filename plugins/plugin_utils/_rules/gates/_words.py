# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evidence that more than one gate says.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..situation import Situation


def otherwise(situation: Situation, text: str) -> str:
    """The text, where anybody is promoted at all."""
    return text if situation.plan.switching else "nothing is promoted"
