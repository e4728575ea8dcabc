# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a twin says no: the same codes as the PowerShell functions."""

from __future__ import annotations


class Refused(Exception):
    """A refusal or failure with its code and one plain sentence."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(f"{code}: {message}")
