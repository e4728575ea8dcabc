# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-PendingCount {
    <#
    .SYNOPSIS
    Adds, updates and deletes that a connector would export, by its statistics (adsync.md 2.7). Throws where they cannot be read.
    #>
    param([Parameter(Mandatory = $true)][string]$Connector)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $count = Get-ADSyncConnectorStatistics -ConnectorName $Connector -ErrorAction Stop
    $told = @{}
    foreach ($name in 'Adds', 'Updates', 'Deletes') {
        $number = $count."Export$name"
        if ($null -eq $number) { throw "Get-ADSyncConnectorStatistics gave no number of $($name.ToLowerInvariant())" }
        $told[$name.ToLowerInvariant()] = [int]$number
    }
    return $told
}
