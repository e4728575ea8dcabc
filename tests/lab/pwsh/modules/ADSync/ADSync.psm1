# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of the ADSync cmdlets that our functions call: real names, parameters, property names and types (adsync.md 1 to 3, appendix B); their
# bodies ask the model. Errors are written, not thrown, as the real cmdlets do (adsync.md 2.1): only -ErrorAction Stop makes an exception of them.
. (Join-Path $PSScriptRoot '../../model.ps1')

enum SynchronizationPolicyType { Unspecified; Delta; Initial }
enum ConnectorRunState { Busy }
enum Status { Success }
enum PasswordHashSyncCycleStatus { None; Successful; Failed; InProgress; Interrupted }
enum AutoUpgradeConfigurationState { Suspended; Enabled; Disabled }
class ConfigurationParameter { [string]$Name; [string]$Value }
class ParameterKeyedCollection : System.Collections.ObjectModel.KeyedCollection[string, object] {
    [string] GetKeyForItem([object]$item) { return $item.Name }
}

function Invoke-Model {
    # the error goes out through the cmdlet that asked, its whole text in the id as well
    param($Cmdlet, [string]$Verb, [hashtable]$Given = @{})
    try { return (Invoke-LabModel $Verb $Given) }
    catch {
        $record = New-Object Management.Automation.ErrorRecord $_.Exception, $_.Exception.Message, 'WriteError', $null
        $Cmdlet.WriteError($record)
        return $null
    }
}
function New-Typed {
    param([string]$Name, [hashtable]$Properties)
    $made = [pscustomobject]$Properties
    $made.PSObject.TypeNames.Insert(0, "Microsoft.IdentityManagement.PowerShell.ObjectModel.$Name")
    return $made
}

