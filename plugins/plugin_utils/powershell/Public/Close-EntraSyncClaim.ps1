# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Close-EntraSyncClaim {
    <#
    .SYNOPSIS
    Ends the claim; its goal stays and keeps the outcome.
    .DESCRIPTION
    Codes: claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Outcome
    How the run ended, one of the outcomes' words; empty leaves the goal's as it is.
    #>
    param([int]$Epoch, [string]$RunId, [string]$Outcome)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Close-EntraSyncClaim' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $record['claim']['ended'] = $true
            if ($Outcome -and $null -ne $record['goal'] -and [int]$record['goal']['epoch'] -eq $Epoch) { $record['goal']['outcome'] = $Outcome }
            [pscustomobject]@{ changed = $true }
        })
}
