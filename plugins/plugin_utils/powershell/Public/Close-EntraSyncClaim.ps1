# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Close-EntraSyncClaim {
    <#
    .SYNOPSIS
    Ends the claim; its goal stays and keeps the outcome. Codes: claim_missing, claim_changed, claim_ended.
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
