# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# STUB of the ADSync cmdlets that our functions call: real names, parameters and property names (adsync.md appendix A and B); their bodies ask the model.

function Invoke-LabModel {
    param([string]$Verb, [hashtable]$Given = @{})
    $client = New-Object Net.Sockets.TcpClient '127.0.0.1', ([int]$env:ENTRA_LAB_MODEL)
    try {
        $stream = $client.GetStream()
        $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject @{ server = $env:ENTRA_LAB_SERVER; verb = $Verb; given = $Given } -Depth 4 -Compress) + "`n")
        $stream.Write($bytes, 0, $bytes.Length)
        $answer = ConvertFrom-Json -InputObject (New-Object IO.StreamReader $stream).ReadLine()
    }
    finally { $client.Dispose() }
    if ($answer.error) { throw (New-Object InvalidOperationException ([string]$answer.error)) }
    return $answer.value
}
function ConvertFrom-LabTime { param($Milliseconds) if ($null -eq $Milliseconds) { return [DateTime]::MinValue } [DateTimeOffset]::FromUnixTimeMilliseconds([long]$Milliseconds).UtcDateTime }

function Get-ADSyncScheduler {
    [CmdletBinding()] param()
    $now = Invoke-LabModel 'scheduler'
    $customized = $null
    if ($now.customized) { $customized = [TimeSpan]$now.customized }
    $effective = $customized
    if ($null -eq $effective) { $effective = [TimeSpan]$now.allowed }
    [pscustomobject]@{
        AllowedSyncCycleInterval = [TimeSpan]$now.allowed; CurrentlyEffectiveSyncCycleInterval = $effective
        CustomizedSyncCycleInterval = $customized; NextSyncCyclePolicyType = $now.policy; NextSyncCycleStartTimeInUTC = ConvertFrom-LabTime $now.next
        PurgeRunHistoryInterval = [TimeSpan]$now.purge; SyncCycleEnabled = [bool]$now.enabled; MaintenanceEnabled = [bool]$now.maintenance
        StagingModeEnabled = [bool]$now.staging; SchedulerSuspended = [bool]$now.suspended; SyncCycleInProgress = [bool]$now.in_progress
    }
}
function Set-ADSyncScheduler {
    [CmdletBinding()] param([Nullable[TimeSpan]]$CustomizedSyncCycleInterval, [Nullable[bool]]$SyncCycleEnabled, [string]$NextSyncCyclePolicyType,
        [Nullable[TimeSpan]]$PurgeRunHistoryInterval, [Nullable[bool]]$MaintenanceEnabled, [switch]$Force)
    $given = @{}
    foreach ($name in $PSBoundParameters.Keys) {
        if ($name -in 'SyncCycleEnabled', 'MaintenanceEnabled') { $given[$name] = [bool]$PSBoundParameters[$name] }
        elseif ($name -in 'CustomizedSyncCycleInterval', 'PurgeRunHistoryInterval') { $given[$name] = [string]$PSBoundParameters[$name] }
        elseif ($name -eq 'NextSyncCyclePolicyType') { $given[$name] = $NextSyncCyclePolicyType }
    }
    $null = Invoke-LabModel 'set_scheduler' $given
    Write-Warning 'The new interval takes effect only after a sync cycle.'
}
function Get-ADSyncGlobalSettings {
    [CmdletBinding()] param()
    $now = Invoke-LabModel 'settings'
    $parameters = New-Object System.Collections.ArrayList
    foreach ($setting in $now.settings.PSObject.Properties) { $null = $parameters.Add([pscustomobject]@{ Name = $setting.Name; Value = $setting.Value }) }
    $null = $parameters.Add([pscustomobject]@{ Name = 'Microsoft.Synchronize.ServerConfigurationVersion'; Value = $now.configuration })
    [pscustomobject]@{ Version = 1; Parameters = $parameters }
}
function Set-ADSyncGlobalSettings {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory, Position = 0)]$GlobalSettings)
    foreach ($parameter in $GlobalSettings.Parameters) {
        if ($parameter.Name -eq 'Microsoft.Synchronize.StagingMode') { $null = Invoke-LabModel 'set_settings' @{ staging = [string]$parameter.Value } }
    }
    $GlobalSettings
}
function Get-ADSyncConnectorRunStatus {
    [CmdletBinding()] param()
    foreach ($name in @(Invoke-LabModel 'busy')) { [pscustomobject]@{ RunState = 'Busy'; ConnectorName = $name } }
}
function Get-ADSyncRunProfileResult {
    [CmdletBinding()] param([Guid]$RunHistoryId, [Guid]$ConnectorId, [Guid]$RunProfileId, [int]$RunNumber, [int]$NumberRequested = 50, [switch]$RunStepDetails, [int]$StepNumber)
    foreach ($run in @(Invoke-LabModel 'runs' @{ newest = $NumberRequested })) {
        $step = [pscustomobject]@{ StepNumber = 1; StepResult = $run.result; ExportAdd = $run.export_adds; ExportUpdate = $run.export_updates; ExportDelete = $run.export_deletes
            ExportFailure = 0; StageAdd = 0; StageUpdate = 0; StageDelete = 0; StepType = $run.step_type }
        [pscustomobject]@{ ConnectorName = $run.connector; RunProfileName = $run.profile; RunNumber = [int]$run.run_number; RunHistoryId = [Guid]$run.run_id
            IsRunComplete = [bool]$run.complete; Result = $run.result; StartDate = ConvertFrom-LabTime $run.started; EndDate = ConvertFrom-LabTime $run.ended; RunStepResults = @($step) }
    }
}
function Get-ADSyncPartitionPasswordSyncState {
    [CmdletBinding()] param()
    foreach ($state in @(Invoke-LabModel 'password_sync')) {
        [pscustomobject]@{ ConnectorId = [Guid]::Empty; DN = 'DC=contoso,DC=local'; PasswordSyncLastCycleStatus = $state.status
            PasswordSyncLastCycleStartTimestamp = ConvertFrom-LabTime $state.started; PasswordSyncLastCycleEndTimestamp = ConvertFrom-LabTime $state.ended }
    }
}
function Get-ADSyncConnector {
    [CmdletBinding()] param([Guid]$Identifier, [string]$Name)
    foreach ($each in @(Invoke-LabModel 'connectors')) {
        [pscustomobject]@{ Name = $each.name; Identifier = [Guid]$each.id; ConnectorTypeName = $(if ($each.kind -eq 'ad') { 'AD' } else { 'Extensible2' }) }
    }
}
function Get-ADSyncConnectorStatistics {
    [CmdletBinding()] param([Parameter(Mandatory)][string]$ConnectorName)
    $now = Invoke-LabModel 'statistics' @{ connector = $ConnectorName }
    [pscustomobject]@{ ExportAdds = [int]$now.adds; ExportUpdates = [int]$now.updates; ExportDeletes = [int]$now.deletes; ImportAdds = 0; ImportUpdates = 0; ImportDeletes = 0 }
}
function Get-ADSyncSchedulerConnectorOverride {
    [CmdletBinding()] param([Guid]$ConnectorIdentifier, [string]$ConnectorName)
    [pscustomobject]@{ ConnectorIdentifier = $ConnectorIdentifier; FullImportRequired = $false; FullSyncRequired = $false }
}
function Get-ADSyncAutoUpgrade { [CmdletBinding()] param([switch]$Detail) Invoke-LabModel 'auto_upgrade' }
function Set-ADSyncAutoUpgrade { [CmdletBinding()] param([string]$AutoUpgradeState, [string]$SuspensionReason) $null = Invoke-LabModel 'set_auto_upgrade' @{ state = $AutoUpgradeState } }
function Get-ADSyncAADPasswordResetConfiguration { [CmdletBinding()] param([string]$Connector) [pscustomobject]@{ Connector = $Connector; Enabled = [bool](Invoke-LabModel 'writeback') } }
function Start-ADSyncSyncCycle {
    [CmdletBinding()] param([string]$PolicyType, [bool]$InteractiveMode)
    $null = Invoke-LabModel 'start_cycle' @{ policy = $PolicyType }
    [pscustomobject]@{ Result = 'Success' }
}
function Stop-ADSyncSyncCycle { [CmdletBinding()] param() $null = Invoke-LabModel 'stop_cycle'; [pscustomobject]@{ Result = 'Success' } }
