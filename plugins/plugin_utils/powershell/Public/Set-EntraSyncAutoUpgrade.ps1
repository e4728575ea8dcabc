# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncAutoUpgrade {
    <#
    .SYNOPSIS
    Sets automatic upgrade; KeepFound notes what was found once (adsync.md 6.4). Codes: claim_live, service_stopped, adsync_error.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][ValidateSet('Enabled', 'Disabled')][string]$State, [bool]$KeepFound)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Set-EntraSyncAutoUpgrade' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Change {
            param($record)
            $present = [string](Invoke-Sync { Get-ADSyncAutoUpgrade -ErrorAction Stop })
            if ($KeepFound) { Set-Found -Record $record -Name 'auto_upgrade' -Found $present -Set $State }
            if ($present -ne $State) { Invoke-Sync { $null = Set-ADSyncAutoUpgrade -AutoUpgradeState $State -ErrorAction Stop } }
            [pscustomobject]@{ changed = ($present -ne $State); state = [string](Invoke-Sync { Get-ADSyncAutoUpgrade -ErrorAction Stop }) }
        })
}
