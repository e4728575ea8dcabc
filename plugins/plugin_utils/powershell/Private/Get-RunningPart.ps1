# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-RunningPart {
    <#
    .SYNOPSIS
    What runs: busy connectors (none is an empty list, not an error, adsync.md 2.3), the newest exports, password-hash cycles.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $part = @{ run_status_read = $false; busy_connectors = @(); exports_read = $false; exports = @(); password_sync_read = $false; password_sync = @() }
    try {
        $part.busy_connectors = @(Get-ADSyncConnectorRunStatus -ErrorAction Stop | Where-Object { $null -ne $_ } | ForEach-Object { [string]$_.ConnectorName })
        $part.run_status_read = $true
    }
    catch { $part.run_status_read = $false }
    try {
        $newest = [ordered]@{}
        foreach ($step in @(Get-RunStep -Newest 40)) {
            if ($step.step_type -eq 'export' -and -not $newest.Contains($step.connector)) { $newest[$step.connector] = $step }
        }
        $part.exports = @(foreach ($step in $newest.Values) { $step | Microsoft.PowerShell.Utility\Select-Object -Property connector, run_number, started, complete, result })
        $part.exports_read = $true
    }
    catch { $part.exports_read = $false }
    try {
        $part.password_sync = @(foreach ($state in @(Get-ADSyncPartitionPasswordSyncState -ErrorAction Stop)) {
                if ($null -ne $state -and [string]$state.DN -ne 'default') {
                    $status = [string]$state.PasswordSyncLastCycleStatus
                    $ended = ''   # while a cycle is in progress the row has no end of its own
                    if ($status -ne 'InProgress') { $ended = Get-UtcText $state.PasswordSyncLastCycleEndTimestamp }
                    [pscustomobject]@{ connector_id = [string]$state.ConnectorId; dn = [string]$state.DN; status = $status
                        started = Get-UtcText $state.PasswordSyncLastCycleStartTimestamp; ended = $ended }
                }
            })
        $part.password_sync_read = $true
    }
    catch { $part.password_sync_read = $false }
    return $part
}
