# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of the ADSync cmdlets that our functions call: real names, parameters and property names (adsync.md appendix A and B), no product behind.
# State is the global hashtable $World, which the driver makes anew for each case.

function Assert-SyncRunning {
    if ($World.service -ne 'Running') { throw (New-Object System.InvalidOperationException 'Synchronization Service is not running.') }
}

function Get-ADSyncScheduler {
    [CmdletBinding()] param()
    Assert-SyncRunning
    if ($World.scheduler_error) { Write-Error -Message $World.scheduler_error; return }
    [pscustomobject]@{
        AllowedSyncCycleInterval = [TimeSpan]'00:30:00'; CurrentlyEffectiveSyncCycleInterval = [TimeSpan]'00:30:00'
        CustomizedSyncCycleInterval = $World.customized; NextSyncCyclePolicyType = 'Delta'; NextSyncCycleStartTimeInUTC = [DateTime]'2026-11-23T10:00:00'
        PurgeRunHistoryInterval = [TimeSpan]'7.00:00:00'; SyncCycleEnabled = $World.enabled; MaintenanceEnabled = $true
        StagingModeEnabled = $World.scheduler_staging; SchedulerSuspended = $false; SyncCycleInProgress = $World.in_progress
    }
}

function Set-ADSyncScheduler {
    [CmdletBinding()] param([Nullable[TimeSpan]]$CustomizedSyncCycleInterval, [Nullable[bool]]$SyncCycleEnabled, [string]$NextSyncCyclePolicyType,
        [Nullable[TimeSpan]]$PurgeRunHistoryInterval, [Nullable[bool]]$MaintenanceEnabled, [switch]$Force)
    Assert-SyncRunning
    if ($PSBoundParameters.ContainsKey('SyncCycleEnabled')) { $World.enabled = $SyncCycleEnabled }
    if ($PSBoundParameters.ContainsKey('CustomizedSyncCycleInterval')) { $World.customized = $CustomizedSyncCycleInterval }
    Write-Warning 'The new interval takes effect only after a sync cycle.'
}

function Get-ADSyncGlobalSettings {
    [CmdletBinding()] param()
    Assert-SyncRunning
    if ($World.flips) { $World.staging = [string]$World.flips; $World.scheduler_staging = $World.flips -eq 'True' }
    $parameters = New-Object System.Collections.ArrayList
    if ($World.staging) { $null = $parameters.Add([pscustomobject]@{ Name = 'Microsoft.Synchronize.StagingMode'; Value = $World.staging }) }
    $null = $parameters.Add([pscustomobject]@{ Name = 'Microsoft.Synchronize.ServerConfigurationVersion'; Value = $World.engine })
    [pscustomobject]@{ Version = 1; Parameters = $parameters }
}

function Set-ADSyncGlobalSettings {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory, Position = 0)]$GlobalSettings)
    Assert-SyncRunning
    foreach ($parameter in $GlobalSettings.Parameters) { if ($parameter.Name -eq 'Microsoft.Synchronize.StagingMode') { $World.staging = [string]$parameter.Value } }
    $World.scheduler_staging = $World.staging -eq 'True'
    $World.settings_written++
    $GlobalSettings
}

function Get-ADSyncServerConfiguration {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)][string]$Path, [switch]$ValidateConfiguration)
    Assert-SyncRunning
    foreach ($name in $World.configuration) {
        $target = Join-Path $Path $name
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        $file = New-Object IO.FileStream $target, ([IO.FileMode]::Create), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
        $file.SetLength($World.configuration_size)
        if ($World.configuration_open) { $global:kept = $file } else { $file.Dispose() }
    }
}

function Get-ADSyncConnectorRunStatus {
    [CmdletBinding()] param()
    Assert-SyncRunning
    foreach ($name in $World.busy) { [pscustomobject]@{ RunState = 'Busy'; ConnectorName = $name } }
}

function Get-ADSyncRunProfileResult {
    [CmdletBinding()] param([Guid]$RunHistoryId, [Guid]$ConnectorId, [Guid]$RunProfileId, [int]$RunNumber, [int]$NumberRequested, [switch]$RunStepDetails, [int]$StepNumber)
    Assert-SyncRunning
    $World.runs
}

function Get-ADSyncPartitionPasswordSyncState {
    [CmdletBinding()] param()
    Assert-SyncRunning
    if ($null -ne $World.hashing) {
        [pscustomobject]@{ ConnectorId = [Guid]::Empty; DN = 'DC=other,DC=local'; PasswordSyncLastCycleStatus = 'InProgress'
            PasswordSyncLastCycleStartTimestamp = $World.hashing; PasswordSyncLastCycleEndTimestamp = $null
            PasswordSyncLastSuccessfulCycleStartTimestamp = $null }
    }
    [pscustomobject]@{ ConnectorId = [Guid]::Empty; DN = 'default'; PasswordSyncLastCycleStatus = 'None'; PasswordSyncLastCycleStartTimestamp = $null; PasswordSyncLastCycleEndTimestamp = $null }
    [pscustomobject]@{ ConnectorId = [Guid]::Empty; DN = 'DC=contoso,DC=local'; PasswordSyncLastCycleStatus = 'Successful'
        PasswordSyncLastCycleStartTimestamp = [DateTime]'2026-11-23T09:00:00'; PasswordSyncLastCycleEndTimestamp = [DateTime]'2026-11-23T09:00:05'
        PasswordSyncLastSuccessfulCycleStartTimestamp = [DateTime]'2026-11-23T09:00:00' }
}

