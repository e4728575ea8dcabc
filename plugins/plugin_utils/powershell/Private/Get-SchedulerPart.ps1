# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-SchedulerPart {
    <#
    .SYNOPSIS
    The scheduler's settings as flat values; what cannot be read is null, and the error's text is told (adsync.md 1.1).
    #>
    Set-StrictMode -Off   # versions differ in what they tell (adsync.md 0.1), and what is not told is not read
    $part = @{ scheduler_read = $false; scheduler_error = ''; staging_scheduler = $null; sync_cycle_enabled = $null; maintenance_enabled = $null
        scheduler_suspended = $null; sync_cycle_in_progress = $null; allowed_interval = ''; effective_interval = ''; customized_interval = ''
        next_policy = ''; next_start = ''; purge_interval = '' }
    $flags = @{ staging_scheduler = 'StagingModeEnabled'; sync_cycle_enabled = 'SyncCycleEnabled'; maintenance_enabled = 'MaintenanceEnabled'
        scheduler_suspended = 'SchedulerSuspended'; sync_cycle_in_progress = 'SyncCycleInProgress' }
    $texts = @{ allowed_interval = 'AllowedSyncCycleInterval'; effective_interval = 'CurrentlyEffectiveSyncCycleInterval'
        customized_interval = 'CustomizedSyncCycleInterval'; next_policy = 'NextSyncCyclePolicyType'; purge_interval = 'PurgeRunHistoryInterval' }
    try {
        $scheduler = Get-Scheduler
        foreach ($name in $flags.Keys) { $part[$name] = ConvertTo-Flag $scheduler.($flags[$name]) }
        foreach ($name in $texts.Keys) { $part[$name] = [string]$scheduler.($texts[$name]) }
        try { $part.next_start = Get-UtcText $scheduler.NextSyncCycleStartTimeInUTC } catch { $part.next_start = '' }   # tells nothing of the role
        $part.scheduler_read = $true
    }
    catch { $part.scheduler_error = ([string]$_.Exception.Message -split "`n")[0].Trim() }
    return $part
}
