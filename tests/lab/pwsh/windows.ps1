# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# STUB of the Windows cmdlets that Linux lacks: services, event log, CIM, firewall. Each asks the model.

function Get-Service {
    [CmdletBinding()] param([string]$Name)
    if ($Name -eq 'mpssvc') { return [pscustomobject]@{ Name = $Name; Status = 'Running'; StartType = 'Automatic' } }
    $now = Invoke-LabModel 'service' @{ name = $Name }
    if ($null -eq $now) { Write-Error -Message "Cannot find any service with service name '$Name'." -ErrorId 'NoServiceFoundForGivenName'; return }
    [pscustomobject]@{ Name = $Name; Status = $now.status; StartType = $now.start_type }
}
function Set-Service { [CmdletBinding()] param([string]$Name, [string]$StartupType) $null = Invoke-LabModel 'start_type' @{ value = $StartupType } }
function Stop-Service { [CmdletBinding()] param([string]$Name, [switch]$Force) $null = Invoke-LabModel 'stop_service' }
function Start-Service { [CmdletBinding()] param([string]$Name) $null = Invoke-LabModel 'start_service' }
function Get-WinEvent {
    # the starts of the service, or other events: a filter by level or by the ids of those; its errors carry the ids of the real ones
    [CmdletBinding()] param([string]$LogName, [int]$MaxEvents, [switch]$Oldest, [hashtable]$FilterHashtable)
    $since = 0
    $levels = @()
    $ids = @()
    $provider = ''
    if ($null -ne $FilterHashtable) {
        $since = ([DateTimeOffset]$FilterHashtable.StartTime).ToUnixTimeMilliseconds()
        # text, since a number that went through a pipeline or JSON keeps members of its own, and all zeros of the process are one object
        if ($null -ne $FilterHashtable['Level']) { $levels = [string[]]$FilterHashtable['Level'] }
        if ($null -ne $FilterHashtable['Id']) { $ids = [string[]]$FilterHashtable['Id'] }
        $provider = [string]$FilterHashtable['ProviderName']
    }
    if ($levels.Count -gt 0) {
        $answer = Invoke-LabModel 'events' @{ since = $since; log = [string]$FilterHashtable.LogName; provider = $provider; levels = $levels; ids = $ids; most = $MaxEvents }
        if ($answer.error) { Write-Error -Message $answer.text -ErrorId $answer.error; return }
        foreach ($each in @($answer.events)) {
            [pscustomobject]@{ TimeCreated = ConvertFrom-LabTime $each.at; Id = [int]$each.id; Level = [byte]$each.level; ProviderName = $each.provider; Message = $each.message }
        }
        return
    }
    $now = Invoke-LabModel 'starts' @{ since = $since }
    if ($now.fails) { Write-Error -Message 'The event log cannot be read.' -ErrorId 'LogInaccessible'; return }
    if ($Oldest) { return [pscustomobject]@{ TimeCreated = ConvertFrom-LabTime $now.oldest } }
    if (@($now.starts).Count -eq 0) { Write-Error -Message 'No events were found that match the specified selection criteria.' -ErrorId 'NoMatchingEventsFound' }
    foreach ($each in @($now.starts)) { [pscustomobject]@{ TimeCreated = ConvertFrom-LabTime $each; Id = 2001 } }
}
function Get-NetFirewallRule {
    [CmdletBinding()] param([string]$Name, [string]$PolicyStore, [string]$Direction, [string]$Action, [string]$Enabled)
    $now = Invoke-LabModel 'firewall'
    if ($Action -eq 'AllowBypass') { if ($now.bypass) { [pscustomobject]@{ DisplayName = 'backup agent'; Enabled = 'True' } }; return }
    if ($now.blocked) { [pscustomobject]@{ Name = $Name; DisplayName = 'quarantine'; Enabled = 'True' } }
}
function New-NetFirewallRule {
    [CmdletBinding()] param([string]$Name, [string]$DisplayName, [string]$Direction, [string]$Action, [string]$Profile, [string]$Enabled, [string]$Program)
    $null = Invoke-LabModel 'block' @{ value = $true }
}
function Remove-NetFirewallRule { [CmdletBinding()] param([string]$Name) $null = Invoke-LabModel 'block' @{ value = $false } }
function Get-NetFirewallProfile {
    [CmdletBinding()] param([string]$PolicyStore)
    [pscustomobject]@{ Name = 'Domain'; Enabled = [string][bool](Invoke-LabModel 'firewall').on; AllowLocalFirewallRules = 'NotConfigured' }
}
function Get-CimInstance {
    [CmdletBinding()] param([string]$ClassName)
    $boot = Invoke-LabModel 'boot'
    if ($boot -isnot [DateTime]) { $boot = [DateTime]::Parse([string]$boot, [Globalization.CultureInfo]::InvariantCulture) }
    [pscustomobject]@{ LastBootUpTime = $boot.ToLocalTime() }
}
