# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the person at the wizard of an upgrade does, as numbered lines.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from typing import Any

from .tables import read_table


def clicks(server: str, version: str, role: str, restart: bool) -> list[str]:
    """A title and the numbered clicks.

    Args:
        version: of the wizard on the disk.
        role: ``staging`` or ``active``, what the server stays.
        restart: whether Windows wants a restart first.
    """
    table = steps()
    values = {"server": server, "version": version, "role": role}
    lines = [*(table["restart"] if restart else []), *table["steps"], *table[role], *table["end"]]
    return [table["title"].format(**values), *(f"  {number}. {line.format(**values)}" for number, line in enumerate(lines, 1))]


def steps() -> dict[str, Any]:
    """The table of clicks."""
    return read_table(__file__, "upgrade_steps.yml")
