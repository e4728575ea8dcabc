# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an exit code of msiexec means, and what follows from it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .tables import read_table


@dataclass(frozen=True)
class Ending:
    """How the installer ended.

    Attributes:
        code: msiexec's exit code; None where nobody knows it.
        then: ``go_on``, ``restart``, ``again`` or ``stop``.
        means: in words.
        todo: what a person does about it where the wizard is not on the disk afterwards.
    """

    code: int | None
    then: str
    means: str
    todo: str

    def __str__(self) -> str:
        return f"{'no exit code' if self.code is None else self.code}: {self.means}"


def ending(code: Any) -> Ending:
    """The meaning of an exit code; of one that was not read, or is no number, that it is unknown."""
    known = table()
    if isinstance(code, bool) or not isinstance(code, int):
        return Ending(None, **known["unknown"])
    return Ending(code, **known["exit_codes"].get(code, known["other"]))


def table() -> dict[str, Any]:
    """The table of exit codes."""
    return read_table(__file__, "installing.yml")
