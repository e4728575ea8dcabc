# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Loads the functions as text, as a session does, then the stubs, and runs the cases of a JSON file: each in a world of its own.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Cases, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
foreach ($stub in 'adsync', 'windows') { . (Join-Path $PSScriptRoot "stubs/$stub.ps1") }
$env:ProgramFiles = $Folder
$number = 0
$results = foreach ($case in (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Cases)))) {
    $number++
    $env:ProgramData = Join-Path $Folder "case$number"
    $null = New-Item -ItemType Directory -Path $env:ProgramData
    . (Join-Path $PSScriptRoot 'stubs/world.ps1')
    $answers = New-Object System.Collections.ArrayList
    foreach ($step in $case.steps) {
        if ($step.script) { . ([scriptblock]::Create($step.script)); continue }
        $parameters = @{}
        if ($step.parameters) { foreach ($property in $step.parameters.PSObject.Properties) { $parameters[$property.Name] = $property.Value } }
        foreach ($name in @($parameters.Keys)) { if ($parameters[$name] -is [string] -and $parameters[$name] -eq '<ticket>') { $parameters[$name] = $ticket } }
        try {
            $answer = @(& $step.function @parameters)
            if ($answer.Count -ne 1) { throw "$($step.function) gave $($answer.Count) objects" }
            if ($null -ne $answer[0].PSObject.Properties['ticket']) { $ticket = $answer[0].ticket }
            $null = $answers.Add(@{ function = $step.function; answer = $answer[0]; error = ''; message = '' })
        }
        catch { $null = $answers.Add(@{ function = $step.function; answer = $null; error = $_.FullyQualifiedErrorId; message = $_.Exception.Message }) }
    }
    $record = Join-Path (Get-RecordFolder) 'record.json'
    $journal = Join-Path (Get-RecordFolder) 'journal.jsonl'
    @{ name = $case.name; answers = $answers; world = $global:World
        record = $(if (Test-Path -LiteralPath $record -PathType Leaf) { [IO.File]::ReadAllText($record) } else { '' })
        journal = $(if (Test-Path -LiteralPath $journal -PathType Leaf) { [IO.File]::ReadAllText($journal) } else { '' }) }
}
[Console]::Out.Write((ConvertTo-Json -InputObject @($results) -Depth 8))
