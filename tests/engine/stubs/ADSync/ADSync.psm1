# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of two cmdlets as a module on disk, so that a child process can load it. State and behaviour are files in ENTRA_STUB_STATE: "enabled" and
# "interval" hold the settings, "mode" says what the setting does: words of change, hang, error, quiet; "called" is written when it begins.

function Get-StubText { param([string]$Name, [string]$Default) $path = Join-Path $env:ENTRA_STUB_STATE $Name; if ([IO.File]::Exists($path)) { [IO.File]::ReadAllText($path) } else { $Default } }

function Get-ADSyncScheduler {
    [CmdletBinding()] param()
    if ((Get-StubText 'unread' '') -eq 'yes') { throw 'Synchronization Service is not running.' }
    if ([IO.File]::Exists((Join-Path $env:ENTRA_STUB_STATE 'reads'))) { [IO.File]::AppendAllText((Join-Path $env:ENTRA_STUB_STATE 'reads'), 'x') }
    [pscustomobject]@{
        AllowedSyncCycleInterval = [TimeSpan]'00:30:00'; CurrentlyEffectiveSyncCycleInterval = [TimeSpan]'00:30:00'
        CustomizedSyncCycleInterval = $(if (Get-StubText 'interval' '') { [TimeSpan](Get-StubText 'interval' '') }); NextSyncCyclePolicyType = 'Delta'
        NextSyncCycleStartTimeInUTC = [DateTime]'2026-11-23T10:00:00'; PurgeRunHistoryInterval = [TimeSpan]'7.00:00:00'
        SyncCycleEnabled = ((Get-StubText 'enabled' 'True') -eq 'True'); MaintenanceEnabled = $true; StagingModeEnabled = $true; SchedulerSuspended = $false; SyncCycleInProgress = $false
    }
}

function Set-ADSyncScheduler {
    [CmdletBinding()] param([Nullable[TimeSpan]]$CustomizedSyncCycleInterval, [Nullable[bool]]$SyncCycleEnabled, [string]$AADUserName)
    [IO.File]::WriteAllText((Join-Path $env:ENTRA_STUB_STATE 'called'), [string]$PID)
    $mode = Get-StubText 'mode' 'change'
    if ($mode -match '\bchange\b') {
        if ($PSBoundParameters.ContainsKey('SyncCycleEnabled')) { [IO.File]::WriteAllText((Join-Path $env:ENTRA_STUB_STATE 'enabled'), [string]$SyncCycleEnabled) }
        if ($PSBoundParameters.ContainsKey('CustomizedSyncCycleInterval')) {
            [IO.File]::WriteAllText((Join-Path $env:ENTRA_STUB_STATE 'interval'), [string]$CustomizedSyncCycleInterval)
        }
    }
    if ($mode -match '\bhalf\b') { [IO.File]::WriteAllText((Join-Path $env:ENTRA_STUB_STATE 'enabled'), [string]$SyncCycleEnabled) }
    if ($mode -match '\bunread\b') { [IO.File]::WriteAllText((Join-Path $env:ENTRA_STUB_STATE 'unread'), 'yes') }
    if ($mode -match '\bhang\b') { [Threading.Thread]::Sleep([Threading.Timeout]::Infinite) }
    if ($mode -match '\berror\b') { throw "The tenant`nsays`r`n  no." }
    if ($mode -match '\bdialog\b') { Write-Error 'Showing a modal dialog box or form when the application is not running in UserInteractive mode is not a valid operation.' }
    Write-Warning 'The new interval takes effect only after a sync cycle.'
}
