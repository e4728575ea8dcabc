# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simulated server tells besides its engine's state: registry, disks, database, cloud identity, AD domains."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NET = r"HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full"
WINDOWS = r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
SERVICE = r"HKLM:\SYSTEM\CurrentControlSet\Services\ADSync"
CBS = r"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending"
UPDATE = r"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired"
RENAMES = r"HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager"
TLS = r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2"
CRYPTO = r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319"
POLICIES = r"HKLM:\SOFTWARE\Policies\Microsoft\Windows\PowerShell"
SHELL = r"HKLM:\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"
CREDENTIAL_FROM = (2, 5, 3, 0)  # older versions have no cmdlet that tells the kind of the identity (adsync.md 2.12)


def _registry() -> dict[str, dict[str, Any]]:
    return {
        WINDOWS: {"ProductName": "Windows Server 2022 Standard", "CurrentBuildNumber": "20348", "InstallationType": "Server"},
        NET: {"Release": 528449},
        SERVICE: {"ObjectName": "NT SERVICE\\ADSync"},
    }


@dataclass
class Prerequisites:
    """Of one server; where all is well.

    Attributes:
        registry: values by key; a key that is there without values counts as there.
        free_mb: free space of its one drive.
        config_changed: whether miiserver.exe.config was touched.
        database: as Get-ADSyncDatabaseConfiguration tells; None where it fails.
        account: user name of the Entra connector.
        credential: as Get-ADSyncEntraConnectorCredential tells; None where there is no such cmdlet.
        certificate_ends: of its certificate in the machine's store.
        unreachable: by domain, why the engine does not reach it.
    """

    account: str
    credential: dict[str, str] | None
    registry: dict[str, dict[str, Any]] = field(default_factory=_registry)
    free_mb: int = 60_000
    config_changed: bool | None = False
    database: dict[str, Any] | None = field(
        default_factory=lambda: {
            "SqlServerName": "(localdb)",
            "SqlServerInstanceName": ".\\ADSync2019",
            "SqlServerDBName": "ADSync",
            "SqlProductVersion": "15.0.4382.1",
            "IsLocalDBInstalled": True,
            "UsedSpaceInMb": 512.5,
        }
    )
    certificate_ends: str = "2028-01-01T00:00:00.000000Z"
    unreachable: dict[str, str] = field(default_factory=dict)

    def value(self, key: str, name: str) -> Any:
        """A value of the registry, None where it is absent."""
        return self.registry.get(key, {}).get(name)


def of_server(name: str, version: str, tenant: str) -> Prerequisites:
    """Those of a new server: an identity of its own."""
    parts = tuple(int(part) for part in version.split("."))
    thumbprint = f"{sum(name.encode()):040X}"
    found = {"ConnectorIdentityType": "Application", "ApplicationId": f"app-of-{name}", "CertificateThumbprint": thumbprint}
    return Prerequisites(f"Sync_{name.upper()}_0123456789ab@{tenant}", found if parts >= CREDENTIAL_FROM else None)
