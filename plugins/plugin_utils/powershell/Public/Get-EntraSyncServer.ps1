# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncServer {
    <#
    .SYNOPSIS
    Reads everything about this server in one call; changes nothing.
    .DESCRIPTION
    A part that cannot be read is null or empty and its error is told; the call as a whole does not fail for it. module_version is that of the
    installed module that answers, empty where the function's text was sent inline; endpoint is reader or operator, where it came through one of
    ours. Sources: adsync.md 1.1, 2.3, 2.6, 2.7, 3.1, 5. Codes: none.
    .PARAMETER Full
    Read connectors, pending exports, last runs, automatic upgrade and writeback too.
    #>
    param([bool]$Full = $false)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $values = @{ computer_name = Get-ComputerName; machine_id = ''; boot_id = ''; now = Get-UtcText
        language_mode = [string]$ExecutionContext.SessionState.LanguageMode; module_version = Get-ModuleVersion; endpoint = Get-EndpointName
        module_present = $true; module_error = ''; settings_read = $false; settings_error = ''; staging_settings = $null }
    try { $values.machine_id = Get-MachineId } catch { $values.machine_id = '' }
    try { $values.boot_id = Get-BootId } catch { $values.boot_id = '' }
    try { Import-Sync } catch { $values.module_present = $false; $values.module_error = [string]$_.Exception.Message }
    $service = Get-ServiceState
    $values.service_status = $service.status
    $values.service_start_type = $service.start_type
    $scheduler = Get-SchedulerPart
    $parts = @((Get-RunningPart), (Get-RecordPart), (Get-VersionPart))
    try {
        $values.staging_settings = Get-StagingSetting -Settings (Get-GlobalSettings)
        $values.settings_read = $true
    }
    catch { $values.settings_error = ([string]$_.Exception.Message -split "`n")[0].Trim() }
    # one is read after the other: a flag that a person changed in between is no disagreement, so the earlier reading is taken anew
    if ($values.settings_read -and $scheduler.scheduler_read -and [string]$scheduler.staging_scheduler -ne $values.staging_settings) { $scheduler = Get-SchedulerPart }
    $parts += $scheduler
    $processes = Get-ProcessState
    $values.wizard_running = $processes.wizard
    $values.manager_running = $processes.manager
    $values.installer_running = $processes.installer
    if ($Full) { $parts += , (Get-FullPart) }
    foreach ($part in $parts) { foreach ($name in @($part.Keys)) { $values[$name] = $part[$name] } }
    return [pscustomobject]$values
}
