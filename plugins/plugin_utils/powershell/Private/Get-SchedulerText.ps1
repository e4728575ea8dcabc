# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-SchedulerText {
    <#
    .SYNOPSIS
    Settings of the scheduler as one text that can be compared: a time span given as "7:00" or "07:00:00" is the same.
    #>
    param([Parameter(Mandatory = $true)][string[]]$Names, [Parameter(Mandatory = $true)][hashtable]$Values)
    $parts = foreach ($name in ($Names | Microsoft.PowerShell.Utility\Sort-Object)) {
        $value = [string]$Values[$name]
        if ($name -like '*Interval' -and $value) { $value = [string]($value -as [TimeSpan]) }
        "$name=$value"
    }
    return ($parts -join ' ')
}
