# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Stop-EntraSyncCycle {
    <#
    .SYNOPSIS
    Stops the running sync cycle, which is documented as harmless (adsync.md 2.2). Codes: claim_live, service_stopped, adsync_error.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Stop-EntraSyncCycle' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Change {
            param($record)
            $null = Invoke-Sync { Stop-ADSyncSyncCycle -ErrorAction Stop }
            [pscustomobject]@{ changed = $true; accepted = $true }
        })
}
