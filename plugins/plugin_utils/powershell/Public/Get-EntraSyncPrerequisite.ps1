# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncPrerequisite {
    <#
    .SYNOPSIS
    Reads what a switch and an upgrade rest on besides the engine's own state, in one call; changes nothing.
    .DESCRIPTION
    Windows (pending restart, disks, .NET, TLS 1.2, PowerShell's policies), the database, the cloud identity with its certificate, the service's
    account, and the AD domains. A part that cannot be read is null or empty and its error is told; the call as a whole does not fail for it. Who owns
    the database is not read: only the account that runs the wizard matters, and the database is not touched. Sources: adsync.md 2.12, 5, 6.2, 11, B.5.
    Codes: none.
    #>
    param()
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $values = @{ now = Get-UtcText; computer_name = Get-ComputerName; module_error = '' }
    try { Import-Sync } catch { $values.module_error = Get-ErrorText $_ }
    foreach ($part in (Get-MachinePart), (Get-DatabasePart), (Get-IdentityPart), (Get-DomainPart)) {
        foreach ($name in @($part.Keys)) { $values[$name] = $part[$name] }
    }
    return [pscustomobject]$values
}
