# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Clear-EntraSyncFence {
    <#
    .SYNOPSIS
    Forgets on this server that another one was declared out.
    .DESCRIPTION
    Codes: claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Server
    Inventory name of the server that was declared out.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][string]$Server)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Clear-EntraSyncFence' -Epoch $Epoch -RunId $RunId -Detail $Server -Change {
            param($record)
            $before = @($record['fences'])
            $record['fences'] = @(foreach ($each in $before) { if ([string]$each['server'] -cne $Server) { $each } })
            [pscustomobject]@{ changed = (@($record['fences']).Count -lt $before.Count) }
        })
}
