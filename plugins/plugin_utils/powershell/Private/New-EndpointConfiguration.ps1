# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-EndpointConfiguration {
    <#
    .SYNOPSIS
    Makes the session configuration file of an endpoint and gives its path. Throws where Windows does not take it.
    .DESCRIPTION
    Who is in one of the groups may call what the role capability file of the installed module lets visible, as a virtual account of this server (a
    local administrator unless groups are named for it) or as a managed one.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Wanted)
    $roles = @{ reader = 'EntraSyncReader'; operator = 'EntraSyncOperator' }
    $definitions = @{}
    foreach ($group in @($Wanted['groups'])) { $definitions[[string]$group] = @{ RoleCapabilities = $roles[[string]$Wanted['capability']] } }
    $path = Join-Path (Get-EndpointFolder) "$($Wanted['name']).pssc"
    $given = @{ Path = $path; SessionType = 'RestrictedRemoteServer'; LanguageMode = 'NoLanguage'; RoleDefinitions = $definitions
        Description = "EntraConnectOps $($Wanted['capability']) $($Wanted['fingerprint'])" }
    if ($Wanted['managed_account']) { $given['GroupManagedServiceAccount'] = [string]$Wanted['managed_account'] }
    else { $given['RunAsVirtualAccount'] = $true }
    $groups = @(foreach ($each in @($Wanted['account_groups'])) { if ($each) { [string]$each } })
    if ($groups.Count -gt 0) { $given['RunAsVirtualAccountGroups'] = $groups }
    New-PSSessionConfigurationFile @given -ErrorAction Stop
    if (-not (Test-PSSessionConfigurationFile -Path $path -ErrorAction Stop)) { throw 'Windows does not take the session configuration file' }
    return $path
}
