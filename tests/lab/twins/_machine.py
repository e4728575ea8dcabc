# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of Get-EntraSyncPrerequisite that is about Windows."""

from __future__ import annotations

from typing import Any

from ..model import prerequisites as keys
from ..model.prerequisites import Prerequisites


def values(facts: Prerequisites) -> dict[str, Any]:
    """As the registry and the disks tell it."""
    value = facts.value
    reasons = [text for key, text in ((keys.CBS, "component servicing"), (keys.UPDATE, "Windows Update")) if key in facts.registry]
    reasons += ["files to be renamed"] if any(value(keys.RENAMES, "PendingFileRenameOperations") or []) else []
    return {
        "os_name": value(keys.WINDOWS, "ProductName"),
        "os_build": value(keys.WINDOWS, "CurrentBuildNumber"),
        "os_kind": value(keys.WINDOWS, "InstallationType"),
        "reboot_pending": bool(reasons),
        "reboot_reasons": reasons,
        "net_release": value(keys.NET, "Release"),
        "tls_client": _tls(facts, "Client"),
        "tls_server": _tls(facts, "Server"),
        "strong_crypto": {None: "default", 0: "off"}.get(value(keys.CRYPTO, "SchUseStrongCrypto"), "on"),
        "execution_policy": value(keys.POLICIES, "ExecutionPolicy") or value(keys.SHELL, "ExecutionPolicy") or "",
        "transcription": value(keys.POLICIES + "\\Transcription", "EnableTranscripting") == 1,
        **{f"{which}_{what}": each for which in ("system", "data") for what, each in (("drive", "C:"), ("free_mb", facts.free_mb))},
        "engine_config_changed": facts.config_changed,
        "service_account": value(keys.SERVICE, "ObjectName"),
        "unread": [],
    }


def _tls(facts: Prerequisites, side: str) -> str:
    enabled, disabled = (facts.value(f"{keys.TLS}\\{side}", name) for name in ("Enabled", "DisabledByDefault"))
    if enabled == 0 or disabled:
        return "off"
    return "default" if enabled is None else "on"