function Get-ADSyncScheduler {
    [CmdletBinding()] param()
    $now = Invoke-Model $PSCmdlet 'scheduler'
    if ($null -eq $now) { return }
    $customized = $null
    if ($now.customized) { $customized = [TimeSpan]$now.customized }
    $effective = [TimeSpan]$now.allowed
    if ($null -ne $customized -and $customized -gt $effective) { $effective = $customized }
    New-Typed 'SchedulerSettings' @{
        AllowedSyncCycleInterval = [TimeSpan]$now.allowed; CurrentlyEffectiveSyncCycleInterval = $effective
        CustomizedSyncCycleInterval = $customized; NextSyncCyclePolicyType = [SynchronizationPolicyType]$now.policy
        NextSyncCycleStartTimeInUTC = [DateTime]::SpecifyKind((ConvertFrom-LabTime $now.next), 'Unspecified')
        PurgeRunHistoryInterval = [TimeSpan]$now.purge; SyncCycleEnabled = [bool]$now.enabled; MaintenanceEnabled = [bool]$now.maintenance
        StagingModeEnabled = [bool]$now.staging; SchedulerSuspended = [bool]$now.suspended; SyncCycleInProgress = [bool]$now.in_progress
    }
}
function Set-ADSyncScheduler {
    [CmdletBinding()]
    param([Parameter(Position = 0)][Nullable[TimeSpan]]$CustomizedSyncCycleInterval, [Parameter(Position = 1)][Nullable[bool]]$SyncCycleEnabled,
        [Parameter(Position = 2)][SynchronizationPolicyType]$NextSyncCyclePolicyType, [Parameter(Position = 3)][Nullable[TimeSpan]]$PurgeRunHistoryInterval,
        [Parameter(Position = 4)][Nullable[bool]]$MaintenanceEnabled, [Parameter(Position = 5)][Nullable[bool]]$SchedulerSuspended, [switch]$Force)
    $given = @{}
    foreach ($name in @($PSBoundParameters.Keys)) {
        if ($name -in 'SyncCycleEnabled', 'MaintenanceEnabled', 'SchedulerSuspended') { $given[$name] = [bool]$PSBoundParameters[$name] }
        elseif ($name -in 'CustomizedSyncCycleInterval', 'PurgeRunHistoryInterval') { $given[$name] = [string]$PSBoundParameters[$name] }
        elseif ($name -eq 'NextSyncCyclePolicyType') { $given[$name] = [string]$NextSyncCyclePolicyType }
    }
    if ($null -ne $CustomizedSyncCycleInterval -and -not $Force) {
        $allowed = [TimeSpan](Invoke-Model $PSCmdlet 'scheduler').allowed
        $question = "The specified interval $CustomizedSyncCycleInterval is below the allowed value $allowed. The scheduler will go on at the allowed interval."
        if ($CustomizedSyncCycleInterval -lt $allowed -and -not $PSCmdlet.ShouldContinue($question, 'Do you want to continue?')) { return }
    }
    # a sign-in that nobody sees: the call hangs until its process is ended
    if (Invoke-Model $PSCmdlet 'sign_in' $given) { while ($true) { Start-Sleep -Seconds 3600 } }
    $null = Invoke-Model $PSCmdlet 'set_scheduler' $given
    if ($given.ContainsKey('CustomizedSyncCycleInterval')) { Write-Warning 'The new interval takes effect only after a sync cycle.' }
}
function Get-ADSyncSchedulerConnectorOverride {
    [CmdletBinding()] param([Guid]$ConnectorIdentifier, [string]$ConnectorName)
    $now = Invoke-Model $PSCmdlet 'override' @{ id = [string]$ConnectorIdentifier; name = $ConnectorName }
    if ($null -eq $now) { return }
    New-Typed 'SchedulerConnectorOverride' @{ ConnectorIdentifier = [Guid]$now.id; FullImportRequired = [bool]$now.full_import; FullSyncRequired = [bool]$now.full_sync }
}
function Set-ADSyncSchedulerConnectorOverride {
    [CmdletBinding()] param([Guid]$ConnectorIdentifier, [string]$ConnectorName, [Nullable[bool]]$FullImportRequired, [Nullable[bool]]$FullSyncRequired)
    $set = @{ id = [string]$ConnectorIdentifier; name = $ConnectorName }
    if ($null -ne $FullImportRequired) { $set.full_import = [bool]$FullImportRequired }
    if ($null -ne $FullSyncRequired) { $set.full_sync = [bool]$FullSyncRequired }
    $null = Invoke-Model $PSCmdlet 'set_override' $set
}
function Get-ADSyncGlobalSettings {
    [CmdletBinding()] param()
    $now = Invoke-Model $PSCmdlet 'settings'
    if ($null -eq $now) { return }
    $parameters = New-Object ParameterKeyedCollection
    foreach ($setting in $now.settings.PSObject.Properties) { $parameters.Add([ConfigurationParameter]@{ Name = $setting.Name; Value = $setting.Value }) }
    $parameters.Add([ConfigurationParameter]@{ Name = 'Microsoft.Synchronize.ServerConfigurationVersion'; Value = $now.configuration })
    New-Typed 'GlobalSettings' @{ Version = 1; SqlSchemaVersion = 1; InstanceId = [Guid]::Empty; Parameters = $parameters }
}
function Set-ADSyncGlobalSettings {
    # the whole object is written back, and each call applies the side effects of the staging flag again (adsync.md 3.3)
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory, Position = 0)]$GlobalSettings)
    $key = 'Microsoft.Synchronize.StagingMode'
    if (-not $GlobalSettings.Parameters.Contains($key)) { return }
    $text = $GlobalSettings.Parameters[$key].Value
    if ($text -notin 'True', 'False') { $PSCmdlet.WriteError((New-Object Management.Automation.ErrorRecord ([FormatException]'String was not recognized as a valid Boolean.'), 'FormatException', 'WriteError', $null)); return }
    $null = Invoke-Model $PSCmdlet 'set_settings' @{ staging = $text }
    $GlobalSettings
}
function Get-ADSyncServerConfiguration {
    # the folder is made where it is missing; what is in it already stays (adsync.md 7.3)
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)][string]$Path, [switch]$ValidateConfiguration)
    $files = Invoke-Model $PSCmdlet 'configuration'
    if ($null -eq $files) { return }
    foreach ($file in $files.PSObject.Properties) {
        $target = Join-Path $Path $file.Name
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        [IO.File]::WriteAllText($target, $file.Value)
    }
}
function Get-ADSyncConnector {
    [CmdletBinding()] param([Guid]$Identifier, [string]$Name)
    foreach ($each in @(Invoke-Model $PSCmdlet 'connectors')) {
        if ($null -eq $each -or ($Name -and $Name -ne $each.name) -or ($PSBoundParameters.ContainsKey('Identifier') -and [string]$Identifier -ne $each.id)) { continue }
        $parameters = New-Object ParameterKeyedCollection
        if ($each.user) { $parameters.Add([ConfigurationParameter]@{ Name = 'UserName'; Value = $each.user }) }
        New-Typed 'Connector' @{ ConnectivityParameters = $parameters; Name = $each.name; Identifier = [Guid]$each.id; Version = 1; ConnectorTypeName = $(if ($each.kind -eq 'ad') { 'AD' } else { 'Extensible2' })
            Type = $(if ($each.kind -eq 'ad') { 'AD' } else { 'Extensible2' }); Subtype = $(if ($each.kind -eq 'ad') { '' } else { 'Windows Azure Active Directory (Microsoft)' }) }
    }
}
function Get-ADSyncConnectorRunStatus {
    # no object at all while idle (adsync.md 2.3)
    [CmdletBinding()] param()
    foreach ($name in @(Invoke-Model $PSCmdlet 'busy')) {
        if ($null -ne $name) { New-Typed 'ConnectorRunStatus' @{ RunState = [ConnectorRunState]::Busy; ConnectorName = $name } }
    }
}
function Get-ADSyncConnectorStatistics {
    [CmdletBinding()] param([Parameter(Mandatory)][string]$ConnectorName)
    $now = Invoke-Model $PSCmdlet 'statistics' @{ connector = $ConnectorName }
    if ($null -eq $now) { return }
    New-Typed 'ConnectorStatistics' @{ ExportAdds = [int]$now.adds; ExportUpdates = [int]$now.updates; ExportDeletes = [int]$now.deletes
        ImportAdds = 0; ImportUpdates = 0; ImportDeletes = 0; ImportNoChange = 0; TotalConnectors = 0 }
}
function Get-ADSyncRunProfileResult {
    [CmdletBinding()] param([Guid]$RunHistoryId, [Guid]$ConnectorId, [Guid]$RunProfileId, [int]$RunNumber, [int]$NumberRequested = 50, [switch]$RunStepDetails, [int]$StepNumber)
    foreach ($run in @(Invoke-Model $PSCmdlet 'runs' @{ newest = $NumberRequested })) {
        if ($null -eq $run) { continue }
        $step = New-Typed 'RunStepResult' @{ StepNumber = 1; StepResult = $run.result; StepXml = "<step-type type=`"$($run.step_type)`" />"
            ExportAdd = [int]$run.export_adds; ExportUpdate = [int]$run.export_updates; ExportDelete = [int]$run.export_deletes; ExportRename = 0; ExportDeleteAdd = 0; ExportFailure = 0
            StageAdd = 0; StageUpdate = 0; StageDelete = 0; StageFailure = 0 }
        New-Typed 'RunProfileResult' @{ RunHistoryId = [Guid]$run.run_id; ConnectorName = $run.connector; RunProfileName = $run.profile; Username = 'CONTOSO\ADSyncMSA$'
            RunNumber = [int]$run.run_number; Result = $run.result; IsRunComplete = [bool]$run.complete; CurrentStepNumber = 1; TotalSteps = 1
            StartDate = ConvertFrom-LabTime $run.started; EndDate = ConvertFrom-LabTime $run.ended; RunStepResults = [object[]]@($step) }
    }
}
function Get-ADSyncPartitionPasswordSyncState {
    [CmdletBinding()] param()
    foreach ($state in @(Invoke-Model $PSCmdlet 'password_sync')) {
        if ($null -eq $state) { continue }
        $ended = ConvertFrom-LabTime $state.ended
        New-Typed 'PartitionPasswordSyncState' @{ ConnectorId = [Guid]$state.id; DN = 'DC=contoso,DC=local'
            PasswordSyncLastCycleStatus = [PasswordHashSyncCycleStatus]$state.status; PasswordSyncLastCycleStartTimestamp = ConvertFrom-LabTime $state.started
            PasswordSyncLastCycleEndTimestamp = $ended; PasswordSyncLastSuccessfulCycleStartTimestamp = ConvertFrom-LabTime $state.started
            PasswordSyncLastSuccessfulCycleEndTimestamp = $ended }
    }
}
function Get-ADSyncAutoUpgrade {
    [CmdletBinding()] param([switch]$Detail)
    $state = Invoke-Model $PSCmdlet 'auto_upgrade'
    if ($state) { [AutoUpgradeConfigurationState]$state }
}
function Set-ADSyncAutoUpgrade {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)][AutoUpgradeConfigurationState]$AutoUpgradeState, [Parameter(Position = 1)][string]$SuspensionReason)
    if ($AutoUpgradeState -eq 'Suspended' -and -not $SuspensionReason) { $PSCmdlet.WriteError((New-Object Management.Automation.ErrorRecord ([ArgumentException]'A suspension reason is required.'), 'ArgumentException', 'WriteError', $null)); return }
    $null = Invoke-Model $PSCmdlet 'set_auto_upgrade' @{ state = [string]$AutoUpgradeState }
}
function Get-ADSyncAADPasswordResetConfiguration {
    [CmdletBinding()] param([Parameter(Mandatory)][string]$Connector)
    $enabled = Invoke-Model $PSCmdlet 'writeback'
    if ($null -ne $enabled) { [pscustomobject]@{ Connector = $Connector; Enabled = [bool]$enabled } }
}
function Start-ADSyncSyncCycle {
    [CmdletBinding()] param([Parameter(Position = 0)][Nullable[SynchronizationPolicyType]]$PolicyType, [Parameter(Position = 1)][bool]$InteractiveMode)
    $policy = 'Delta'
    if ($null -ne $PolicyType) { $policy = [string]$PolicyType }
    if ($null -ne (Invoke-Model $PSCmdlet 'start_cycle' @{ policy = $policy })) { New-Typed 'SchedulerOperationStatus' @{ Result = [Status]::Success } }
}
function Stop-ADSyncSyncCycle {
    [CmdletBinding()] param()
    if ($null -ne (Invoke-Model $PSCmdlet 'stop_cycle')) { New-Typed 'SchedulerOperationStatus' @{ Result = [Status]::Success } }
}
function Get-ADSyncDatabaseConfiguration {
    [CmdletBinding()] param()
    $now = Invoke-Model $PSCmdlet 'database'
    if ($null -eq $now) { return }
    New-Typed 'DatabaseConfiguration' @{ IsLocalDBInstalled = [bool]$now.IsLocalDBInstalled; UsedSpaceInMb = [double]$now.UsedSpaceInMb
        SqlServerName = $now.SqlServerName; SqlServerInstanceName = $now.SqlServerInstanceName; SqlServerDBName = $now.SqlServerDBName
        SqlFullVersion = "Microsoft SQL Server $($now.SqlProductVersion)"; SqlProductVersion = $now.SqlProductVersion; SqlEdition = 'Express' }
}
function Get-ADSyncDomainReachabilityStatus {
    [CmdletBinding()] param([string]$ConnectorName, [Guid]$ConnectorIdentifier)
    foreach ($domain in @(Invoke-Model $PSCmdlet 'reachable' @{ connector = $ConnectorName })) {
        if ($null -ne $domain) { New-Typed 'ValidatedDomain' @{ FullName = $domain.name; IsReachable = [bool]$domain.reachable; ExceptionMessage = $domain.error } }
    }
}
# from 2.5.3.0 on (adsync.md 2.12); ASSUMED are all of its properties but the first
if ($null -ne (Invoke-LabModel 'credential')) {
    function Get-ADSyncEntraConnectorCredential {
        [CmdletBinding()] param()
        New-Typed 'EntraConnectorCredential' (& { $now = @{}; foreach ($each in (Invoke-LabModel 'credential').PSObject.Properties) { $now[$each.Name] = $each.Value }; $now })
    }
}
Export-ModuleMember -Function *-ADSync*
