# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Reads one file of pending exports in a process of its own, and tells what it counted, how long that took and the most memory that the process had.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Folder)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
$watch = [Diagnostics.Stopwatch]::StartNew()
$found = Read-PendingFile -Path (Join-Path $Folder 'export.xml') -Samples 2 -Watch 'userPrincipalName'
$seconds = $watch.Elapsed.TotalSeconds
$peak = @([IO.File]::ReadAllLines('/proc/self/status') | Where-Object { $_ -match '^VmHWM:' }) -replace '\D', ''
$found.samples = $found.samples.Count
[Console]::Out.Write((ConvertTo-Json -InputObject @{ found = $found; seconds = $seconds; peak_kb = [long]$peak[0] } -Depth 6))
