# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# As driver.ps1, for cases that go wrong from outside: runs all steps of all cases but the last of each, writes READY and waits for a line, so that a
# test can take the disk away or start a second caller; then runs the last steps. Cases with the same home share record and journal. The mutex gets
# a name of the test's own: on Linux it is one for the whole machine.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Cases, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
foreach ($stub in 'adsync', 'windows', 'full_disk') { . (Join-Path $PSScriptRoot "stubs/$stub.ps1") }
function Get-MutexName { return $env:ENTRA_TROUBLE_MUTEX }
function Protect-Folder { param([string]$Path) $World.protected += @(@{ path = $Path; writes = $global:Writes }) }
function Get-ModuleFolder { return (Join-Path $env:ProgramData 'Modules') }
function Send-Signal { param([string]$Name) [IO.File]::WriteAllText((Join-Path $Folder $Name), '') }
function Wait-Signal { param([string]$Name) while (-not [IO.File]::Exists((Join-Path $Folder $Name))) { [Threading.Thread]::Sleep(20) } }
function Get-Text { param([string]$Name) $path = Join-Path (Get-RecordFolder) $Name; if ([IO.File]::Exists($path)) { [IO.File]::ReadAllText($path) } else { '' } }
function Get-WorldText { $text = @{}; foreach ($name in $World.Keys) { if ($name -ne 'protected') { $text[$name] = ConvertTo-Json -InputObject $World[$name] -Depth 4 -Compress } }; $text }
function Invoke-Step {
    param($Step)
    if ($Step.script) { . ([scriptblock]::Create($Step.script)); return }
    $parameters = @{}
    if ($Step.parameters) { foreach ($property in $Step.parameters.PSObject.Properties) { $parameters[$property.Name] = $property.Value } }
    foreach ($name in @($parameters.Keys)) { if ($parameters[$name] -is [string] -and $parameters[$name] -eq '<ticket>') { $parameters[$name] = $script:Ticket } }
    $result = @{ function = $Step.function; answer = $null; error = ''; message = ''; world_before = Get-WorldText; record_before = Get-Text 'record.json' }
    $global:Writes = 0
    $World.protected = @()
    try {
        $result.answer = & $Step.function @parameters
        if ($null -ne $result.answer.PSObject.Properties['ticket']) { $script:Ticket = $result.answer.ticket }
    }
    catch { $result.error = ($_.FullyQualifiedErrorId -split ',')[0]; $result.message = $_.Exception.Message }
    Clear-Disk
    $result.writes = $global:Writes
    $result.protected_at = $World.protected | Where-Object { $_.path -eq (Get-RecordFolder) } | Select-Object -First 1 | ForEach-Object { $_.writes }
    $result.world_after = Get-WorldText
    $result.record_after = Get-Text 'record.json'
    $script:Results[$script:Case.name] = $result
}
$env:ProgramFiles = $Folder
$Results = @{}
$waiting = New-Object System.Collections.ArrayList
foreach ($Case in (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Cases)))) {
    $env:ProgramData = Join-Path $Folder $Case.home
    $null = New-Item -ItemType Directory -Path $env:ProgramData -Force
    . (Join-Path $PSScriptRoot 'stubs/world.ps1')
    foreach ($step in @($Case.steps | Select-Object -SkipLast 1)) {
        . Invoke-Step $step
        if ($step.function -and $Results[$Case.name].error) { throw "$($Case.name): $($step.function): $($Results[$Case.name].error) $($Results[$Case.name].message)" }
    }
    $null = $waiting.Add(@{ case = $Case; world = $World; ticket = $(if (Test-Path variable:Ticket) { $Ticket }) })
}
[Console]::Out.WriteLine('READY')
[Console]::Out.Flush()
$null = [Console]::In.ReadLine()
foreach ($each in $waiting) {
    $Case = $each.case
    $Ticket = $each.ticket
    $global:World = $each.world
    $env:ProgramData = Join-Path $Folder $Case.home
    $global:FullFrom = [int]$Case.full_from
    . Invoke-Step $Case.steps[-1]
}
[Console]::Out.Write((ConvertTo-Json -InputObject $Results -Depth 8))
