# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-ClaimLive {
    <#
    .SYNOPSIS
    Whether a claim of the record is not ended and its lease still runs, by this server's clock.
    #>
    param($Claim)
    if ($null -eq $Claim -or $Claim['ended']) { return $false }
    return ((ConvertFrom-UtcText $Claim['lease_until']) -gt [DateTime]::UtcNow)
}
