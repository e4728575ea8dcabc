# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of what Linux lacks of Windows: services, event log, CIM, firewall; and of our Private functions for facilities without a cmdlet.

function Get-Service {
    [CmdletBinding()] param([string]$Name)
    if ($Name -eq 'mpssvc') { return [pscustomobject]@{ Name = $Name; Status = $World.firewall; StartType = 'Automatic' } }
    if ($Name -ne 'ADSync' -and $World.services_fail) { throw 'The service control manager cannot be opened.' }
    if ($Name -ne 'ADSync' -and -not $World.agents.ContainsKey($Name)) { Write-Error -Message "Cannot find any service with service name '$Name'." -ErrorId 'NoServiceFoundForGivenName'; return }
    if ($Name -ne 'ADSync') { return [pscustomobject]@{ Name = $Name; Status = $World.agents[$Name]; StartType = 'Automatic' } }
    if ($World.stuck -gt 0) { $World.stuck--; if ($World.stuck -eq 0) { $World.service = 'Stopped' } }
    [pscustomobject]@{ Name = $Name; Status = $World.service; StartType = $World.start_type }
}
function Set-Service { [CmdletBinding()] param([string]$Name, [string]$StartupType) $World.start_type = $StartupType }
function Stop-Service { [CmdletBinding()] param([string]$Name, [switch]$Force) if ($World.stuck -gt 0) { return }; $World.service = 'Stopped'; if ($World.wizard_at_stop) { $World.wizard = $true } }
function Start-Service {
    [CmdletBinding()] param([string]$Name)
    if ($World.start_type -eq 'Disabled') { throw 'Service ADSync cannot be started.' }
    $World.service = 'Running'
    $World.starts += , [DateTime]::UtcNow
}
function Get-WinEvent {
    [CmdletBinding()] param([string]$LogName, [int]$MaxEvents, [switch]$Oldest, [hashtable]$FilterHashtable)
    if ($World.log_fails) { throw 'The event log cannot be read.' }
    if ($Oldest) { return [pscustomobject]@{ TimeCreated = $World.log_from } }
    if ($null -ne $FilterHashtable['Level']) {
        if ($FilterHashtable.LogName -ne 'Application') { Write-Error -Message 'There is not an event log that matches.' -ErrorId 'NoMatchingLogsFound'; return }
        if ($FilterHashtable.ProviderName -notin $World.providers) { Write-Error -Message 'There is not an event provider that matches.' -ErrorId 'NoMatchingProvidersFound'; return }
        $found = @($World.events | Where-Object { $_.ProviderName -eq $FilterHashtable.ProviderName -and $_.Level -in $FilterHashtable.Level -and $_.TimeCreated -ge $FilterHashtable.StartTime })
        if ($null -ne $FilterHashtable['Id']) { $found = @($found | Where-Object { $_.Id -in $FilterHashtable.Id }) }
        if ($found.Count -eq 0) { Write-Error -Message 'No events were found that match the specified selection criteria.' -ErrorId 'NoMatchingEventsFound'; return }
        return @($found | Sort-Object -Property TimeCreated -Descending | Select-Object -First $MaxEvents)
    }
    $found = @($World.starts | Where-Object { $_ -gt $FilterHashtable.StartTime.ToUniversalTime() })
    if ($found.Count -eq 0) { Write-Error -Message 'No events were found that match the specified selection criteria.' -ErrorId 'NoMatchingEventsFound' }
    foreach ($each in $found) { [pscustomobject]@{ TimeCreated = $each; Id = 2001 } }
}
function Get-CimInstance { [CmdletBinding()] param([string]$ClassName) [pscustomobject]@{ LastBootUpTime = $World.boot } }
function Get-NetFirewallRule {
    [CmdletBinding()] param([string]$Name, [string]$PolicyStore, [string]$Direction, [string]$Action, [string]$Enabled)
    if ($Action -eq 'AllowBypass') { if ($World.bypass) { [pscustomobject]@{ DisplayName = 'backup agent'; Enabled = 'True' } }; return }
    if ($World.blocked) { [pscustomobject]@{ Name = $Name; DisplayName = 'quarantine'; Enabled = 'True' } }
}
function New-NetFirewallRule {
    [CmdletBinding()] param([string]$Name, [string]$DisplayName, [string]$Direction, [string]$Action, [string]$Profile, [string]$Enabled, [string]$Program)
    $World.blocked = $true
    $World.rule = "$Direction $Action $Profile $Enabled"
}
function Remove-NetFirewallRule { [CmdletBinding()] param([string]$Name) $World.blocked = $false }
function Get-NetFirewallProfile { [CmdletBinding()] param([string]$PolicyStore) [pscustomobject]@{ Name = 'Domain'; Enabled = $World.profile; AllowLocalFirewallRules = 'NotConfigured' } }

# in the place of our Private functions
function Get-MachineId { return 'machine-1' }
function Protect-Folder { param([string]$Path) if ($World.unprotected) { throw 'access denied' }; $World.protected += @($Path) }
function Get-MutexName { return "EntraConnectOps-$PID" }
function Get-EngineVersion { return $World.engine }
function Get-WizardVersion { return $World.wizard_version }
function Get-UninstallEntry { return [pscustomobject]@{ name = 'Microsoft Entra Connect Sync'; version = $World.wizard_version } }
function Get-ProcessState { return @{ wizard = $World.wizard; manager = $false; installer = $false } }
function Invoke-ConnectorExport { param([string]$Connector, [string]$Path, [int]$Milliseconds) [IO.File]::WriteAllText($Path, '<cs-objects/>'); return "Successfully exported connector space to file '$Path'." }
function Invoke-Installer { param([string]$Path, [int]$TimeoutSeconds) $World.installed = $Path; return 0 }
function Get-FileSignature { param([string]$Path) return [pscustomobject]@{ status = $World.signature; organisation = $World.signer; subject = "O=$($World.signer)" } }
function Get-InstallerProduct { param([string]$Path) return [pscustomobject]@{ name = $World.product; version = '2.6.92.0' } }
function Get-RegistryValue { param([string]$Path, [string]$Name) if ($World.registry_values['breaks'] -and $Path -match $World.registry_values['breaks']) { throw 'Access is denied.' }; return $World.registry_values["$Path|$Name"] }
function Test-RegistryKey { param([string]$Path) return $World.registry_keys -contains $Path }
function Get-DriveFact { param([string]$Path) return @{ drive = 'C:'; free_mb = $World.free_mb } }
function Test-EngineConfigChanged { return $null }
function Get-CertificateEnd { param([string]$Thumbprint) return '2027-01-02T03:04:05.000000Z' }
