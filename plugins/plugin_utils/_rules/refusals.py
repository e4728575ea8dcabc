# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One thing that stands against a change, as data: the sentence is made from the table of codes.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """A refusal, or another reason why something is not done.

    Attributes:
        code: key of the table of codes.
        server: inventory name of the server it is about; empty for the topology.
        params: values for the sentence; never a secret.
    """

    code: str
    server: str = ""
    params: dict[str, Any] = field(default_factory=dict, hash=False)
