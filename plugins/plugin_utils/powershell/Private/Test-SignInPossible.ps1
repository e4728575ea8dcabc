# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-SignInPossible {
    <#
    .SYNOPSIS
    Whether Set-ADSyncScheduler may open a sign-in here: from 2.6.84.0 on, or where it knows AADUserName (adsync.md 1.3). Unknown counts as yes.
    #>
    $command = Microsoft.PowerShell.Core\Get-Command -Name 'Set-ADSyncScheduler' -ErrorAction SilentlyContinue
    if ($null -eq $command -or $command.Parameters.ContainsKey('AADUserName')) { return $true }
    $engine = Get-EngineVersion
    return (-not $engine -or [version]$engine -ge [version]'2.6.84.0')
}