function Get-ADSyncConnector {
    [CmdletBinding()] param([Guid]$Identifier, [string]$Name)
    Assert-SyncRunning
    [pscustomobject]@{ Name = 'contoso.onmicrosoft.com - AAD'; Identifier = [Guid]'b891884f-051e-4a83-95af-2544101c9083'; ConnectorTypeName = 'Extensible2'; ConnectivityParameters = @([pscustomobject]@{ Name = 'UserName'; Value = 'Sync_SRV1_0123@contoso.onmicrosoft.com' }) }
    [pscustomobject]@{ Name = 'contoso.local'; Identifier = [Guid]'0f0f0f0f-0000-0000-0000-000000000001'; ConnectorTypeName = 'AD' }
}

function Get-ADSyncConnectorStatistics {
    [CmdletBinding()] param([Parameter(Mandatory)][string]$ConnectorName)
    Assert-SyncRunning
    [pscustomobject]@{ ExportAdds = 1; ExportUpdates = 2; ExportDeletes = 3; ImportAdds = 0; ImportUpdates = 0; ImportDeletes = 0; ImportNoChange = 0; TotalConnectors = 9 }
}

function Get-ADSyncSchedulerConnectorOverride {
    [CmdletBinding()] param([Guid]$ConnectorIdentifier, [string]$ConnectorName)
    $set = @($World.override -split ' ')
    $mine = $set[0] -eq [string]$ConnectorIdentifier
    [pscustomobject]@{ ConnectorIdentifier = $ConnectorIdentifier; FullImportRequired = ($mine -and $set[1] -eq 'True'); FullSyncRequired = ($mine -and $set[2] -eq 'True') }
}

function Set-ADSyncSchedulerConnectorOverride {
    [CmdletBinding()] param([Guid]$ConnectorIdentifier, [string]$ConnectorName, [Nullable[bool]]$FullImportRequired, [Nullable[bool]]$FullSyncRequired)
    Assert-SyncRunning
    $World.override = "$ConnectorIdentifier $FullImportRequired $FullSyncRequired"
}

function Get-ADSyncAutoUpgrade {
    [CmdletBinding()] param([switch]$Detail)
    Assert-SyncRunning
    if ($World.auto_upgrade_breaks -and $World.auto_upgrade -eq 'Disabled') { throw 'no answer' }
    $World.auto_upgrade
}
function Set-ADSyncAutoUpgrade { [CmdletBinding()] param([string]$AutoUpgradeState, [string]$SuspensionReason) Assert-SyncRunning; $World.auto_upgrade = $AutoUpgradeState }
function Get-ADSyncAADPasswordResetConfiguration { [CmdletBinding()] param([string]$Connector) [pscustomobject]@{ Connector = $Connector; Enabled = $World.writeback } }

function Start-ADSyncSyncCycle {
    [CmdletBinding()] param([string]$PolicyType, [bool]$InteractiveMode)
    Assert-SyncRunning
    if ($World.start_error) { Write-Error -Message "System.InvalidOperationException: $($World.start_error)"; return }
    $World.in_progress = $true
    [pscustomobject]@{ Result = $World.start_answer }
}

function Stop-ADSyncSyncCycle { [CmdletBinding()] param() Assert-SyncRunning; $World.in_progress = $false; [pscustomobject]@{ Result = 'Success' } }

function Get-ADSyncDatabaseConfiguration {
    [CmdletBinding()] param()
    Assert-SyncRunning
    if ($World.database_error) { Write-Error -Message $World.database_error; return }
    if ($World.database -eq 'nothing') { return }
    [pscustomobject]@{ IsLocalDBInstalled = $true; UsedSpaceInMb = [double]511.2; SqlServerName = '(localdb)'; SqlServerInstanceName = '.\ADSync2019'; SqlServerDBName = 'ADSync'
        SqlFullVersion = 'x'; SqlProductVersion = '15.0.1.2'; SqlEdition = 'Express' }
}
function Get-ADSyncDomainReachabilityStatus {
    [CmdletBinding()] param([string]$ConnectorName, [Guid]$ConnectorIdentifier)
    Assert-SyncRunning
    if ($World.domain_error -eq 'broken') { Write-Error -Message 'The operation failed.'; return }
    [pscustomobject]@{ FullName = $ConnectorName; IsReachable = -not $World.domain_error; ExceptionMessage = $World.domain_error }
}
function Get-ADSyncEntraConnectorCredential { [CmdletBinding()] param() Assert-SyncRunning; if ($World.credential -eq 'nothing') { return }; [pscustomobject]$World.credential }
