# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Our functions on STUBS that answer as plainly as adsync.md allows, and otherwise than those of our lab: a table of parameters or a list, properties that
# are missing, texts for booleans, noise, scripts that are not written for strict mode, cmdlets that are not there. Each check names what came of it.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
$env:ProgramData = $Folder
$env:ProgramFiles = ''
$env:COMPUTERNAME = 'SRV1'
$key = 'Microsoft.Synchronize.StagingMode'
$told = [ordered]@{}
function Get-Told {
    # what a block gives, or the code and text of the error that it ends with
    param([scriptblock]$Block)
    try { return (& $Block) } catch { return "error $(($_.FullyQualifiedErrorId -split ',')[0]): $($_.Exception.Message)" }
}

# a server of which Windows tells nothing at all: no registry, firewall, CIM, services, event log, and no ADSync either
$bare = Get-Told { Get-EntraSyncServer -Full $true }
$told['bare'] = "$($bare.module_present) $($bare.scheduler_read) $($bare.settings_read) '$($bare.service_status)' '$($bare.engine_version)' $($bare.computer_name) $($bare.machine_id)"
$told['bare boot'] = [string]$bare.boot_id -match '\A\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000000Z\z'
$told['bare health'] = (Get-Told { Get-EntraSyncHealth -Since '20261101T000000Z' }).log_error -ne ''
$told['bare prerequisite'] = (Get-Told { Get-EntraSyncPrerequisite }).module_error -ne ''
$told['bare firewall'] = "$((Get-BlockState).present) $((Get-BlockState).weakness)"
$env:ProgramData = ''
$told['no folder for the record'] = (Get-Told { Get-EntraSyncServer -Full $true }).record_error
$env:ProgramData = $Folder

# global settings
$staging = [pscustomobject]@{ Name = $key; Value = 'True' }
$shapes = [ordered]@{ table = @{ $key = $staging }; list = @([pscustomobject]@{ Other = 1 }, $staging); empty = @{}; 'of another key' = @([pscustomobject]@{ Name = 'x'; Value = 'True' })
    'without a value' = @{ $key = [pscustomobject]@{ Name = $key; Value = $null } } }
function Get-ADSyncGlobalSettings { [CmdletBinding()] param() 'a line of noise'; [pscustomobject]@{ Version = 1; Parameters = $shape } }
function Set-ADSyncGlobalSettings { [CmdletBinding()] param($GlobalSettings) $GlobalSettings }
foreach ($name in $shapes.Keys) {
    $shape = $shapes[$name]
    $staging.Value = 'True'
    $told["settings $name"] = "'$((Get-StagingReading).settings)'"
    $told["settings $name set"] = [string](Get-Told { Set-StagingSetting -Value 'False'; (Get-StagingReading).settings })
}

# the scheduler: nothing but the flag, texts for booleans, a time that is none, noise, nothing
$schedulers = [ordered]@{ least = [pscustomobject]@{ StagingModeEnabled = $true }; texts = [pscustomobject]@{ StagingModeEnabled = 'False'; SyncCycleEnabled = 'True'; SyncCycleInProgress = 'False' }
    'without a flag' = [pscustomobject]@{ StagingModeEnabled = $null; SyncCycleEnabled = $true; NextSyncCycleStartTimeInUTC = 'soon' }; nothing = $null }
function Get-ADSyncScheduler { [CmdletBinding()] param() 'a line of noise'; $scheduler }
foreach ($name in $schedulers.Keys) {
    $scheduler = $schedulers[$name]
    $part = Get-SchedulerPart
    $told["scheduler $name"] = "$($part.scheduler_read) '$($part.staging_scheduler)' '$($part.sync_cycle_enabled)' '$($part.sync_cycle_in_progress)' '$($part.next_start)'"
}
$scheduler = $schedulers['least']
$told['scheduler does not tell its switch'] = Get-Told { Get-CycleSwitch }

# the run history: no steps, no number, no end; the statistics: a number is missing
function Get-ADSyncRunProfileResult { [CmdletBinding()] param([int]$NumberRequested, [switch]$RunStepDetails) [pscustomobject]@{ ConnectorName = 'c'; RunProfileName = 'Export'; StartDate = [DateTime]'2026-11-23T09:00:00'; IsRunComplete = $true } }
$step = Get-Told { Get-RunStep }
$told['run without steps'] = "$($step.connector) $($step.step_type) $($step.complete) $($step.started) '$($step.ended)' '$($step.step)'"
function Get-ADSyncRunStepResult { [CmdletBinding()] param([object]$RunHistoryId) [pscustomobject]@{ StepNumber = 1; StepResult = 'success'; ExportDelete = 4 } }
$step = Get-Told { Get-RunStep }
$told['run whose steps are asked for'] = "$($step.step) $($step.step_result) $($step.export_adds) $($step.export_deletes)"
function Get-ADSyncConnectorStatistics { [CmdletBinding()] param([string]$ConnectorName) [pscustomobject]@{ ExportAdds = 1; ExportUpdates = 2 } }
$told['statistics without deletes'] = Get-Told { Get-PendingCount -Connector 'c' }
function Get-ADSyncConnector { [CmdletBinding()] param() [pscustomobject]@{ Name = 'e'; Identifier = [Guid]'b891884f-051e-4a83-95af-2544101c9083' } }
function Get-ADSyncAADPasswordResetConfiguration { [CmdletBinding()] param([string]$Connector) [pscustomobject]@{ Enabled = $writeback } }
foreach ($writeback in $true, 'False', $null) { $told["writeback $writeback"] = "'$(Get-WritebackState)'" }

