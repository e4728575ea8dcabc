# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncJournal {
    <#
    .SYNOPSIS
    The newest entries of our journal, in the order in which they were written, and this server's time; changes nothing.
    .DESCRIPTION
    Reads the last four megabytes at most, and needs neither mutex nor ADSync. A line that is no entry, such as one that a crash cut off, is left
    out and counted. Gives now, found (whether there is a journal), whole (whether it was read from its beginning and nothing was left out by
    Newest), cut (lines that are no entry) and entries: at, function, what. Codes: journal_unread.
    .PARAMETER Newest
    How many entries to give at most.
    .PARAMETER Function
    Only entries of these functions; all where it is left out.
    #>
    param([int]$Newest = 200, [string[]]$Function = @())
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $limit = 4194304
    $answer = [ordered]@{ now = Get-UtcText; found = $false; whole = $true; cut = 0; entries = @() }
    $path = Join-Path (Get-RecordFolder) 'journal.jsonl'
    if (-not (Test-Path -LiteralPath $path)) { return [pscustomobject]$answer }
    try {
        $file = New-Object IO.FileStream $path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::ReadWrite)
        try {
            $start = [Math]::Max([long]0, $file.Length - $limit)
            $null = $file.Seek($start, [IO.SeekOrigin]::Begin)
            $lines = @((New-Object IO.StreamReader $file, ([Text.Encoding]::UTF8)).ReadToEnd() -split "`n")
        }
        finally { $file.Dispose() }
    }
    catch { New-Refusal 'journal_unread' (Get-ErrorText $_) }
    $answer.found = $true
    $answer.whole = $start -eq 0
    if ($start -gt 0) { $lines[0] = '' }   # it may be the rest of a line
    $entries = New-Object System.Collections.ArrayList
    foreach ($line in $lines) {
        if (-not $line.Trim()) { continue }
        try {
            $entry = ConvertFrom-Json -InputObject $line -ErrorAction Stop
            $values = [pscustomobject]@{ at = Get-UtcText (ConvertFrom-UtcText $entry.at); function = [string]$entry.function; what = [string]$entry.what }
            if ($Function.Count -eq 0 -or $Function -contains $values.function) { $null = $entries.Add($values) }
        }
        catch { $answer.cut++ }
    }
    $older = [Math]::Max(0, $entries.Count - [Math]::Max(0, $Newest))
    if ($older -gt 0) { $answer.whole = $false; $entries.RemoveRange(0, $older) }
    $answer.entries = @($entries)
    return [pscustomobject]$answer
}
