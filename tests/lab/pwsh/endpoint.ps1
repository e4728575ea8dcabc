# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Makes a session configuration from a role capability file as it is shipped. Windows does that by itself when a user connects; the engine on Linux
# takes no role definitions, so that what they say is copied into the configuration.
param([Parameter(Mandatory = $true)][string]$Capability, [Parameter(Mandatory = $true)][string]$Path, [Parameter(Mandatory = $true)][string]$ModuleFolder)
$ErrorActionPreference = 'Stop'
$errors = $null
$tree = [Management.Automation.Language.Parser]::ParseFile($Capability, [ref]$null, [ref]$errors)
if ($errors) { throw "the role capability file does not parse: $($errors[0])" }
$said = $tree.Find({ param($node) $node -is [Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
$known = 'GUID', 'Author', 'Description', 'ModulesToImport', 'VisibleFunctions', 'EnvironmentVariables'
foreach ($key in $said.Keys) { if ($key -notin $known) { throw "the role capability file has a key that this lab does not carry over: $key" } }
$modules = @($said.ModulesToImport | ForEach-Object { Join-Path $ModuleFolder "$_/*/$_.psd1" | Resolve-Path | ForEach-Object { $_.Path } })
New-PSSessionConfigurationFile -Path $Path -SessionType RestrictedRemoteServer -LanguageMode NoLanguage -ModulesToImport $modules `
    -VisibleFunctions $said.VisibleFunctions -EnvironmentVariables $said.EnvironmentVariables -ScriptsToProcess (Join-Path $env:ENTRA_LAB_STUBS 'session.ps1')
