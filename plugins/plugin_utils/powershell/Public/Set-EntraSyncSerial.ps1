# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncSerial {
    <#
    .SYNOPSIS
    Gives the proved switch its number on this server, or marks the server as restored or rebuilt.
    .DESCRIPTION
    A mark outlives claims; a number without a mark also forgets the promotion, which is proved then. Codes: claim_missing, claim_changed,
    claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Serial
    Number of the proved switch.
    .PARAMETER Restored
    Mark the server as restored or rebuilt.
    #>
    param([int]$Epoch, [string]$RunId, [int]$Serial, [bool]$Restored)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Set-EntraSyncSerial' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $record['restored'] = $Restored
            $record['serial'] = $Serial
            if (-not $Restored) { $record['promotion'] = $null }
            [pscustomobject]@{ changed = $true }
        })
}
