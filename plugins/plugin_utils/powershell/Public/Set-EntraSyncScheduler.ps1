# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncScheduler {
    <#
    .SYNOPSIS
    Sets documented scheduler settings; only what is given is set (adsync.md 1.3).
    .DESCRIPTION
    Where a sign-in may be wanted the cmdlet runs in a child process with a time limit; afterwards the state is read: changed is done, unchanged is
    sign_in_wanted. Codes: claim_live, interval_low, sign_in_wanted, service_stopped, adsync_error, module_missing.
    .PARAMETER KeepFound
    Note the present value of SyncCycleEnabled once, so that it can be restored.
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
            $before = Invoke-Sync { Get-ADSyncScheduler -ErrorAction Stop }
            $set = @{}
            foreach ($name in 'SyncCycleEnabled', 'MaintenanceEnabled') { if ($given.ContainsKey($name)) { $set[$name] = [bool]$given[$name] } }
            foreach ($name in 'NextSyncCyclePolicyType', 'PurgeRunHistoryInterval', 'CustomizedSyncCycleInterval') { if ($given.ContainsKey($name)) { $set[$name] = $given[$name] } }
            if ($set.ContainsKey('CustomizedSyncCycleInterval')) {
                if ($set['CustomizedSyncCycleInterval'] -eq '') { $set['CustomizedSyncCycleInterval'] = $null }
                elseif ([TimeSpan]$set['CustomizedSyncCycleInterval'] -lt $before.AllowedSyncCycleInterval) {
                    New-Refusal 'interval_low' "the allowed interval is $($before.AllowedSyncCycleInterval)"
                }
            }
            if ($KeepFound -and $set.ContainsKey('SyncCycleEnabled')) {
                Set-Found -Record $record -Name 'scheduler' -Found ([string][bool]$before.SyncCycleEnabled) -Set ([string]$set['SyncCycleEnabled'])
            }
            Set-SchedulerValue -Record $record -Values $set -TimeoutSeconds $TimeoutSeconds
            [pscustomobject]@{ changed = $true }
        })
}
