# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncFence {
    <#
    .SYNOPSIS
    Records on this server that another one is declared out, and what keeps it from exporting.
    .DESCRIPTION
    One fence for each server, found by its name. Its time stays while kind, identity and last export are the same; where one of them is another, the
    fence counts from now. Codes: claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Server
    Inventory name of the server that is declared out.
    .PARAMETER Kind
    What the fence is: its cloud identity disabled, the machine powered off, or nothing but a person's word.
    .PARAMETER Reason
    Why it is declared out.
    .PARAMETER Evidence
    What shows it.
    .PARAMETER Identity
    Name of its cloud identity, of the kind cloud only.
    .PARAMETER Exported
    Time of its last export as the cloud tells it, of the kind cloud only.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][string]$Server,
        [Parameter(Mandatory = $true)][ValidateSet('cloud', 'powered_off', 'asserted')][string]$Kind,
        [string]$Reason, [string]$Evidence, [string]$Identity, [string]$Exported)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Set-EntraSyncFence' -Epoch $Epoch -RunId $RunId -Detail "$Kind $Server" -Change {
            param($record)
            $fence = @{ server = $Server; kind = $Kind.ToLowerInvariant(); reason = $Reason; evidence = $Evidence; identity = $Identity; exported = $Exported
                since = Get-UtcText; by = [string]$record['claim']['who'] }
            $others = @()
            foreach ($each in @($record['fences'])) {
                if ([string]$each['server'] -cne $Server) { $others += , $each; continue }
                $differs = @(foreach ($name in 'kind', 'identity', 'exported') { if ([string]$each[$name] -cne $fence[$name]) { $name } })
                if (-not $differs) { $fence['since'] = $each['since'] }
                if (-not $differs -and [string]$each['reason'] -ceq $Reason -and [string]$each['evidence'] -ceq $Evidence) {
                    return [pscustomobject]@{ changed = $false }
                }
            }
            $record['fences'] = @($others) + @($fence)
            [pscustomobject]@{ changed = $true }
        })
}
