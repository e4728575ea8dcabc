# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ServiceStart {
    <#
    .SYNOPSIS
    How often the service was started since a time by the Application log (event 2001 of source ADSync, adsync.md 8.3), and whether the log
    reaches back that far. A log that cannot be read gives a null count.
    #>
    param([Parameter(Mandatory = $true)][DateTime]$Since)
    $local = $Since.ToLocalTime()
    $count = $null
    $reaches = $false
    try {
        $oldest = @(Get-WinEvent -LogName 'Application' -MaxEvents 1 -Oldest -ErrorAction Stop)
        $reaches = $oldest.Count -eq 1 -and $oldest[0].TimeCreated.ToUniversalTime() -le $Since
        try { $count = @(Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'ADSync'; Id = 2001; StartTime = $local } -ErrorAction Stop).Count }
        catch { if ($_.FullyQualifiedErrorId -like 'NoMatchingEventsFound*') { $count = 0 } }
    }
    catch { $reaches = $false }
    return @{ count = $count; reaches = $reaches }
}
