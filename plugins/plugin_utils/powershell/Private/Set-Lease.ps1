# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-Lease {
    <#
    .SYNOPSIS
    Lets a claim live for some seconds from now; a longer announced lease is kept.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Claim, [int]$Seconds)
    $until = [DateTime]::UtcNow.AddSeconds($Seconds)
    if ($Claim['lease_until'] -and (ConvertFrom-UtcText $Claim['lease_until']) -gt $until) { return }
    $Claim['lease_until'] = Get-UtcText $until
}
