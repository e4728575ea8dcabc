# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-BootId {
    <#
    .SYNOPSIS
    The time of the last start of Windows, which tells one run of the machine from another.
    .DESCRIPTION
    As Windows tells it. Where that cannot be read, from the monotonic clock, which starts with the machine: to the minute, since the two clocks are not
    read at one moment. Two reads that fall into different minutes are taken for a restart, which only refuses.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    try { $boot = (Get-CimInstance -ClassName 'Win32_OperatingSystem' -ErrorAction Stop).LastBootUpTime } catch { $boot = $null }
    if ($null -ne $boot) { return (Get-UtcText ([DateTime]$boot).ToUniversalTime()) }
    $boot = [DateTime]::UtcNow.AddMilliseconds(-(Get-MonotonicMilliseconds))
    return (Get-UtcText $boot.AddTicks(-($boot.Ticks % [TimeSpan]::TicksPerMinute)))
}
