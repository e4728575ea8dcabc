# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Start-EndpointChange {
    <#
    .SYNOPSIS
    Writes down what is wanted of an endpoint and starts the process that does it. Called under the mutex, within a change.
    .DESCRIPTION
    The request's id goes into the record, by which that process knows it. Codes: endpoint_values, server_module_missing (the process runs the
    installed module), endpoint_foreign, endpoint_start.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Wanted, [Parameter(Mandatory = $true)][hashtable]$Record)
    Assert-EndpointWish -Wanted $Wanted
    $installed = @(Get-ModuleInstallation)
    if ($installed.Count -eq 0 -or -not (Test-Path -LiteralPath (Join-Path (Join-Path $installed[0].path 'Private') 'Complete-EndpointRegistration.ps1'))) {
        New-Refusal 'server_module_missing' 'no version of EntraConnectOps that can do it is installed'
    }
    $now = Get-EndpointRegistration -Name $Wanted['name']
    if ($now.exists -and -not $now.ours) { New-Refusal 'endpoint_foreign' "there is an endpoint '$($Wanted['name'])' that is not ours" }
    $Wanted['id'] = [Guid]::NewGuid().ToString()
    $Wanted['since'] = Get-UtcText
    $Record['endpoint_request'] = $Wanted['id']
    Write-EndpointFile -Name $Wanted['name'] -Kind 'wanted' -Value $Wanted
    # By its path: another module of that name, in a folder of a user's own, must not be loaded
    $script = @'
$ErrorActionPreference = 'Stop'
$module = Import-Module -Name (Join-Path $env:ProgramFiles 'WindowsPowerShell\Modules\EntraConnectOps') -PassThru
& $module { Complete-EndpointRegistration }
'@
    try { Start-Detached -Script $script }
    catch {
        Write-EndpointFile -Name $Wanted['name'] -Kind 'result' -Value @{ id = $Wanted['id']; outcome = 'failed'; error = 'the process was not started' }
        New-Refusal 'endpoint_start' "the process that registers the endpoint cannot be started: $(Get-ErrorText $_)"
    }
}
