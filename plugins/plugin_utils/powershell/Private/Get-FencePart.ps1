# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FencePart {
    <#
    .SYNOPSIS
    The fences of our record as flat values, each with its age in seconds by this server's own clock; an age that cannot be told is null.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record)
    foreach ($each in @($Record['fences'])) {
        $fence = $each.Clone()
        $fence['age_seconds'] = $null
        try { $fence['age_seconds'] = [int][Math]::Floor(([DateTime]::UtcNow - (ConvertFrom-UtcText $each['since'])).TotalSeconds) } catch { $null = $_ }
        [pscustomobject]$fence
    }
}