# a cycle: accepted with a word, without one, after noise, and not
function Start-ADSyncSyncCycle { [CmdletBinding()] param([string]$PolicyType) $said }
$answers = [ordered]@{ 'a word' = [pscustomobject]@{ Result = 'Success' }; nothing = $null; noise = @('a line', [pscustomobject]@{ Result = 'Success' }); 'another word' = [pscustomobject]@{ Result = 'Busy' } }
foreach ($name in $answers.Keys) { $said = $answers[$name]; $told["cycle $name"] = [string](Get-Told { (Start-EntraSyncCycle -PolicyType 'Delta').accepted }) }

# scripts that are not written for strict mode, called by our functions, which are
function Get-ADSyncConnectorRunStatus { [CmdletBinding()] param() $null = $staging.Missing; [pscustomobject]@{ ConnectorName = 'c' } }
function Get-ADSyncAutoUpgrade { [CmdletBinding()] param() $null = $staging.Missing; 'Disabled' }
function Start-ADSyncSyncCycle { [CmdletBinding()] param([string]$PolicyType) [pscustomobject]@{ Result = 'Success' }; $null = $staging.Missing }
$read = Get-EntraSyncServer -Full $true
$told['scripts that are read'] = "$($read.run_status_read) $($read.busy_connectors) $($read.auto_upgrade)"
$told['script that is run'] = [string](Get-Told { (Start-EntraSyncCycle -PolicyType 'Delta').accepted })

# services without a start type; an event log that takes a filter only, by scripts that read what is not there
function Get-Service { [CmdletBinding()] param([string]$Name) $null = $staging.Missing; [pscustomobject]@{ Status = 'Running' } }
$told['service without a start type'] = "$((Get-ServiceState).status) '$((Get-ServiceState).start_type)'"
function Get-WinEvent {
    [CmdletBinding()] param([hashtable]$FilterHashtable, [int]$MaxEvents)
    $found = @($events | Where-Object { (-not $FilterHashtable.Id -or $_.Id -eq $FilterHashtable.Id) -and (-not $FilterHashtable.StartTime -or $_.TimeCreated -ge $FilterHashtable.StartTime) -and
            (-not $FilterHashtable.EndTime -or $_.TimeCreated -le $FilterHashtable.EndTime) })
    if ($found.Count -eq 0) { Write-Error 'No events were found that match the specified selection criteria.'; return }
    $found
}
$since = [DateTime]::UtcNow.AddMinutes(-5)
$old = [pscustomobject]@{ Id = 1; TimeCreated = [DateTime]::Now.AddHours(-1) }
$new = [pscustomobject]@{ Id = 2001; TimeCreated = [DateTime]::Now }
$logs = [ordered]@{ 'reaches back' = @($old); 'has a start' = @($old, $new); 'is too young' = @($new); 'is empty' = @() }
foreach ($name in $logs.Keys) { $events = $logs[$name]; $starts = Get-ServiceStart -Since $since; $told["log $name"] = "$($starts.reaches) '$($starts.count)'" }

# versions: by text where the numbers are not told, by the uninstall entry where the file has none
$info = [pscustomobject]@{ FileVersion = '2.5.79.0' }
function Get-Item { [CmdletBinding()] param([string]$LiteralPath) [pscustomobject]@{ VersionInfo = $info } }
$told['version by text'] = Get-FileVersion -Path 'x'
$info = [pscustomobject]@{ FileMajorPart = 0; FileMinorPart = 0; FileBuildPart = 0; FilePrivatePart = 0; FileVersion = $null }
$told['version of a file without one'] = "'$(Get-FileVersion -Path 'x')'"
function Get-ItemProperty { [CmdletBinding()] param([string]$Path, [string]$Name) if ($Path -like '*Uninstall*' -and $Path -notlike '*WOW*') { [pscustomobject]@{ DisplayName = 'Microsoft Entra Connect synchronization services'; DisplayVersion = '2.5.190.0' } } }
$told['version by the uninstall entry'] = Get-EngineVersion

# a release without a firewall: only an unbroken hold, of which the log tells
function Set-Service { [CmdletBinding()] param([string]$Name, [string]$StartupType) }
function Start-Service { [CmdletBinding()] param([string]$Name) }
$claim = @{ ExpectedEpoch = 0; ExpectedRunId = ''; Epoch = 1; RunId = 'aaa'; Who = 'me'; Kind = 'topology'; Tenant = 't'; Members = @('m'); LeaseSeconds = 120 }
$null = New-EntraSyncClaim @claim
$told['release without a firewall'] = ([string](Get-Told { Start-EntraSyncRelease -Epoch 1 -RunId 'aaa' })) -replace 'New-NetFirewallRule.*', ''
[Console]::Out.Write((ConvertTo-Json -InputObject $told -Depth 4))
