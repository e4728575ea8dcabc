# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-PendingCount {
    <#
    .SYNOPSIS
    Adds, updates and deletes that a connector would export, by its statistics (adsync.md 2.7). Throws where they cannot be read.
    #>
    param([Parameter(Mandatory = $true)][string]$Connector)
    $count = Get-ADSyncConnectorStatistics -ConnectorName $Connector -ErrorAction Stop
    if ($null -eq $count) { throw 'Get-ADSyncConnectorStatistics gave nothing' }
    return @{ adds = [int]$count.ExportAdds; updates = [int]$count.ExportUpdates; deletes = [int]$count.ExportDeletes }
}
