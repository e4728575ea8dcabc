# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EndpointRegistration {
    <#
    .SYNOPSIS
    Registers an endpoint as it is wanted, or removes it; what is so already is left alone. Restarts WinRM: only for a process that survives that.
    .DESCRIPTION
    Values are judged here too, since they come out of a file: endpoint_values.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Wanted)
    Set-StrictMode -Off   # Windows runs these cmdlets as scripts in our scope
    $name = [string]$Wanted['name']
    Assert-EndpointWish -Wanted $Wanted
    $now = Get-EndpointRegistration -Name $name
    if ($now.exists -and -not $now.ours) { New-Refusal 'endpoint_foreign' "there is an endpoint '$name' that is not ours" }
    if ($Wanted['state'] -eq 'absent') {
        if ($now.exists) { Unregister-PSSessionConfiguration -Name $name -Force -ErrorAction Stop }
        return
    }
    if ($now.exists -and $now.fingerprint -ceq [string]$Wanted['fingerprint']) { return }
    $path = New-EndpointConfiguration -Wanted $Wanted
    if ($now.exists) { Unregister-PSSessionConfiguration -Name $name -NoServiceRestart -Force -ErrorAction Stop }
    $null = Register-PSSessionConfiguration -Name $name -Path $path -Force -ErrorAction Stop
}
