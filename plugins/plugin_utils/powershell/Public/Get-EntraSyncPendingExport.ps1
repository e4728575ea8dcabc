# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncPendingExport {
    <#
    .SYNOPSIS
    What each connector would export: adds, updates and deletes, and with -Detail which attributes on how many objects; changes nothing.
    .DESCRIPTION
    Counts and names of attributes leave the server, no value of any. The numbers are those of the statistics; read anew after the detail, so that
    both are of one time. What of a connector cannot be read is null or -1, and its error is told. Codes: service_stopped, adsync_error, module_missing.
    .PARAMETER Detail
    Have csexport write the pending objects to a file, and count them there.
    .PARAMETER Samples
    Objects to name for each connector and each of adds, updates and deletes. Names of objects are personal data: 0 for none.
    .PARAMETER Watch
    Attributes that are told even where nothing touches them, or many others are touched more.
    .PARAMETER MostSeconds
    How long the details of all connectors may take.
    #>
    param([bool]$Detail = $false, [int]$Samples = 0, [string[]]$Watch = @(), [int]$MostSeconds = 600)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    $most = 200   # attributes that are told of each connector
    $ends = (Get-MonotonicMilliseconds) + 1000L * $MostSeconds
    $told = @{ now = Get-UtcText; connectors = @(); attributes = @(); object_types = @(); samples = @() }
    foreach ($connector in @(Invoke-Sync { Get-ADSyncConnector -ErrorAction Stop })) {
        $fact = Get-ConnectorFact $connector
        $row = @{ connector = $fact.name; kind = $fact.kind; adds = $null; updates = $null; deletes = $null; error = ''; detail = $false; detail_error = ''
            objects = $null; detail_adds = $null; detail_updates = $null; detail_deletes = $null; renames = $null; unreadable = $null; attributes_left_out = 0 }
        if ($Detail) {
            try {
                $found = Get-PendingDetail -Connector $fact.name -Watch $Watch -Samples ([Math]::Max(0, [Math]::Min(100, $Samples))) -EndsAt $ends
                $row.detail = $true
                foreach ($name in 'objects', 'renames', 'unreadable') { $row[$name] = [int]$found[$name] }
                foreach ($name in 'adds', 'updates', 'deletes') { $row["detail_$name"] = [int]$found[$name] }
                $rows = @(foreach ($name in $found['attributes'].Keys) {
                        $counts = $found['attributes'][$name]
                        [pscustomobject]@{ connector = $fact.name; name = [string]$name; on_added = $counts[0]; added = $counts[1]; changed = $counts[2]; removed = $counts[3]
                            touched = $counts[0] + $counts[1] + $counts[2] + $counts[3]; watched = [int]($Watch -contains $name) }
                    })
                $rows = @($rows | Microsoft.PowerShell.Utility\Sort-Object -Property @{ Expression = 'watched'; Descending = $true }, @{ Expression = 'touched'; Descending = $true }, name)
                $row.attributes_left_out = [Math]::Max(0, $rows.Count - $most) + $found['uncounted']
                $told.attributes += @($rows | Microsoft.PowerShell.Utility\Select-Object -First $most -Property connector, name, on_added, added, changed, removed)
                foreach ($type in @($found['types'].Keys | Microsoft.PowerShell.Utility\Sort-Object)) {
                    $counts = $found['types'][$type]
                    $told.object_types += , [pscustomobject]@{ connector = $fact.name; name = [string]$type; adds = $counts['adds']; updates = $counts['updates']; deletes = $counts['deletes'] }
                }
                foreach ($each in $found['samples']) {
                    $told.samples += , [pscustomobject]@{ connector = $fact.name; dn = $each.dn; operation = $each.operation; object_type = $each.object_type; attributes = $each.attributes }
                }
            }
            catch { $row.detail_error = Get-ErrorText $_ }
        }
        try { $count = Get-PendingCount -Connector $fact.name; foreach ($name in @($count.Keys)) { $row[$name] = $count[$name] } }
        catch { $row.error = Get-ErrorText $_ }
        $told.connectors += , [pscustomobject]$row
    }
    return [pscustomobject]$told
}
