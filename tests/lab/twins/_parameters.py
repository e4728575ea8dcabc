# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What PowerShell's binder refuses before a function begins: the sets and patterns that the functions' parameters declare."""

from __future__ import annotations

import re
from typing import Any

_ALLOWED = {
    ("Disable-EntraSyncStaging", "Ticket"): r"(?s).+",
    ("Get-EntraSyncHealth", "Since"): r"\d{8}T\d{6}Z",
    ("Get-EntraSyncInstaller", "Path"): r"(?s).+",
    ("Get-EntraSyncInstaller", "File"): r"(?s).+",
    ("Install-EntraSyncWizard", "Path"): r"(?s).+",
    ("Install-EntraSyncWizard", "File"): r"(?s).+",
    ("Install-EntraSyncWizard", "Sha256"): r"(?s).+",
    ("Restore-EntraSyncFound", "Name"): "scheduler|auto_upgrade",
    ("Save-EntraSyncResult", "RunId"): "[0-9a-f]{1,32}",
    ("Save-EntraSyncResult", "Text"): r"(?s).+",
    ("Set-EntraSyncAutoUpgrade", "State"): "Enabled|Disabled",
    ("Set-EntraSyncFence", "Server"): r"(?s).+",
    ("Clear-EntraSyncFence", "Server"): r"(?s).+",
    ("Set-EntraSyncFence", "Kind"): "cloud|powered_off|asserted",
    ("Start-EntraSyncCycle", "PolicyType"): "Delta|Initial",
}


def refused(function: str, parameters: dict[str, Any]) -> str:
    """Name of the first parameter whose value its declaration does not allow; empty where there is none. Like the binder it ignores case."""
    for name, value in parameters.items():
        pattern = _ALLOWED.get((function, name))
        if pattern is not None and not re.fullmatch(pattern, str(value), re.I):
            return name
    return ""
