# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-SchedulerPart {
    <#
    .SYNOPSIS
    The scheduler's settings as flat values; what cannot be read is null, and the error's text is told (adsync.md 1.1).
    #>
    $part = @{ scheduler_read = $false; scheduler_error = ''; staging_scheduler = $null; sync_cycle_enabled = $null; maintenance_enabled = $null
        scheduler_suspended = $null; sync_cycle_in_progress = $null; allowed_interval = ''; effective_interval = ''; customized_interval = ''
        next_policy = ''; next_start = ''; purge_interval = '' }
    try {
        $scheduler = Get-ADSyncScheduler -ErrorAction Stop
        if ($null -eq $scheduler) { throw 'Get-ADSyncScheduler gave no answer' }
        $part.staging_scheduler = [bool]$scheduler.StagingModeEnabled
        $part.sync_cycle_enabled = [bool]$scheduler.SyncCycleEnabled
        $part.maintenance_enabled = [bool]$scheduler.MaintenanceEnabled
        $part.scheduler_suspended = [bool]$scheduler.SchedulerSuspended
        $part.sync_cycle_in_progress = [bool]$scheduler.SyncCycleInProgress
        $part.allowed_interval = [string]$scheduler.AllowedSyncCycleInterval
        $part.effective_interval = [string]$scheduler.CurrentlyEffectiveSyncCycleInterval
        $part.customized_interval = [string]$scheduler.CustomizedSyncCycleInterval
        $part.next_policy = [string]$scheduler.NextSyncCyclePolicyType
        $part.next_start = Get-UtcText $scheduler.NextSyncCycleStartTimeInUTC
        $part.purge_interval = [string]$scheduler.PurgeRunHistoryInterval
        $part.scheduler_read = $true
    }
    catch { $part.scheduler_error = ([string]$_.Exception.Message -split "`n")[0].Trim() }
    return $part
}
