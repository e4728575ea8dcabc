# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncHealth {
    <#
    .SYNOPSIS
    How this server has been since a time: event log, services, last imports, password hashes; changes nothing.
    .DESCRIPTION
    A part that cannot be read is null, or told as not read; the call as a whole does not fail for it, and what was not read is never empty.
    log_from is the time of the oldest record of the Application log: before it nothing is known. Of each source as many events are read as Most
    says, of each level group (adsync.md 8). role_entries are the newest lines of our journal about its role. Codes: none.
    .PARAMETER Since
    From when on events count: UTC, as 20261102T200000Z. A JSON reader of newer PowerShells would make a date of the longer form.
    .PARAMETER Most
    How many events of one source to read at most.
    #>
    param([Parameter(Mandatory = $true)][ValidatePattern('\A\d{8}T\d{6}Z\z')][string]$Since, [int]$Most = 500)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $style = [Globalization.DateTimeStyles]::AdjustToUniversal -bor [Globalization.DateTimeStyles]::AssumeUniversal
    $from = [DateTime]::ParseExact($Since, "yyyyMMdd'T'HHmmss'Z'", [Globalization.CultureInfo]::InvariantCulture, $style)
    $values = [ordered]@{ now = Get-UtcText; since = Get-UtcText $from; log_from = ''; log_error = ''; sources = @(); events = @(); services = @(Get-AgentService)
        staging = $null; imports = $null; password_sync = $null; deletion_prevention = ''; deletion_threshold = ''; role_entries = $null
        certificate = $null; certificate_ends = '' }
    try { $values.log_from = Get-UtcText (@(Get-WinEvent -LogName 'Application' -MaxEvents 1 -Oldest -ErrorAction Stop)[0].TimeCreated.ToUniversalTime()) }
    catch { $values.log_error = Get-ErrorText $_ }
    $parts = @(foreach ($source in @(Get-EventSource)) { Get-EventPart -Source $source -Since $from -Most $Most })
    $values.sources = @($parts | Microsoft.PowerShell.Utility\Select-Object -Property log, provider, read, registered, cut, error)
    $values.events = @(foreach ($part in $parts) { $part.events })
    $changes = 'Enable-EntraSyncStaging', 'Disable-EntraSyncStaging', 'Register-EntraSyncPromotion', 'Enter-EntraSyncHold'
    try { $values.role_entries = @((Get-EntraSyncJournal -Newest 20 -Function $changes).entries) } catch { $values.role_entries = $null }
    try { Import-Sync } catch { return [pscustomobject]$values }
    $flag = Get-StagingReading
    if ($null -ne $flag.scheduler -and [string]$flag.scheduler -eq $flag.settings) { $values.staging = $flag.scheduler }
    $values.imports = Get-ImportPart
    $identity = Get-IdentityPart   # what an application signs in with; empty where it is none (adsync.md 2.12, 5.6)
    if (-not $identity.identity_error) { $values.certificate = $identity.certificate; $values.certificate_ends = $identity.certificate_ends }
    try {   # a copy of what the tenant has, which may be old (adsync.md 2.11)
        $parameters = (Get-GlobalSettings).Parameters
        $values.deletion_prevention = [string](Get-PropertyValue (Get-KeyedParameter $parameters 'Microsoft.OptionalFeature.ExportDeletionThreshold') 'Value')
        $values.deletion_threshold = [string](Get-PropertyValue (Get-KeyedParameter $parameters 'Microsoft.OptionalFeature.ExportDeletionThresholdValue') 'Value')
    }
    catch { $values.deletion_prevention = '' }
    try {
        $values.password_sync = @(foreach ($state in @(Get-ADSyncPartitionPasswordSyncState -ErrorAction Stop)) {
                if ($null -eq $state -or [string]$state.DN -eq 'default') { continue }
                [pscustomobject]@{ dn = [string]$state.DN; status = [string]$state.PasswordSyncLastCycleStatus
                    succeeded = Get-UtcText $state.PasswordSyncLastSuccessfulCycleStartTimestamp }
            })
    }
    catch { $values.password_sync = $null }
    return [pscustomobject]$values
}
