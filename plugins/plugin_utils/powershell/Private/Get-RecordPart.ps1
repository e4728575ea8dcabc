# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-RecordPart {
    <#
    .SYNOPSIS
    Our record as flat values; whether a claim is live, a child alive and a block effective is judged now, on this server.
    #>
    $part = @{ record_read = $false; record_error = ''; record_found = $true
        claim = $null; goal = $null; hold = $null; quarantine = $null; promotion = $null; child = $null; found = @(); fences = @(); serial = 0; restored = $false }
    try { $record = Read-Record }
    catch { $part.record_error = [string]$_.Exception.Message; return $part }
    $part.record_read = $true
    $part.record_found = Test-Path -LiteralPath (Join-Path (Get-RecordFolder) 'record.json')
    $part.serial = [int]$record['serial']
    $part.restored = [bool]$record['restored']
    $part.found = @(foreach ($each in @($record['found'])) { [pscustomobject]$each })
    $part.fences = @(Get-FencePart -Record $record)
    foreach ($name in 'goal', 'promotion') { if ($null -ne $record[$name]) { $part[$name] = [pscustomobject]$record[$name] } }
    if ($null -ne $record['claim']) {
        $claim = $record['claim'].Clone()
        $claim['live'] = Test-ClaimLive $record['claim']
        $part.claim = [pscustomobject]$claim
    }
    if ($null -ne $record['hold']) {
        $hold = $record['hold'].Clone()
        $starts = Get-ServiceStart -Since (ConvertFrom-UtcText $hold['since'])
        $hold['starts_since'] = $starts.count
        $hold['log_reaches'] = $starts.reaches
        $part.hold = [pscustomobject]$hold
    }
    if ($null -ne $record['quarantine']) {
        $weakness = (Get-BlockState).weakness
        $part.quarantine = [pscustomobject]@{ since = $record['quarantine']['since']; effective = (-not $weakness); reason = $weakness }
    }
    if ($null -ne $record['child']) {
        $child = $record['child'].Clone()
        $child['alive'] = Test-ChildAlive $record['child']
        $part.child = [pscustomobject]$child
    }
    return $part
}
