# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-SettledScheduler {
    <#
    .SYNOPSIS
    Some settings of the scheduler as one text, once two reads half a second apart agree. Nothing where they do not, or cannot be read.
    #>
    param([Parameter(Mandatory = $true)][string[]]$Names)
    $fields = @{ SyncCycleEnabled = 'sync_cycle_enabled'; MaintenanceEnabled = 'maintenance_enabled'; CustomizedSyncCycleInterval = 'customized_interval'
        NextSyncCyclePolicyType = 'next_policy'; PurgeRunHistoryInterval = 'purge_interval' }
    $last = $null
    for ($attempt = 0; $attempt -lt 6; $attempt++) {
        if ($attempt -gt 0) { Start-Sleep -Milliseconds 500 }
        $part = Get-SchedulerPart
        $text = $null
        if ($part.scheduler_read) {
            $values = @{}
            foreach ($name in $Names) { $values[$name] = $part[$fields[$name]] }
            $text = Get-SchedulerText -Names $Names -Values $values
        }
        if ($attempt -gt 0 -and $null -ne $text -and $text -eq $last) { return $text }
        $last = $text
    }
    return $null
}
