# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-Token {
    <#
    .SYNOPSIS
    Refuses unless the token is that of the claim, and the claim is not ended. Without a token only a live claim stands against the call.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [int]$Epoch, [string]$RunId, [bool]$Needed = $true)
    $claim = $Record['claim']
    $holder = 'nobody holds it'
    if ($null -ne $claim) { $holder = "$($claim['who']) holds it since $($claim['since']) with token $($claim['epoch']).$($claim['run_id'])" }
    if ($Epoch -eq 0) {
        if ($Needed) { New-Refusal 'claim_missing' 'no token was given' }
        if (Test-ClaimLive $claim) { New-Refusal 'claim_live' $holder }
        return
    }
    if ($null -eq $claim) { New-Refusal 'claim_missing' 'there is no claim on this server' }
    if ([int]$claim['epoch'] -ne $Epoch -or [string]$claim['run_id'] -cne $RunId) { New-Refusal 'claim_changed' $holder }
    if ($claim['ended']) { New-Refusal 'claim_ended' 'the claim was ended' }
}
