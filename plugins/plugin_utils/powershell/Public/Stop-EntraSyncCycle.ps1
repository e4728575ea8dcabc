# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Stop-EntraSyncCycle {
    <#
    .SYNOPSIS
    Stops the running sync cycle, which is documented as harmless (adsync.md 2.2).
    .DESCRIPTION
    Accepted is not done: the cycle ends a little later. Codes: service_stopped, sign_in_wanted, adsync_error, module_missing, claim_live,
    claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
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
