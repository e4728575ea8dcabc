# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncAutoUpgrade {
    <#
    .SYNOPSIS
    Sets automatic upgrade (adsync.md 6.4).
    .DESCRIPTION
    Without a token only a live claim stands against it. Codes: service_stopped, sign_in_wanted, adsync_error, module_missing, claim_live,
    claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER State
    Enabled or Disabled; Suspended is the product's own.
    .PARAMETER KeepFound
    Note the present value once, so that it can be restored.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][ValidateSet('Enabled', 'Disabled')][string]$State, [bool]$KeepFound)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Set-EntraSyncAutoUpgrade' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Change {
            param($record)
            $present = [string](Invoke-Sync { Get-ADSyncAutoUpgrade -ErrorAction Stop })
            if ($KeepFound) {
                Set-Found -Record $record -Name 'auto_upgrade' -Found $present -Set $State
                Write-Record $record -Before   # else a crash now would make the next run take our value for what was found
            }
            $now = $present
            if ($present -ne $State) { $now = Set-AutoUpgradeState -State $State }
            [pscustomobject]@{ changed = ($present -ne $State); state = $now }
        })
}
