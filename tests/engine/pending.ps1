# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Runs Get-EntraSyncPendingExport with a STUB of csexport.exe that writes the text of each case; and the facility that starts csexport.exe with a shell
# script in its place. Tells what came of each, and how many files were left.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
$facility = ${function:Invoke-ConnectorExport}   # ours, before the stub of it
foreach ($stub in 'adsync', 'windows', 'world') { . (Join-Path $PSScriptRoot "stubs/$stub.ps1") }
$env:ProgramData = $Folder
function Get-ServiceParameter { return (Join-Path $Folder 'engine') }
$told = [ordered]@{}

Set-Item -Path 'function:Invoke-ConnectorExport' -Value $facility
# the facility itself: a real process, whose arguments are told one a line
$null = New-Item -ItemType Directory -Path (Join-Path $Folder 'engine/Bin')
$tool = Join-Path $Folder 'engine/Bin/csexport.exe'
function Set-Tool { param([string]$Body) [IO.File]::WriteAllText($tool, "#!/bin/sh`n$Body`n"); & chmod +x $tool }
function Get-Told { param([scriptblock]$Block) try { return (& $Block) } catch { return "error: $(Get-ErrorText $_)" } }
Set-Tool 'for each in "$@"; do printf "<%s>\n" "$each"; done; echo "to the other stream" >&2; exit 3'
$odd = 'a "quoted" name', 'two  spaces', 'ends in \', 'a\"b\\"c', 'contoso.onmicrosoft.com - AAD', '$(id) `id` %PATH% & co'
$told['arguments'] = @(foreach ($name in $odd) { (Invoke-ConnectorExport -Connector $name -Path '/a b/c.xml' -Milliseconds 60000) -split "`n" })
Set-Tool 'exec sleep 600'
$told['not ready'] = Get-Told { Invoke-ConnectorExport -Connector 'x' -Path '/x' -Milliseconds 300 }
Set-Tool 'i=0; while [ $i -lt 3000 ]; do echo "0123456789012345678901234567890123456789012345678901234567890123456789"; i=$((i+1)); done'
$told['much output'] = (Invoke-ConnectorExport -Connector 'x' -Path '/x' -Milliseconds 60000).Length
[IO.File]::Delete($tool)
$told['not there'] = (Get-Told { Invoke-ConnectorExport -Connector 'x' -Path '/x' -Milliseconds 300 }) -like 'error: *'

# the function, on files that a stub writes
$global:Export = @{ text = ''; says = "Successfully exported connector space to file 'x'."; writes = $true; bytes = $null }
function Invoke-ConnectorExport {
    param([string]$Connector, [string]$Path, [int]$Milliseconds)
    $Export.asked = $Milliseconds
    if ([IO.File]::Exists($Path)) { throw 'The file already exists' }
    if ($null -ne $Export.bytes) { [IO.File]::WriteAllBytes($Path, $Export.bytes) }
    elseif ($Export.writes) { [IO.File]::WriteAllText($Path, $Export.text) }
    return $Export.says
}
function Get-Case {
    param([hashtable]$Given, [hashtable]$Parameters = @{})
    $global:Export = @{ text = '<cs-objects/>'; says = "Successfully exported connector space to file 'x'."; writes = $true; bytes = $null }
    foreach ($name in $Given.Keys) { $Export[$name] = $Given[$name] }
    $answer = Get-EntraSyncPendingExport -Detail $true @Parameters
    $left = @([IO.Directory]::GetFiles((Join-Path (Get-RecordFolder) 'pending'))).Count
    return @{ answer = $answer; row = $answer.connectors[0]; left = $left }
}
$told['statistics'] = Get-EntraSyncPendingExport
$cases = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText((Join-Path $Folder 'cases.json')))
foreach ($case in $cases) {
    $given = @{}; $parameters = @{}
    foreach ($property in $case.given.PSObject.Properties) { $given[$property.Name] = $property.Value }
    foreach ($property in $case.parameters.PSObject.Properties) { $parameters[$property.Name] = $property.Value }
    $told[$case.name] = Get-Case -Given $given -Parameters $parameters
}
$told['in UTF-16'] = Get-Case -Given @{ bytes = [IO.File]::ReadAllBytes((Join-Path $Folder 'utf16.xml')) }
# a session that was cut off long ago left a file behind, another one has only begun
$place = Join-Path (Get-RecordFolder) 'pending'
foreach ($name in 'old', 'new') { [IO.File]::WriteAllText((Join-Path $place "$name.xml"), '') }
[IO.File]::SetLastWriteTimeUtc((Join-Path $place 'old.xml'), [DateTime]::UtcNow.AddHours(-3))
$null = Get-ExportFolder
$told['left behind'] = @([IO.Directory]::GetFiles($place) | ForEach-Object { [IO.Path]::GetFileName($_) })
[IO.File]::Delete((Join-Path $place 'new.xml'))
$World.unprotected = $true
$told['folder open to others'] = Get-Case -Given @{}
$World.unprotected = $false
function Get-ADSyncConnectorStatistics { [CmdletBinding()] param([string]$ConnectorName) [pscustomobject]@{ ExportAdds = 1 } }
$told['statistics without deletes'] = Get-Case -Given @{}
function Get-ADSyncConnectorStatistics { [CmdletBinding()] param([string]$ConnectorName) }
$told['no statistics'] = Get-Case -Given @{}
$World.service = 'Stopped'
try { $null = Get-EntraSyncPendingExport } catch { $told['stopped'] = ($_.FullyQualifiedErrorId -split ',')[0] }
[Console]::Out.Write((ConvertTo-Json -InputObject $told -Depth 8))
