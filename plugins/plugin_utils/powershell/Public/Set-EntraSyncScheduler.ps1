# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncScheduler {
    <#
    .SYNOPSIS
    Sets documented scheduler settings; only what is given is set (adsync.md 1.3).
    .DESCRIPTION
    Where a sign-in may be wanted the cmdlet runs in a child process with a time limit; afterwards the state is read: changed is done, unchanged
    is sign_in_wanted. Codes: interval_low, child_running, service_stopped, sign_in_wanted, adsync_error, module_missing, claim_live,
    claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER SyncCycleEnabled
    Whether cycles start by themselves.
    .PARAMETER MaintenanceEnabled
    Whether maintenance runs.
    .PARAMETER CustomizedSyncCycleInterval
    Time between two cycles, as TimeSpan text; empty takes the customized one away.
    .PARAMETER NextSyncCyclePolicyType
    Delta or Initial.
    .PARAMETER PurgeRunHistoryInterval
    How long runs are kept, as TimeSpan text.
    .PARAMETER KeepFound
    Note the present value of SyncCycleEnabled once, so that it can be restored.
    .PARAMETER TimeoutSeconds
    Longest time for the child process, in seconds.
    #>
    param([int]$Epoch, [string]$RunId, [object]$SyncCycleEnabled, [object]$MaintenanceEnabled, [string]$CustomizedSyncCycleInterval, [string]$NextSyncCyclePolicyType,
        [string]$PurgeRunHistoryInterval, [bool]$KeepFound, [int]$TimeoutSeconds = 60)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $given = $PSBoundParameters
    Import-Sync
    return (Invoke-Change -Function 'Set-EntraSyncScheduler' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Change {
            param($record)
            Stop-Child -Record $record
            $before = Invoke-Sync { Get-Scheduler }
            $set = @{}
            foreach ($name in 'SyncCycleEnabled', 'MaintenanceEnabled') { if ($given.ContainsKey($name)) { $set[$name] = [bool]$given[$name] } }
            foreach ($name in 'NextSyncCyclePolicyType', 'PurgeRunHistoryInterval', 'CustomizedSyncCycleInterval') { if ($given.ContainsKey($name)) { $set[$name] = $given[$name] } }
            if ($set.ContainsKey('CustomizedSyncCycleInterval')) {
                if ($set['CustomizedSyncCycleInterval'] -eq '') { $set['CustomizedSyncCycleInterval'] = $null }
                else {
                    $interval = $set['CustomizedSyncCycleInterval'] -as [TimeSpan]
                    $allowed = Get-PropertyValue $before 'AllowedSyncCycleInterval'
                    if ($null -eq $interval -or $interval -lt $allowed) { New-Refusal 'interval_low' "the allowed interval is $allowed, as a TimeSpan" }
                }
            }
            $kept = @(foreach ($each in @($record['found'])) { $each.Clone() })
            if ($KeepFound -and $set.ContainsKey('SyncCycleEnabled')) {
                Set-Found -Record $record -Name 'scheduler' -Found (Get-CycleSwitch) -Set ([string]$set['SyncCycleEnabled'])
                Write-Record $record -Before   # else a crash now would make the next run take our value for what was found
            }
            try { Set-SchedulerValue -Record $record -Values $set -TimeoutSeconds $TimeoutSeconds }
            catch {
                # nothing was set, so nothing is to be put back either
                if ($_.FullyQualifiedErrorId -notlike 'EntraConnect.unknown_result*') { $record['found'] = $kept }
                throw
            }
            [pscustomobject]@{ changed = $true }
        })
}
