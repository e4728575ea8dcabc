# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Imports our module by its manifest and runs steps of a JSON file: a call of a function, or a script, which runs inside of the module.
# STUBS: the folder of installed modules, the name of the mutex, and the access control list of the record's folder.
param([Parameter(Mandatory = $true)][string]$Manifest, [Parameter(Mandatory = $true)][string]$Steps, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
$env:ProgramData = Join-Path $Folder 'ProgramData'
$env:ENTRA_MODULES = Join-Path $Folder 'Modules'
$null = New-Item -ItemType Directory -Path $env:ProgramData, $env:ENTRA_MODULES -Force
Import-Module -Name $Manifest
$module = Get-Module -Name 'EntraConnectOps'
& $module {
    function script:Get-ModuleFolder { return $env:ENTRA_MODULES }
    function script:Get-MutexName { return "EntraConnectOps-$PID" }
    function script:Protect-Folder { param([string]$Path) $null = $Path }
}
$answers = foreach ($step in (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Steps)))) {
    try {
        if ($step.script) { $answer = & $module ([scriptblock]::Create($step.script)) }
        else {
            $parameters = @{}
            foreach ($property in $step.parameters.PSObject.Properties) { $parameters[$property.Name] = $property.Value }
            $answer = & $step.function @parameters
        }
        @{ answer = $answer; error = ''; message = '' }
    }
    catch { @{ answer = $null; error = ($_.FullyQualifiedErrorId -split ',')[0]; message = $_.Exception.Message } }
}
$seen = @{}
foreach ($command in @(Get-Command -Module 'EntraConnectOps')) {
    $help = Get-Help -Name $command.Name -Full
    $seen[$command.Name] = @{ synopsis = [string]$help.Synopsis; described = @(foreach ($each in @($help.parameters.parameter)) { if ($each.description) { $each.name } }) }
}
[Console]::Out.Write((ConvertTo-Json -InputObject @{ answers = @($answers); seen = $seen } -Depth 6))
