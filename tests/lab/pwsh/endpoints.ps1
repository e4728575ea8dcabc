# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of the cmdlets for session configurations, which Linux lacks, and of WMI's way to start a process. Each asks the lab.

function Get-PSSessionConfiguration {
    [CmdletBinding()] param()
    foreach ($each in @(Invoke-LabModel 'endpoints')) { [pscustomobject]@{ Name = $each.name; Description = $each.description; Permission = '' } }
}
function Test-PSSessionConfigurationFile { [CmdletBinding()] param([string]$Path) return ($null -ne (Import-PowerShellDataFile -LiteralPath $Path)) }
function Register-PSSessionConfiguration {
    [CmdletBinding()] param([string]$Name, [string]$Path, [switch]$Force, [switch]$NoServiceRestart)
    $said = Import-PowerShellDataFile -LiteralPath $Path
    $roles = @(foreach ($group in @($said.RoleDefinitions.Keys)) { @{ group = $group; capability = [string]$said.RoleDefinitions[$group].RoleCapabilities } })
    $account = [string]$said['GroupManagedServiceAccount']
    if ($said['RunAsVirtualAccount']) { $account = 'virtual' }
    $null = Invoke-LabModel 'register_endpoint' @{ name = $Name; roles = $roles; description = [string]$said.Description; account = $account
        account_groups = @($said['RunAsVirtualAccountGroups']); type = "$($said.SessionType) $($said.LanguageMode)"; restart = -not $NoServiceRestart }
    [pscustomobject]@{ Name = $Name }
}
function Unregister-PSSessionConfiguration {
    [CmdletBinding()] param([string]$Name, [switch]$Force, [switch]$NoServiceRestart)
    $null = Invoke-LabModel 'unregister_endpoint' @{ name = $Name; restart = -not $NoServiceRestart }
}
function Invoke-CimMethod {
    [CmdletBinding()] param([string]$ClassName, [string]$MethodName, [hashtable]$Arguments)
    [pscustomobject]@{ ReturnValue = Invoke-LabModel 'create_process' @{ command_line = $Arguments.CommandLine } }
}
