# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ServiceStart {
    <#
    .SYNOPSIS
    How often the service was started since a time by the Application log (event 2001 of source ADSync, adsync.md 8.3), and whether the log
    reaches back that far. A log that cannot be read gives a null count.
    #>
    param([Parameter(Mandatory = $true)][DateTime]$Since)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $told = @{ count = $null; reaches = $false }
    $starts = @{ LogName = 'Application'; ProviderName = 'ADSync'; Id = 2001; StartTime = $Since.ToLocalTime() }
    try {
        # the oldest event, or any that is as old
        try { $older = @(Get-WinEvent -LogName 'Application' -MaxEvents 1 -Oldest -ErrorAction Stop) }
        catch { $older = @(Get-WinEvent -FilterHashtable @{ LogName = 'Application'; EndTime = $Since.ToLocalTime() } -MaxEvents 1 -ErrorAction Stop) }
        $told.reaches = $older.Count -eq 1 -and $older[0].TimeCreated.ToUniversalTime() -le $Since
        try { $told.count = @(Get-WinEvent -FilterHashtable $starts -ErrorAction Stop).Count }
        catch { if (Test-NoEvent $_) { $told.count = 0 } }
    }
    catch { $told.reaches = $false }
    return $told
}
