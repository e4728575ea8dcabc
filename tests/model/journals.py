# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals written down in tests: one line a call, in the order of time."""

from __future__ import annotations

from typing import Any

SHORT = {
    "claim": "New-EntraSyncClaim",
    "complete": "Complete-EntraSyncClaim",
    "close": "Close-EntraSyncClaim",
    "freeze": "Set-EntraSyncAutoUpgrade",
    "scheduler": "Set-EntraSyncScheduler",
    "cycle": "Start-EntraSyncCycle",
    "stop": "Stop-EntraSyncCycle",
    "demote": "Enable-EntraSyncStaging",
    "hold": "Enter-EntraSyncHold",
    "start": "Start-EntraSyncRelease",
    "lift": "Complete-EntraSyncRelease",
    "promote": "Disable-EntraSyncStaging",
    "ask": "Register-EntraSyncPromotion",
    "serial": "Set-EntraSyncSerial",
    "restore": "Restore-EntraSyncFound",
    "upgrade": "Install-EntraSyncWizard",
    "fence": "Set-EntraSyncFence",
    "clear": "Clear-EntraSyncFence",
    "forget": "Clear-EntraSyncFence",
    "file": "Write-EntraSyncFile",
    "result": "Save-EntraSyncResult",
}


def journals(text: str) -> dict[str, list[dict[str, Any]]]:
    """Journals of servers 1, 2 (and 3), from words like ``claim1:1.a`` (call, server, token) with ``?`` or ``!`` behind for a result that
    is unknown or missing, and ``-`` for a refused one; ``fence2:1.a=cloud_srv1`` has a detail.
    """
    found: dict[str, list[dict[str, Any]]] = {"srv1": [], "srv2": []}
    for moment, word in enumerate(text.split()):
        what = {"?": "unknown", "!": "", "-": "refused"}.get(word[-1], "done")
        word, _equals, detail = word.rstrip("?!-").partition("=")
        call, _colon, token = word.partition(":")
        entries = found.setdefault(f"srv{call[-1]}", [])
        for each in ("intent", what):
            if each:
                entries.append(
                    {"at": float(moment), "function": SHORT[call[:-1]], "what": each, "token": token or "0.", "detail": detail.replace("_", " ")}
                )
    return found
