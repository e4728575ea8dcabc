# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# STUB of what Linux lacks of Windows: services, event log, CIM, firewall; and of our Private functions for facilities without a cmdlet here.

function Get-Service {
    [CmdletBinding()] param([string]$Name)
    if ($Name -eq 'mpssvc') { return [pscustomobject]@{ Name = $Name; Status = 'Running'; StartType = 'Automatic' } }
    $now = Invoke-LabModel 'service'
    [pscustomobject]@{ Name = $Name; Status = $now.status; StartType = $now.start_type }
}
function Set-Service { [CmdletBinding()] param([string]$Name, [string]$StartupType) $null = Invoke-LabModel 'start_type' @{ value = $StartupType } }
function Stop-Service { [CmdletBinding()] param([string]$Name, [switch]$Force) $null = Invoke-LabModel 'stop_service' }
function Start-Service { [CmdletBinding()] param([string]$Name) $null = Invoke-LabModel 'start_service' }
function Get-WinEvent {
    [CmdletBinding()] param([string]$LogName, [int]$MaxEvents, [switch]$Oldest, [hashtable]$FilterHashtable)
    $since = 0
    if ($null -ne $FilterHashtable) { $since = ([DateTimeOffset]$FilterHashtable.StartTime).ToUnixTimeMilliseconds() }
    $now = Invoke-LabModel 'starts' @{ since = $since }
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

# in the place of our Private functions
function Get-MachineId { return Invoke-LabModel 'machine_id' }
function Get-BootId { $boot = Invoke-LabModel 'boot'; if ($boot -is [DateTime]) { $boot = $boot.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.ffffffZ') }; return [string]$boot }
function Protect-Folder { param([string]$Path) }
function Get-MutexName { return "EntraConnectOps-$env:ENTRA_LAB_MODEL-$env:ENTRA_LAB_SERVER" }
function Get-EngineVersion { return (Invoke-LabModel 'versions').engine }
function Get-WizardVersion { return (Invoke-LabModel 'versions').wizard }
function Get-UninstallEntry { return [pscustomobject]@{ name = 'Microsoft Entra Connect Sync'; version = (Invoke-LabModel 'versions').wizard } }
function Get-ProcessState {
    $names = @(Invoke-LabModel 'processes')
    return @{ wizard = $names -contains 'AzureADConnect'; manager = $names -contains 'miisclient'; installer = $names -contains 'msiexec' }
}
function Get-EntraSyncInstaller {
    param([string]$Path)
    $now = Invoke-LabModel 'installer' @{ path = $Path }
    return [pscustomobject]@{ exists = [bool]$now.exists; sha256 = [string]$now.sha256; version = ''; size = [long]$now.size }
}
function Invoke-Installer { param([string]$Path, [int]$TimeoutSeconds) $null = Invoke-LabModel 'install' @{ path = $Path }; return 0 }
function Invoke-InChild {
    param([string]$Command, [hashtable]$Parameters, [hashtable]$Record, [int]$TimeoutSeconds)
    if (Invoke-LabModel 'wants_sign_in') { return 'TIMEOUT' }
    & $Command @Parameters -WarningAction SilentlyContinue
    return ''
}
