# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of values compare by."""

from __future__ import annotations

import json
from typing import Any


def same(left: Any, right: Any) -> bool:
    """Equal in value and in type: 1 is not True."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
